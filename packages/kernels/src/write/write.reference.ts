import type { PlainTensor } from '@gpt-ts/core';
import type { Kernel } from '../kernel-table.js';

/** A copy with the values in their place. */
export const writeReference: Kernel<'GptWrite', PlainTensor> = ({ x }, { offset, values }) => {
  const data = Float32Array.from(x.data);
  data.set(values, offset);
  return [{ shape: x.shape, data }];
};
