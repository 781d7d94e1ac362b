import type { PlainTensor } from '@gpt-ts/core';
import type { Kernel } from '../kernel-table.js';
import { lastDim } from '../shape.js';
import { countTargets, IGNORED_TARGET } from './cross-entropy.js';

/** Row by row, in double precision. */
export const crossEntropyReference: Kernel<'GptCrossEntropy', PlainTensor> = ({
  logits,
  targets,
  weights,
}) => {
  const v = lastDim(logits.shape);
  const rows = targets.data.length;
  const nll = new Float32Array(rows);
  const logSumExp = new Float32Array(rows);
  const counted = countTargets(targets.data, v);
  let total = 0;
  for (let r = 0; r < rows; r++) {
    const row = logits.data.subarray(r * v, (r + 1) * v);
    let max = Number.NEGATIVE_INFINITY;
    for (const logit of row) max = Math.max(max, logit);
    let sum = 0;
    for (const logit of row) sum += Math.exp(logit - max);
    const lse = max + Math.log(sum);
    logSumExp[r] = lse;
    const target = targets.data[r];
    if (target === IGNORED_TARGET) continue;
    nll[r] = lse - row[target];
    total += (lse - row[target]) * (weights?.data[r] ?? 1);
  }
  return [
    { shape: [], data: Float32Array.of(weights ? total : total / Math.max(1, counted)) },
    { shape: targets.shape, data: nll },
    { shape: targets.shape, data: logSumExp },
    ...(weights ? [weights] : []),
  ];
};

/** `(softmax - onehot(target)) dLoss` times the weight, or over the number that count; 0 in ignored rows. */
export const crossEntropyGradReference: Kernel<'GptCrossEntropyGrad', PlainTensor> = ({
  dLoss,
  logits,
  targets,
  logSumExp,
  weights,
}) => {
  const v = lastDim(logits.shape);
  const counted = countTargets(targets.data, v);
  const mean = dLoss.data[0] / Math.max(1, counted);
  const data = new Float32Array(logits.data.length);
  targets.data.forEach((target, r) => {
    if (target === IGNORED_TARGET) return;
    const scale = weights ? dLoss.data[0] * weights.data[r] : mean;
    for (let i = 0; i < v; i++) {
      const p = Math.exp(logits.data[r * v + i] - logSumExp.data[r]);
      data[r * v + i] = (p - (i === target ? 1 : 0)) * scale;
    }
  });
  return [{ shape: logits.shape, data }];
};
