import { expect, test } from 'vitest';
import { crc32c } from './crc32c.js';

const bytes = Uint8Array.from({ length: 1000 }, (_, i) => (i * 2654435761) >>> 24);

/** RFC 3720, appendix B.4, and the check value of the CRC catalogues. */
test.each([
  [new TextEncoder().encode('123456789'), 0xe3069283],
  [new Uint8Array(32), 0x8a9136aa],
  [new Uint8Array(32).fill(255), 0x62a8ab43],
  [Uint8Array.from({ length: 32 }, (_, i) => i), 0x46dd794e],
  [Uint8Array.from({ length: 32 }, (_, i) => 31 - i), 0x113fdb5c],
  [new Uint8Array(), 0],
])('%# is the published checksum', (input, expected) => {
  expect(crc32c(input)).toBe(expected);
});

test('it can be taken in parts of any length', () => {
  for (const cut of [0, 1, 7, 8, 9, 500, 999, 1000]) {
    expect(crc32c(bytes.subarray(cut), crc32c(bytes.subarray(0, cut)))).toBe(crc32c(bytes));
  }
});

test('any flipped bit changes it', () => {
  const sum = crc32c(bytes);
  for (let bit = 0; bit < 8 * bytes.length; bit++) {
    const flipped = bytes.slice();
    flipped[bit >> 3] ^= 1 << (bit & 7);
    expect(crc32c(flipped)).not.toBe(sum);
  }
});
