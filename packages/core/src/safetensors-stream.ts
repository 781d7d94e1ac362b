/** Safetensors files that are too large to be in memory beside what is made of them. */
import { ShapeError } from './errors/shape-error.js';
import {
  type FileDtype,
  parseSafetensorsHeader,
  type SafetensorsHeader,
  safetensorsHead,
  safetensorsHeaderEnd,
  tensorBytes,
} from './safetensors-header.js';
import type { StoredFile } from './storage.js';

/** A tensor whose bytes are made when they are to be written. */
export interface LazyTensor {
  readonly dtype: FileDtype;
  readonly shape: readonly number[];
  /** Its data, little-endian and row-major; called once, when all tensors before it are written. */
  chunks(): Iterable<Uint8Array> | AsyncIterable<Uint8Array>;
}

/**
 * Reads the header of a file; `tensorPieces` reads the values.
 *
 * @param name - Name of the file, for error messages.
 * @param options - `maxHeaderBytes` refuses a longer header before any of it is read. Default: 100 MB.
 * @throws InvalidFileError naming the file, the tensor and the value that is wrong.
 * @example
 * await using file = await storage.open('model.safetensors');
 * const { entries } = await openSafetensors(file, 'model.safetensors');
 * for await (const { offset, values } of tensorPieces([{ file, entry: entries.get('wte.weight') }])) copy(values, offset);
 */
export async function openSafetensors(
  file: StoredFile,
  name: string,
  options: { maxHeaderBytes?: number } = {},
): Promise<SafetensorsHeader> {
  const start = new Uint8Array(Math.min(8, file.size));
  await file.read(0, start);
  const json = new Uint8Array(safetensorsHeaderEnd(start, file.size, name, options.maxHeaderBytes) - 8);
  await file.read(8, json);
  return parseSafetensorsHeader(json, file.size, name);
}

/**
 * Encodes tensors one after the other, so that only one has to be in memory.
 *
 * @param tensors - Written in iteration order.
 * @param metadata - Free text stored under `__metadata__`.
 * @throws {@link ShapeError} when a tensor's chunks do not have the bytes of its shape.
 * @throws InvalidArgumentError when a tensor has the reserved name `__metadata__`.
 */
export async function* streamSafetensors(
  tensors: ReadonlyMap<string, LazyTensor>,
  metadata: ReadonlyMap<string, string> = new Map(),
): AsyncGenerator<Uint8Array> {
  yield safetensorsHead(tensors, metadata);
  for (const [name, { dtype, shape, chunks }] of tensors) {
    let bytes = 0;
    for await (const chunk of chunks()) {
      bytes += chunk.length;
      yield chunk;
    }
    if (bytes !== tensorBytes(dtype, shape)) {
      const expected = `a shape of ${bytes} bytes of ${dtype}`;
      throw new ShapeError({ op: 'streamSafetensors', argument: name, expected, received: shape });
    }
  }
}
