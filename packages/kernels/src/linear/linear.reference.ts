import type { PlainTensor } from '@gpt-ts/core';
import { geluGradReference, geluReference } from '../gelu/gelu.reference.js';
import type { Kernel } from '../kernel-table.js';
import { matMulReference } from '../mat-mul/mat-mul.reference.js';
import { lastDim } from '../shape.js';
import { geluFormOf } from './activation.js';

/** The matrix product plus the bias in each row, then the GELU, then the residual. */
export const linearReference: Kernel<'GptLinear', PlainTensor> = (
  { x, weight, bias, residual },
  { activation, keepSlope },
) => {
  const [{ shape, data }] = matMulReference({ a: x, b: weight }, { transposeA: false, transposeB: false });
  const n = lastDim(weight.shape);
  const before = { shape, data: (data as Float32Array).map((value, i) => value + bias.data[i % n]) };
  const form = geluFormOf(activation);
  const [after] = form ? geluReference({ x: before }, { form }) : [before];
  const y = (after.data as Float32Array).map((value, i) => value + (residual?.data[i] ?? 0));
  if (!keepSlope || !form) return [{ shape, data: y }];
  const dy = { shape, data: new Float32Array(y.length).fill(1) };
  return [{ shape, data: y }, ...geluGradReference({ dy, x: before }, { form })];
};

/** The gradient of the bias: every row's share, summed in double precision. */
export const columnSumReference: Kernel<'GptColumnSum', PlainTensor> = ({ x }) => {
  const n = lastDim(x.shape);
  const sums = new Float64Array(n);
  for (let i = 0; i < x.data.length; i++) sums[i % n] += x.data[i];
  return [{ shape: [n], data: Float32Array.from(sums) }];
};
