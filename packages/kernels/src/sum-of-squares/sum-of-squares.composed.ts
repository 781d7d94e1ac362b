import { square, sum, type Tensor } from '@tensorflow/tfjs-core';
import type { Kernel } from '../kernel-table.js';

/** Row by row, then the rows: shorter sums round less. */
export const sumOfSquaresComposed: Kernel<'GptSumOfSquares', Tensor> = ({ x }) => {
  const squares = square(x);
  return [sum(x.rank > 1 ? sum(squares, -1) : squares)];
};
