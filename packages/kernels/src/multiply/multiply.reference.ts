import type { PlainTensor } from '@gpt-ts/core';
import type { Kernel } from '../kernel-table.js';

/** One element at a time. */
export const multiplyReference: Kernel<'GptMultiply', PlainTensor> = ({ a, b }) => [
  { shape: a.shape, data: (a.data as Float32Array).map((value, i) => value * b.data[i]) },
];
