import type { PlainTensor } from '@gpt-ts/core';
import type { Kernel } from '../kernel-table.js';

/** Every element times the one factor. */
export const scaleReference: Kernel<'GptScale', PlainTensor> = ({ x, factor }) => {
  return [{ shape: x.shape, data: (x.data as Float32Array).map((value) => value * factor.data[0]) }];
};
