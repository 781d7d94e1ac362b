/**
 * The values of tensors in files, a few megabytes at a time: while one piece is worked on, the next is being read.
 */
import { InvalidArgumentError } from './errors/invalid-argument-error.js';
import { readFloat16 } from './float16.js';
import type { TensorEntry } from './safetensors-header.js';
import type { StoredFile } from './storage.js';

/** Values to read. */
export interface TensorPart {
  readonly file: StoredFile;
  readonly entry: TensorEntry;
  /** How many, from the first on. Default: all. */
  readonly length?: number;
}

/** Some of the values of a part. */
export interface TensorPiece<P extends TensorPart> {
  readonly part: P;
  /** Place of the first value in the part. */
  readonly offset: number;
  /** Valid until the next piece is asked for. */
  readonly values: Float32Array;
}

const WIDTH = { F32: 4, F16: 2, BF16: 2 } as const;
const PIECE_BYTES = 2 ** 22; // 1 to 16 MiB are equally fast

/** Whether {@link tensorPieces} can read the values. */
export function isFloatEntry({ dtype }: TensorEntry): boolean {
  return Object.hasOwn(WIDTH, dtype);
}

/**
 * Reads parts one after the other as float32; `F16` and `BF16` are converted exactly.
 *
 * Two buffers of up to 4 MiB, never more than the largest part, serve for all.
 *
 * @throws {@link InvalidArgumentError} when a tensor does not hold floats.
 * @throws InvalidFileError when a file has become shorter since it was opened.
 */
export async function* tensorPieces<P extends TensorPart>(
  parts: readonly P[],
): AsyncGenerator<TensorPiece<P>> {
  for (const { entry } of parts) assertFloats(entry);
  const largest = parts.reduce((bytes, { entry }) => Math.max(bytes, entry.end - entry.begin), 0);
  const buffers = new Array<ArrayBuffer>(2);
  const converted = { buffer: new Float32Array() };
  const jobs = pieceJobs(parts);
  let turn = 0;
  const start = () => {
    const { value: job } = jobs.next();
    if (job === undefined) return undefined;
    const buffer = (buffers[turn % 2] ??= new ArrayBuffer(Math.min(PIECE_BYTES, largest)));
    turn++;
    const { file, entry } = job.part;
    const bytes = new Uint8Array(buffer, 0, job.length * WIDTH[entry.dtype as FloatDtype]);
    const done = file.read(entry.begin + job.offset * WIDTH[entry.dtype as FloatDtype], bytes);
    done.catch(() => {}); // it is thrown when this piece's turn comes
    return { ...job, bytes, done };
  };
  let current = start();
  try {
    while (current !== undefined) {
      await current.done;
      const { part, offset, bytes } = current;
      const next = start();
      current = next; // so that leaving early waits for the read that is under way
      yield { part, offset, values: asFloats(part.entry.dtype as FloatDtype, bytes, converted) };
    }
  } finally {
    await current?.done.catch(() => {}); // nobody closes the file under it
  }
}

type FloatDtype = keyof typeof WIDTH;

function* pieceJobs<P extends TensorPart>(
  parts: readonly P[],
): Generator<{ part: P; offset: number; length: number }, undefined> {
  for (const part of parts) {
    const width = WIDTH[part.entry.dtype as FloatDtype];
    const length = part.length ?? (part.entry.end - part.entry.begin) / width;
    const step = PIECE_BYTES / width;
    for (let offset = 0; offset < length; offset += step) {
      yield { part, offset, length: Math.min(step, length - offset) };
    }
  }
}

/** The values of bytes: a view where they are float32 already, else in a buffer that grows as needed. */
function asFloats(
  dtype: FloatDtype,
  bytes: Uint8Array<ArrayBuffer>,
  converted: { buffer: Float32Array },
): Float32Array {
  const length = bytes.length / WIDTH[dtype];
  if (dtype === 'F32') return new Float32Array(bytes.buffer, 0, length);
  if (converted.buffer.length < length) converted.buffer = new Float32Array(length);
  const values = converted.buffer.subarray(0, length);
  readFloat16(dtype, new Uint16Array(bytes.buffer, 0, length), values);
  return values;
}

function assertFloats(entry: TensorEntry): void {
  if (isFloatEntry(entry)) return;
  const expected = `one of ${Object.keys(WIDTH).join(', ')}`;
  throw new InvalidArgumentError({ argument: 'dtype', expected, received: entry.dtype });
}
