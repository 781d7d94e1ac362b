import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { utf8Error } from './utf8-error.js';

const isUtf8 = (bytes: Uint8Array): boolean => {
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    return true;
  } catch {
    return false;
  }
};

describe('utf8Error', () => {
  test.each([
    [[0x61, 0xff], 1],
    [[0x61, 0x62, 0xc3], 2],
    [[0xe4, 0xb8, 0xad, 0x80], 3],
    [[0xc0, 0x80], 0],
    [[0xe0, 0x9f, 0xbf], 0],
    [[0xed, 0xa0, 0x80], 0],
    [[0xf0, 0x8f, 0xbf, 0xbf], 0],
    [[0xf4, 0x90, 0x80, 0x80], 0],
    [[0xf0, 0x9f, 0x98], 0],
  ])('%j stops at byte %i', (bytes, at) => {
    expect(utf8Error(Uint8Array.from(bytes))).toBe(at);
  });

  test('agrees with TextDecoder on whether and where', () => {
    const edges = fc.constantFrom(
      ...[0x00, 0x61, 0x7f, 0x80, 0x8f, 0x90, 0x9f, 0xa0, 0xbf, 0xc0, 0xc2, 0xdf, 0xe0, 0xe1, 0xec],
      ...[0xed, 0xee, 0xef, 0xf0, 0xf1, 0xf3, 0xf4, 0xf5, 0xff],
    );
    fc.assert(
      fc.property(fc.array(edges, { maxLength: 12 }), (list) => {
        const bytes = Uint8Array.from(list);
        const at = utf8Error(bytes);
        expect(at === -1).toBe(isUtf8(bytes));
        if (at < 0) return;
        expect(isUtf8(bytes.subarray(0, at))).toBe(true);
        // from there on, nothing that begins at this byte is a character
        for (let end = at + 1; end <= Math.min(at + 4, bytes.length); end++) {
          expect(isUtf8(bytes.subarray(at, end))).toBe(false);
        }
      }),
      { numRuns: 5000 },
    );
  });

  test('every character is well formed, but no surrogate', () => {
    const utf8 = new TextEncoder();
    for (let code = 0; code <= 0x10ffff; code += 17) {
      if (code < 0xd800 || code > 0xdfff) expect(utf8Error(utf8.encode(String.fromCodePoint(code)))).toBe(-1);
    }
  });
});
