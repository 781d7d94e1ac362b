import { add, mean, mul, reshape, rsqrt, square, sub, type Tensor } from '@tensorflow/tfjs-core';
import { columnSum } from '../composed/column-sum.js';
import type { Kernel } from '../kernel-table.js';
import { lastDim, rowsOf } from '../shape.js';

/** Two passes for the statistics, three for the result. */
export const layerNormComposed: Kernel<'GptLayerNorm', Tensor> = (
  { x: input, gain, bias, residual },
  { eps, statistics },
) => {
  const x = residual === undefined ? input : add(input, residual);
  const rows = x.shape.slice(0, -1);
  const flat = reshape(x, [rowsOf(x.shape), lastDim(x.shape)]);
  const mu = mean(flat, -1, true);
  const centred = sub(flat, mu);
  const rstd = rsqrt(add(mean(square(centred), -1, true), eps));
  const y = add(mul(mul(centred, rstd), gain), bias);
  if (!statistics) return [reshape(y, x.shape)];
  const outputs = [reshape(y, x.shape), reshape(mu, rows), reshape(rstd, rows)];
  return residual === undefined ? outputs : [...outputs, x];
};

/** The formula of the reference, on whole matrices. */
export const layerNormGradComposed: Kernel<'GptLayerNormGrad', Tensor> = ({
  dy,
  x,
  gain,
  mean: mu,
  rstd,
}) => {
  const [rows, c] = [rowsOf(x.shape), lastDim(x.shape)];
  const [flat, dFlat] = [x, dy].map((each) => reshape(each, [rows, c]));
  const [centre, scale] = [mu, rstd].map((each) => reshape(each, [rows, 1]));
  const normal = mul(sub(flat, centre), scale);
  const g = mul(dFlat, gain);
  const along = mul(normal, mean(mul(g, normal), -1, true));
  const dx = mul(sub(sub(g, mean(g, -1, true)), along), scale);
  return [reshape(dx, x.shape), columnSum(mul(dFlat, normal)), columnSum(dFlat)];
};
