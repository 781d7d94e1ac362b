import { add, fused, reshape, type Tensor, type Tensor2D } from '@tensorflow/tfjs-core';
import { columnSum } from '../composed/column-sum.js';
import { geluWithSlope } from '../gelu/gelu.composed.js';
import type { Kernel } from '../kernel-table.js';
import { lastDim, rowsOf } from '../shape.js';
import { geluFormOf } from './activation.js';

/** tfjs's product with a bias, then the GELU, then the residual. */
export const linearComposed: Kernel<'GptLinear', Tensor> = (
  { x, weight, bias, residual },
  { activation, keepSlope },
) => {
  const a = reshape(x, [rowsOf(x.shape), lastDim(x.shape)]) as Tensor2D;
  const product = fused.matMul({ a, b: weight as Tensor2D, bias });
  const before = reshape(product, [...x.shape.slice(0, -1), lastDim(weight.shape)]);
  const form = geluFormOf(activation);
  const [after, slope] = form ? geluWithSlope(before, form, keepSlope) : [before];
  const y = residual === undefined ? after : add(after, residual);
  return slope ? [y, slope] : [y];
};

/** The rows of all texts added up. */
export const columnSumComposed: Kernel<'GptColumnSum', Tensor> = ({ x }) => {
  return [columnSum(reshape(x, [rowsOf(x.shape), lastDim(x.shape)]))];
};
