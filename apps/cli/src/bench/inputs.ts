/** Inputs of benchmarks: always the same numbers, of the size that a model's have. */
import { matMul, type Parameter, parameter, type Tensor, tensor } from '@gpt-ts/kernels';

/** Parameters of these shapes, spread over (-1, 1). */
export function parameters(...shapes: number[][]): Parameter[] {
  return shapes.map((shape) => {
    const data = new Float32Array(shape.reduce((size, dim) => size * dim, 1));
    for (let i = 0; i < data.length; i++) data[i] = spread(i) / 2 ** 31 - 1;
    return parameter(data, shape);
  });
}

/** A matrix as a weighted sum of its columns, `[.., N]` to `[.., 1]`; a scalar stays one. */
export function toColumn(x: Tensor): Tensor {
  const n = x.shape.at(-1);
  return n === undefined ? x : matMul(x, tensor(new Float32Array(n).fill(1 / n), [n, 1]));
}

/** Ids below `nVocab`. */
export function ids(length: number, nVocab: number): Int32Array {
  return Int32Array.from({ length }, (_, i) => spread(i) % nVocab);
}

/** The bits of i, mixed: neighbours are far apart. */
function spread(i: number): number {
  const mixed = Math.imul(i + 1, 0x9e3779b1);
  return Math.imul(mixed ^ (mixed >>> 15), 0x85ebca77) >>> 0;
}
