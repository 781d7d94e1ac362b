/**
 * Safetensors files that say themselves whether they are whole: the last tensor, `checksum`, is four bytes, the CRC-32C of
 * every byte before them. Every tool that reads safetensors reads them.
 */
import { crc32c } from './crc32c.js';
import { InvalidFileError } from './errors/invalid-file-error.js';
import { type LazyTensor, streamSafetensors } from './safetensors-stream.js';
import type { StoredFile } from './storage.js';

/** Name of the tensor that seals a file. */
export const CHECKSUM = 'checksum';
/** Its bytes, a little-endian integer. */
export const CHECKSUM_BYTES = 4;

const PIECE_BYTES = 2 ** 20; // 0.25 to 4 MiB are equally fast

/**
 * Encodes tensors as `streamSafetensors` does, and the checksum behind them.
 *
 * @throws What `streamSafetensors` throws.
 */
export async function* sealedSafetensors(
  tensors: ReadonlyMap<string, LazyTensor>,
  metadata: ReadonlyMap<string, string> = new Map(),
): AsyncGenerator<Uint8Array> {
  let crc = 0;
  const seal: LazyTensor = { dtype: 'U8', shape: [CHECKSUM_BYTES], chunks: () => [checksumBytes(crc)] };
  for await (const chunk of streamSafetensors(new Map([...tensors, [CHECKSUM, seal]]), metadata)) {
    crc = crc32c(chunk, crc); // the checksum itself is asked for when all before it is summed
    yield chunk;
  }
}

function checksumBytes(crc: number): Uint8Array {
  const bytes = new Uint8Array(CHECKSUM_BYTES);
  new DataView(bytes.buffer).setUint32(0, crc, true);
  return bytes;
}

/** The checksum that stands in a file's last four bytes. */
export async function storedChecksum(file: StoredFile): Promise<number> {
  const last = new Uint8Array(CHECKSUM_BYTES);
  await file.read(file.size - last.length, last);
  return new DataView(last.buffer).getUint32(0, true);
}

/**
 * Reads a file once from front to back and compares its bytes with the checksum in its last four.
 *
 * Two buffers of 1 MiB serve for all of it: one is filled while the other is summed.
 *
 * @param look - Sees each piece on the way; `position` is that of its first byte, a multiple of 2^20.
 * @throws InvalidFileError with both checksums when they differ, and what `look` throws.
 */
export async function verifyChecksum(
  file: StoredFile,
  name: string,
  look?: (piece: Uint8Array, position: number) => void,
): Promise<void> {
  const expected = await storedChecksum(file);
  const found = await checksumOf(file, file.size - CHECKSUM_BYTES, look);
  if (found === expected) return;
  const problem = `the checksum differs: expected ${hex(expected)}, found ${hex(found)}`;
  throw new InvalidFileError({ file: name, problem, hint: 'The file was damaged after it was written.' });
}

/** Of the bytes before `end`. */
async function checksumOf(
  file: StoredFile,
  end: number,
  look?: (piece: Uint8Array, position: number) => void,
): Promise<number> {
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
    look?.(bytes, position);
  }
  await reading;
  return crc;
}

function hex(crc: number): string {
  return crc.toString(16).padStart(8, '0');
}
