import type { PlainTensor } from '@gpt-ts/core';
import { addReference } from '../add/add.reference.js';
import type { Kernel } from '../kernel-table.js';
import { lastDim, rowsOf } from '../shape.js';

/** Row by row, two passes, in double precision. */
export const layerNormReference: Kernel<'GptLayerNorm', PlainTensor> = (
  { x: input, gain, bias, residual },
  { eps, statistics },
) => {
  const x = residual === undefined ? input : addReference({ a: input, b: residual }, {})[0];
  const c = lastDim(x.shape);
  const rows = rowsOf(x.shape);
  const y = new Float32Array(rows * c);
  const mean = new Float32Array(rows);
  const rstd = new Float32Array(rows);
  for (let r = 0; r < rows; r++) {
    const row = x.data.subarray(r * c, (r + 1) * c);
    let sum = 0;
    for (const value of row) sum += value;
    const mu = sum / c;
    let squares = 0;
    for (const value of row) squares += (value - mu) ** 2;
    const scale = 1 / Math.sqrt(squares / c + eps);
    for (let i = 0; i < c; i++) y[r * c + i] = (row[i] - mu) * scale * gain.data[i] + bias.data[i];
    mean[r] = mu;
    rstd[r] = scale;
  }
  if (!statistics) return [{ shape: x.shape, data: y }];
  const rowShape = x.shape.slice(0, -1);
  return [
    { shape: x.shape, data: y },
    { shape: rowShape, data: mean },
    { shape: rowShape, data: rstd },
    ...(residual === undefined ? [] : [x]),
  ];
};

/** With `xh = (x - mean) rstd` and `g = dy gain`: `dx = rstd (g - avg(g) - xh avg(g xh))`. */
export const layerNormGradReference: Kernel<'GptLayerNormGrad', PlainTensor> = ({
  dy,
  x,
  gain,
  mean,
  rstd,
}) => {
  const c = lastDim(x.shape);
  const rows = rowsOf(x.shape);
  const dx = new Float32Array(rows * c);
  const dGain = new Float64Array(c);
  const dBias = new Float64Array(c);
  for (let r = 0; r < rows; r++) {
    const at = r * c;
    const normal = (i: number) => (x.data[at + i] - mean.data[r]) * rstd.data[r];
    let sumG = 0;
    let sumGx = 0;
    for (let i = 0; i < c; i++) {
      const g = dy.data[at + i] * gain.data[i];
      sumG += g;
      sumGx += g * normal(i);
      dGain[i] += dy.data[at + i] * normal(i);
      dBias[i] += dy.data[at + i];
    }
    for (let i = 0; i < c; i++) {
      const g = dy.data[at + i] * gain.data[i];
      dx[at + i] = rstd.data[r] * (g - sumG / c - (normal(i) * sumGx) / c);
    }
  }
  return [
    { shape: x.shape, data: dx },
    { shape: [c], data: Float32Array.from(dGain) },
    { shape: [c], data: Float32Array.from(dBias) },
  ];
};
