import { add, mul, sub, type Tensor } from '@tensorflow/tfjs-core';
import type { Kernel } from '../kernel-table.js';

/** The formula as it stands: with `1 - share` as a float, a share of 1e-4 would be off by 1.7e-4 of itself. */
export const blendComposed: Kernel<'GptBlend', Tensor> = ({ target, source }, { share }) => {
  return [add(target, mul(sub(source, target), share))];
};
