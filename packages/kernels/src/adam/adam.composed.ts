import { add, div, mul, sqrt, square, sub, type Tensor } from '@tensorflow/tfjs-core';
import type { Kernel } from '../kernel-table.js';

/** The update rule with its constants gathered, so that every pass counts. */
export const adamComposed: Kernel<'GptAdam', Tensor> = ({ param, grad, m, v }, attrs) => {
  const { gradScale, beta1, beta2, eps, decay, stepSize, vScale } = attrs;
  const m1 = add(mul(m, beta1), mul(grad, (1 - beta1) * gradScale));
  const v1 = add(mul(v, beta2), mul(square(grad), (1 - beta2) * gradScale ** 2));
  // Both sides of the fraction divided by sqrt(vScale): one pass less.
  const root = Math.sqrt(vScale);
  const step = div(mul(m1, stepSize / root), add(sqrt(v1), eps / root));
  const decayed = decay === 1 ? param : mul(param, decay);
  return [sub(decayed, step), m1, v1];
};
