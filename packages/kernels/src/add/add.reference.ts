import type { PlainTensor } from '@gpt-ts/core';
import type { Kernel } from '../kernel-table.js';

/** Element by element. */
export const addReference: Kernel<'GptAdd', PlainTensor> = ({ a, b }) => [
  { shape: a.shape, data: (a.data as Float32Array).map((value, i) => value + b.data[i]) },
];
