import fc from 'fast-check';
import { expect, test } from 'vitest';
import { BYTE_CHARACTERS } from './byte-characters.js';
import { TokenBytes } from './token-bytes.js';

const spell = (bytes: Iterable<number>) => Array.from(bytes, (byte) => BYTE_CHARACTERS[byte]).join('');
const utf8 = new TextEncoder();

test('joins tokens of all lengths', () => {
  const words = ['a', 'abc', 'abcd', 'é😀', 'x'.repeat(15), 'y'.repeat(16), 'z'.repeat(17), 'w'.repeat(200)];
  const tokens = new TokenBytes(
    [...words.map((word) => spell(utf8.encode(word))), '<é>'],
    new Set([words.length]),
  );
  const ids = Array.from({ length: 5000 }, (_, i) => (i * 7) % 9);
  const text = ids.map((id) => [...words, '<é>'][id]).join('');
  expect(tokens.text(ids) === text).toBe(true);
  expect(new TextDecoder().decode(tokens.join(ids)) === text).toBe(true);
  expect(tokens.lengthOf(8)).toBe(4);
});

test('bytes that are not UTF-8 become what they become in one go, wherever a chunk ends', () => {
  const tokens = new TokenBytes([...BYTE_CHARACTERS], new Set());
  const decoder = new TextDecoder('utf-8', { ignoreBOM: true });
  const tail = fc.uint8Array({ maxLength: 12 });
  const part = fc.oneof(
    tail,
    tail.map((bytes) => bytes.map((byte) => 0x80 | byte)),
    fc.constant(utf8.encode('é😀')),
  );
  const property = fc.property(
    fc.integer({ min: -12, max: 4 }),
    fc.array(part, { maxLength: 4 }),
    (shift, parts) => {
      const bytes = [
        ...new Uint8Array(2 ** 15 + shift).fill(0x61),
        ...parts.flatMap((each) => [...each]),
        0x62,
      ];
      expect(tokens.text(bytes) === decoder.decode(Uint8Array.from(bytes))).toBe(true);
    },
  );
  fc.assert(property, { numRuns: 200 });
});
