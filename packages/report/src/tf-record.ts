import { crc32c } from '@gpt-ts/core';
import type { ByteBuffer } from './byte-buffer.js';

const MASK = 0xa282ead8;
const HEADER = 12; // bytes: length and its checksum

/**
 * Appends one record of a TFRecord file: length (8 bytes), its checksum, the data, its checksum.
 *
 * @param write - Writes the data.
 * @see https://www.tensorflow.org/tutorials/load_data/tfrecord
 */
export function tfRecord(out: ByteBuffer, write: () => void): void {
  const start = out.reserve(HEADER);
  write();
  const end = out.reserve(4);
  const data = out.bytes.subarray(start + HEADER, end);
  out.view.setBigUint64(start, BigInt(data.length), true);
  out.view.setUint32(start + 8, masked(crc32c(out.bytes.subarray(start, start + 8))), true);
  out.view.setUint32(end, masked(crc32c(data)), true);
}

/** Rotated by 15 bits and shifted: a checksum of bytes that hold checksums would be weak. */
function masked(crc: number): number {
  return (((crc >>> 15) | (crc << 17)) + MASK) >>> 0;
}
