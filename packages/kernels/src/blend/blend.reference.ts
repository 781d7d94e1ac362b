import type { PlainTensor } from '@gpt-ts/core';
import type { Kernel } from '../kernel-table.js';

/** Element by element. */
export const blendReference: Kernel<'GptBlend', PlainTensor> = ({ target, source }, { share }) => {
  const blended = (value: number, i: number) => value + share * (source.data[i] - value);
  return [{ shape: target.shape, data: Float32Array.from(target.data, blended) }];
};
