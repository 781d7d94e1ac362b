import type { PlainTensor } from '@gpt-ts/core';
import type { Kernel } from '../kernel-table.js';
import { matMulReference } from '../mat-mul/mat-mul.reference.js';
import { lastDim } from '../shape.js';

/** The matrix product plus the bias in each row. */
export const linearReference: Kernel<'GptLinear', PlainTensor> = ({ x, weight, bias }) => {
  const [y] = matMulReference({ a: x, b: weight }, { transposeA: false, transposeB: false });
  const n = lastDim(weight.shape);
  return [{ shape: y.shape, data: (y.data as Float32Array).map((value, i) => value + bias.data[i % n]) }];
};

/** The gradient of the bias: every row's share, summed in double precision. */
export const columnSumReference: Kernel<'GptColumnSum', PlainTensor> = ({ x }) => {
  const n = lastDim(x.shape);
  const sums = new Float64Array(n);
  for (let i = 0; i < x.data.length; i++) sums[i % n] += x.data[i];
  return [{ shape: [n], data: Float32Array.from(sums) }];
};
