import type { PlainTensor } from '@gpt-ts/core';
import {
  crossEntropyGradReference,
  crossEntropyReference,
} from '../cross-entropy/cross-entropy.reference.js';
import type { Kernel } from '../kernel-table.js';
import { matMulReference } from '../mat-mul/mat-mul.reference.js';
import { lastDim } from '../shape.js';

/** All logits at once. */
export const languageModelLossReference: Kernel<'GptLanguageModelLoss', PlainTensor> = (
  { x, head, targets, weights },
  { grads },
) => {
  const [logits] = matMulReference({ a: x, b: head }, { transposeA: false, transposeB: true });
  const [loss, nll, logSumExp] = crossEntropyReference({ logits, targets, weights }, {});
  if (!grads) return [loss, nll];
  const dLoss = { shape: [], data: Float32Array.of(1) };
  const [dLogits] = crossEntropyGradReference({ dLoss, logits, targets, logSumExp, weights }, {});
  const rows = { shape: [targets.data.length, lastDim(head.shape)] };
  const flat = { shape: [rows.shape[0], head.shape[0]], data: dLogits.data };
  const [dx] = matMulReference({ a: flat, b: head }, { transposeA: false, transposeB: false });
  const [dHead] = matMulReference(
    { a: flat, b: { ...rows, data: x.data } },
    { transposeA: true, transposeB: false },
  );
  return [loss, nll, { shape: x.shape, data: dx.data }, dHead];
};
