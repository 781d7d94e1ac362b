/**
 * The safetensors file format: named tensors as raw little-endian bytes behind a JSON header.
 *
 * Layout: 8 bytes header length N (little-endian), N bytes of JSON `{ name: { dtype, shape, data_offsets } }`,
 * then the data. Here are whole files in memory; `openSafetensors` and `streamSafetensors` are for large ones.
 *
 * @see https://github.com/huggingface/safetensors (format section)
 */
import { InvalidFileError } from './errors/invalid-file-error.js';
import { ShapeError } from './errors/shape-error.js';
import {
  parseSafetensorsHeader,
  safetensorsHead,
  safetensorsHeaderEnd,
  tensorBytes,
} from './safetensors-header.js';

/** A tensor outside any backend: plain numbers, row-major. */
export interface PlainTensor {
  readonly shape: readonly number[];
  readonly data: Float32Array | Int32Array;
}

/** What a safetensors file holds. */
export interface Safetensors {
  tensors: Map<string, PlainTensor>;
  metadata: Map<string, string>;
}

/**
 * Encodes tensors; the chunks hold views of the given data, not copies.
 *
 * @param tensors - Written in iteration order.
 * @param metadata - Free text stored under `__metadata__`.
 * @returns The file in pieces: header first, then one piece a tensor.
 * @throws {@link ShapeError} when a shape does not have as many elements as the data.
 * @throws InvalidArgumentError when a tensor has the reserved name `__metadata__`.
 * @example
 * const file = encodeSafetensors(new Map([['wpe', { shape: [1, 2], data: Float32Array.of(3, 4) }]]));
 * decodeSafetensors(concatBytes(file), 'two.safetensors').tensors.get('wpe')?.data; // => Float32Array [3, 4]
 */
export function encodeSafetensors(
  tensors: ReadonlyMap<string, PlainTensor>,
  metadata: ReadonlyMap<string, string> = new Map(),
): Uint8Array[] {
  const entries = [...tensors].map(([name, { shape, data }]) => {
    const dtype = data instanceof Int32Array ? 'I32' : 'F32';
    if (tensorBytes(dtype, shape) !== data.byteLength) {
      const expected = `a shape of ${data.length} elements`;
      throw new ShapeError({ op: 'encodeSafetensors', argument: name, expected, received: shape });
    }
    return [name, { dtype, shape }] as const;
  });
  const chunks = [...tensors.values()].map(({ data }) => {
    return new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
  });
  return [safetensorsHead(entries, metadata), ...chunks];
}

/**
 * Decodes a safetensors file of `F32` and `I32`.
 *
 * @param file - Name of the file, for error messages.
 * @returns Tensors in the order of their bytes; they share memory with `bytes` where alignment allows.
 * @throws {@link InvalidFileError} naming the file, the tensor and the value that is wrong.
 */
export function decodeSafetensors(bytes: Uint8Array, file: string): Safetensors {
  const headerEnd = safetensorsHeaderEnd(bytes, bytes.length, file);
  const { entries, metadata } = parseSafetensorsHeader(bytes.subarray(8, headerEnd), bytes.length, file);
  const tensors = new Map<string, PlainTensor>();
  for (const [name, { dtype, shape, begin, end }] of entries) {
    if (dtype !== 'F32' && dtype !== 'I32') {
      throw new InvalidFileError({ file, field: name, problem: `dtype must be F32 or I32, got "${dtype}"` });
    }
    let raw = bytes.subarray(begin, end);
    if (raw.byteOffset % 4 !== 0) raw = new Uint8Array(raw); // copies; slice() of a Node Buffer would not
    const { buffer, byteOffset, length } = raw;
    const data =
      dtype === 'F32'
        ? new Float32Array(buffer, byteOffset, length / 4)
        : new Int32Array(buffer, byteOffset, length / 4);
    tensors.set(name, { shape, data });
  }
  return { tensors, metadata };
}
