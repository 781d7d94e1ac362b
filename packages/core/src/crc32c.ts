/** CRC-32C (Castagnoli): notices a cut file and any flipped bit. Eight bytes a round, by eight tables. */

const POLYNOMIAL = 0x82f63b78; // reflected
const TABLES = makeTables();

/**
 * The checksum of bytes, as an unsigned 32-bit integer. It guards against accidents, not against people.
 *
 * @param crc - The checksum of what came before, to go on from. Default: nothing came before.
 * @see RFC 3720, appendix B.4.
 * @example
 * crc32c(new TextEncoder().encode('123456789')).toString(16); // => 'e3069283'
 */
export function crc32c(bytes: Uint8Array, crc = 0): number {
  const [t0, t1, t2, t3, t4, t5, t6, t7] = TABLES;
  let c = ~crc;
  let i = 0;
  for (const end = bytes.length - 7; i < end; i += 8) {
    c ^= bytes[i] | (bytes[i + 1] << 8) | (bytes[i + 2] << 16) | (bytes[i + 3] << 24);
    c =
      t7[c & 255] ^
      t6[(c >>> 8) & 255] ^
      t5[(c >>> 16) & 255] ^
      t4[c >>> 24] ^
      t3[bytes[i + 4]] ^
      t2[bytes[i + 5]] ^
      t1[bytes[i + 6]] ^
      t0[bytes[i + 7]];
  }
  for (; i < bytes.length; i++) c = t0[(c ^ bytes[i]) & 255] ^ (c >>> 8);
  return ~c >>> 0;
}

/** `tables[k][b]`: what byte b does to the checksum when k bytes follow it. */
function makeTables(): Int32Array[] {
  const first = Int32Array.from({ length: 256 }, (_, byte) => {
    let c = byte;
    for (let bit = 0; bit < 8; bit++) c = c & 1 ? POLYNOMIAL ^ (c >>> 1) : c >>> 1;
    return c;
  });
  const tables = [first];
  for (let k = 1; k < 8; k++) {
    tables.push(tables[k - 1].map((c) => first[c & 255] ^ (c >>> 8)));
  }
  return tables;
}
