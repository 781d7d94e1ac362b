import { expect, test } from 'vitest';
import { TextStream } from './text-stream.js';

const decodeBytes = (ids: readonly number[]) => new TextDecoder().decode(Uint8Array.from(ids));

function pieces(ids: Iterable<number>): string[] {
  const stream = new TextStream(decodeBytes);
  return [...Array.from(ids, (id) => stream.push(id)), stream.end()];
}

test('a character arrives whole, when its last byte does', () => {
  expect(pieces(new TextEncoder().encode('aé😀b'))).toEqual(['a', '', 'é', '', '', '', '😀', 'b', '']);
});

test('what never becomes a character arrives in the end, and nothing arrives of nothing', () => {
  expect(pieces([0x61, 0xf0, 0x9f])).toEqual(['a', '', '', '\ufffd']);
  expect(pieces([])).toEqual(['']);
});

test('joined, the pieces are the text of the whole, whatever the bytes', () => {
  const bytes = [0xc3, 0x61, 0xf0, 0x9f, 0x98, 0x80, 0x80, 0x80, 0xe2, 0x82, 0xac, 0xf0, 0x9f];
  for (let from = 0; from < bytes.length; from++) {
    expect(pieces(bytes.slice(from)).join('')).toBe(decodeBytes(bytes.slice(from)));
  }
});
