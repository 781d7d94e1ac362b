/** From the values of our parameters to the bytes of files. */
import { type Float16, InvalidArgumentError, writeFloat16 } from '@gpt-ts/core';
import { lastDim, sizeOf } from '@gpt-ts/kernels';
import type { FileTensor } from './layouts/layout.js';
import { isRows } from './parameter-pieces.js';

/** Element types that weights are written in. */
export type WeightDtype = 'F32' | Float16;

const CHUNK = 2 ** 20; // values

/**
 * The values of a tensor of a file, given all values of the parameter it is a part of. Each chunk is valid until the next.
 *
 * @param width - Length of a row of the parameter.
 */
export function* tensorChunks(
  tensor: FileTensor,
  values: Float32Array,
  width: number,
): Generator<Float32Array> {
  const { shape, transposed, row = 0, column = 0, padding = 0 } = tensor;
  const length = lastDim(shape); // of a row of the file
  const size = sizeOf(shape) - padding * length;
  const corner = row * width + column;
  if (isRows(tensor, width)) {
    for (let at = 0; at < size; at += CHUNK) {
      yield values.subarray(corner + at, corner + Math.min(size, at + CHUNK));
    }
  } else {
    const [alongRow, alongColumn] = transposed ? [width, 1] : [1, width];
    const chunk = new Float32Array(Math.min(CHUNK, size));
    for (let at = 0; at < size; at += CHUNK) {
      const n = Math.min(CHUNK, size - at);
      for (let i = 0; i < n; i++) {
        const [r, c] = [Math.floor((at + i) / length), (at + i) % length];
        chunk[i] = values[corner + r * alongColumn + c * alongRow];
      }
      yield chunk.subarray(0, n);
    }
  }
  for (let left = padding * length; left > 0; left -= CHUNK) yield new Float32Array(Math.min(left, CHUNK));
}

/**
 * The bytes of values.
 *
 * @throws InvalidArgumentError naming the tensor, when a value is too large for float16.
 */
export function* encoded(
  chunks: Iterable<Float32Array>,
  dtype: WeightDtype,
  name: string,
): Generator<Uint8Array> {
  for (const values of chunks) {
    if (dtype === 'F32') {
      yield new Uint8Array(values.buffer, values.byteOffset, values.byteLength);
      continue;
    }
    const bits = new Uint16Array(values.length);
    const tooLarge = writeFloat16(dtype, values, bits);
    if (tooLarge >= 0) {
      const expected = `a type that holds the ${values[tooLarge]} in ${name}`;
      throw new InvalidArgumentError({
        argument: 'dtype',
        expected,
        received: dtype,
        hint: 'Use F32 or BF16.',
      });
    }
    yield new Uint8Array(bits.buffer);
  }
}
