import { describe, expect, test } from 'vitest';
import { utf8Parts } from './text-input.js';

async function decode(...chunks: Uint8Array[]): Promise<string> {
  async function* bytes() {
    yield* chunks;
  }
  let text = '';
  for await (const part of utf8Parts(bytes(), 'some.txt')) text += part;
  return text;
}

const bytes = (...values: number[]) => Uint8Array.from(values);

describe('UTF-8 in parts', () => {
  test('is the same text wherever it is cut, byte order mark and zero included', async () => {
    const text = '\ufeffa\0é中😀\u2028z\ufffd';
    const utf8 = new TextEncoder().encode(text);
    for (let i = 0; i <= utf8.length; i++) {
      for (let j = i; j <= utf8.length; j++) {
        expect(await decode(utf8.subarray(0, i), utf8.subarray(i, j), utf8.subarray(j))).toBe(text);
      }
    }
    expect(await decode(...Array.from(utf8, (byte) => bytes(byte)))).toBe(text);
  });

  test.each<[string, number[], number]>([
    ['a byte that begins nothing', [0x61, 0xff, 0x62], 1],
    ['a continuation alone', [0x61, 0x62, 0x80], 2],
    ['a character cut off at the end', [0x61, 0xf0, 0x9f, 0x98], 1],
    ['a surrogate', [0xed, 0xa0, 0x80], 0],
    ['a spelling that is too long', [0x61, 0xc0, 0x80], 1],
    ['a character cut short inside', [0xe4, 0xbd, 0x41], 0],
  ])('%s is an error with its offset, wherever it is cut', async (_, values, offset) => {
    const at = `some.txt: is not valid UTF-8 at byte offset ${offset}.`;
    for (let i = 0; i <= values.length; i++) {
      const parts = [bytes(...values.slice(0, i)), bytes(...values.slice(i))];
      await expect(decode(...parts)).rejects.toThrow(at);
    }
    const later = `at byte offset ${offset + 2}.`;
    await expect(decode(bytes(0x78, 0x78), bytes(...values))).rejects.toThrow(later);
  });
});
