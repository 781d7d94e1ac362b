import type { PlainTensor } from '@gpt-ts/core';
import type { Kernel } from '../kernel-table.js';

/** The update rule, one element at a time. */
export const adamReference: Kernel<'GptAdam', PlainTensor> = ({ param, grad, m, v }, attrs) => {
  const { gradScale, beta1, beta2, eps, decay, stepSize, vScale } = attrs;
  const next = [param, m, v].map(({ shape, data }) => ({ shape, data: Float32Array.from(data) }));
  const [p1, m1, v1] = next.map(({ data }) => data);
  grad.data.forEach((value, i) => {
    const g = value * gradScale;
    const mean = beta1 * m.data[i] + (1 - beta1) * g;
    const square = beta2 * v.data[i] + (1 - beta2) * g * g;
    m1[i] = mean;
    v1[i] = square;
    p1[i] = param.data[i] * decay - (stepSize * mean) / (Math.sqrt(square * vScale) + eps);
  });
  return next;
};
