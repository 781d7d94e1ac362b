import { crc32c, InvalidFileError, type StoredFile } from '@gpt-ts/core';
import { CHECKSUM_BYTES } from './checkpoint-layout.js';

const PIECE_BYTES = 2 ** 20; // 0.25 to 4 MiB are equally fast

/** A checksum as it stands in the file. */
export function checksumBytes(crc: number): Uint8Array {
  const bytes = new Uint8Array(CHECKSUM_BYTES);
  new DataView(bytes.buffer).setUint32(0, crc, true);
  return bytes;
}

/**
 * Reads a file once from front to back and compares its bytes with the checksum in its last four.
 *
 * Two buffers of 1 MiB serve for all of it: one is filled while the other is summed.
 *
 * @throws InvalidFileError with both checksums when they differ.
 */
export async function verifyChecksum(file: StoredFile, name: string): Promise<void> {
  const last = new Uint8Array(CHECKSUM_BYTES);
  const end = file.size - last.length;
  await file.read(end, last);
  const expected = new DataView(last.buffer).getUint32(0, true);
  const found = await checksumOf(file, end);
  if (found === expected) return;
  const problem = `the checksum differs: expected ${hex(expected)}, found ${hex(found)}`;
  throw new InvalidFileError({ file: name, problem, hint: 'The file was damaged after it was written.' });
}

/** Of the bytes before `end`. */
async function checksumOf(file: StoredFile, end: number): Promise<number> {
  const [even, odd] = [0, 1].map(() => new Uint8Array(Math.min(PIECE_BYTES, end)));
  const read = async (position: number): Promise<Uint8Array> => {
    const buffer = (position / PIECE_BYTES) % 2 === 0 ? even : odd;
    const bytes = buffer.subarray(0, Math.max(0, Math.min(PIECE_BYTES, end - position)));
    await file.read(Math.min(position, end), bytes);
    return bytes;
  };
  let crc = 0;
  let reading = read(0);
  for (let position = 0; position < end; position += PIECE_BYTES) {
    const bytes = await reading;
    reading = read(position + PIECE_BYTES);
    crc = crc32c(bytes, crc);
  }
  await reading;
  return crc;
}

function hex(crc: number): string {
  return crc.toString(16).padStart(8, '0');
}
