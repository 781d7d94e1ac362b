import type { PlainTensor } from '@gpt-ts/core';
import type { Kernel } from '../kernel-table.js';
import type { GeluForm } from './gelu.js';
import { normalCdf, normalDensity } from './normal-cdf.js';

const SCALE = Math.sqrt(2 / Math.PI);
const CUBIC = 0.044715;

/** The value and the slope of each form. */
const FORMULAS: Record<GeluForm, { value(x: number): number; slope(x: number): number }> = {
  tanh: {
    value: (x) => 0.5 * x * (1 + Math.tanh(SCALE * (x + CUBIC * x ** 3))),
    slope(x) {
      const t = Math.tanh(SCALE * (x + CUBIC * x ** 3));
      return 0.5 * (1 + t) + 0.5 * x * (1 - t * t) * SCALE * (1 + 3 * CUBIC * x * x);
    },
  },
  exact: {
    value: (x) => x * normalCdf(x),
    slope: (x) => normalCdf(x) + x * normalDensity(x),
  },
};

/** The formula, one element at a time. */
export const geluReference: Kernel<'GptGelu', PlainTensor> = ({ x }, { form }) => [
  { shape: x.shape, data: (x.data as Float32Array).map(FORMULAS[form].value) },
];

/** `dy` times the slope. */
export const geluGradReference: Kernel<'GptGeluGrad', PlainTensor> = ({ dy, x }, { form }) => [
  {
    shape: x.shape,
    data: (x.data as Float32Array).map((v, i) => dy.data[i] * FORMULAS[form].slope(v)),
  },
];
