import { mul, type Tensor, tensor } from '@tensorflow/tfjs-core';
import type { Kernel } from '../kernel-table.js';
import { sizeOf } from '../shape.js';
import { dropoutKeeps } from './dropout-keeps.js';

/** The mask comes from plain TypeScript: tfjs's random numbers are other ones. */
export const dropoutComposed: Kernel<'GptDropout', Tensor> = ({ x }, attrs) => {
  const factors = Float32Array.from(dropoutKeeps(sizeOf(x.shape), attrs), (keep) => keep * attrs.scale);
  return [mul(x, tensor(factors, x.shape))];
};
