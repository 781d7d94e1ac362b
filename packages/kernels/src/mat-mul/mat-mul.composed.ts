import { reshape, type Tensor } from '@tensorflow/tfjs-core';
import { product } from '../composed/product.js';
import type { Kernel } from '../kernel-table.js';
import { matMulShape } from './mat-mul.js';

/** One product of two matrices. */
export const matMulComposed: Kernel<'GptMatMul', Tensor> = ({ a, b }, attrs) => {
  const { transposeA, transposeB } = attrs;
  const { m, n, k, shape } = matMulShape(a.shape, b.shape, attrs);
  const left = reshape(a, transposeA ? [k, m] : [m, k]);
  const right = reshape(b, transposeB ? [n, k] : [k, n]);
  return [reshape(product(left, right, transposeA, transposeB), shape)];
};
