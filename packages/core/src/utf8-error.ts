/** Where a byte string stops being UTF-8: `TextDecoder` only says that it does. */

/**
 * Offset of the first byte that does not begin a well-formed character, or -1 when all of it is UTF-8.
 *
 * @see Unicode 16 section 3.9, table 3-7: which bytes may follow which.
 */
export function utf8Error(bytes: Uint8Array): number {
  for (let at = 0; at < bytes.length; ) {
    const length = characterLength(bytes, at);
    if (length === 0) return at;
    at += length;
  }
  return -1;
}

/** Bytes of the character at a place, 0 when it is not well formed. */
function characterLength(bytes: Uint8Array, at: number): number {
  const lead = bytes[at];
  if (lead < 0x80) return 1;
  if (lead < 0xc2 || lead > 0xf4) return 0;
  const length = lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : 4;
  // after E0 and F0 there are shorter spellings, after ED surrogates, after F4 nothing above U+10FFFF
  const low = lead === 0xe0 ? 0xa0 : lead === 0xf0 ? 0x90 : 0x80;
  const high = lead === 0xed ? 0x9f : lead === 0xf4 ? 0x8f : 0xbf;
  if (!(bytes[at + 1] >= low && bytes[at + 1] <= high)) return 0; // false also past the end
  for (let i = 2; i < length; i++) if (bytes[at + i] >> 6 !== 2) return 0;
  return length;
}
