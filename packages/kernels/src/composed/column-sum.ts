import { avgPool, mul, reshape, type Tensor, type Tensor4D } from '@tensorflow/tfjs-core';

/**
 * The sum of the rows of `x [R, N]`, as an average over a window of R rows: on tfjs-wasm ten times faster than a Sum,
 * which transposes first.
 */
export function columnSum(x: Tensor): Tensor {
  const [rows, n] = x.shape as [number, number];
  if (rows === 1) return reshape(x, [n]);
  const image = reshape(x, [1, rows, 1, n]) as Tensor4D;
  return mul(reshape(avgPool(image, [rows, 1], 1, 'valid'), [n]), rows);
}
