import type { PlainTensor } from '@gpt-ts/core';
import type { Kernel } from '../kernel-table.js';

/** In double precision. */
export const sumOfSquaresReference: Kernel<'GptSumOfSquares', PlainTensor> = ({ x }) => {
  let sum = 0;
  for (const value of x.data) sum += value * value;
  return [{ shape: [], data: Float32Array.of(sum) }];
};
