import type { PlainTensor } from '@gpt-ts/core';
import type { Kernel } from '../kernel-table.js';

const SCALE = Math.sqrt(2 / Math.PI);
const CUBIC = 0.044715;

/** The formula, one element at a time. */
export const geluReference: Kernel<'GptGelu', PlainTensor> = ({ x }) => [
  {
    shape: x.shape,
    data: (x.data as Float32Array).map((v) => 0.5 * v * (1 + Math.tanh(SCALE * (v + CUBIC * v ** 3)))),
  },
];

/** `dx = dy (0.5 (1 + t) + 0.5 x (1 - t^2) u')`, with `t = tanh(u)`. */
export const geluGradReference: Kernel<'GptGeluGrad', PlainTensor> = ({ dy, x }) => [
  {
    shape: x.shape,
    data: (x.data as Float32Array).map((v, i) => {
      const t = Math.tanh(SCALE * (v + CUBIC * v ** 3));
      return dy.data[i] * (0.5 * (1 + t) + 0.5 * v * (1 - t * t) * SCALE * (1 + 3 * CUBIC * v * v));
    }),
  },
];
