import { mul, type Tensor, tensor } from '@tensorflow/tfjs-core';
import type { Kernel } from '../kernel-table.js';
import { sizeOf } from '../shape.js';
import type { DropoutAttrs } from './dropout-attrs.js';
import { dropoutKeeps } from './dropout-keeps.js';

/** The mask comes from plain TypeScript: tfjs's random numbers are other ones. */
export const dropoutComposed: Kernel<'GptDropout', Tensor> = ({ x }, attrs) => [
  mul(x, dropoutFactors(x.shape, attrs)),
];

/** What each element is multiplied by: 0, or the scale. */
export function dropoutFactors(shape: readonly number[], attrs: DropoutAttrs): Tensor {
  const factors = Float32Array.from(dropoutKeeps(sizeOf(shape), attrs), (keep) => keep * attrs.scale);
  return tensor(factors, [...shape]);
}
