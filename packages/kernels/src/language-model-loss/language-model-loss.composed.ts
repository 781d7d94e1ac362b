import { matMul, reshape, softmax, type Tensor } from '@tensorflow/tfjs-core';
import { product } from '../composed/product.js';
import { lossGradOf, lossOf, placesOf } from '../cross-entropy/cross-entropy.composed.js';
import type { Kernel } from '../kernel-table.js';
import { lastDim, rowsOf } from '../shape.js';

/** All logits at once: tfjs has no way to work on a part of a tensor without copying it. */
export const languageModelLossComposed: Kernel<'GptLanguageModelLoss', Tensor> = (
  { x, head, targets, weights },
  { grads },
) => {
  const hidden = reshape(x, [rowsOf(x.shape), lastDim(x.shape)]);
  const logits = product(hidden, head, false, true);
  const p = softmax(logits);
  const places = placesOf(targets, head.shape[0]!, weights);
  const { loss, nll } = lossOf(logits, p, places);
  const losses = [loss, reshape(nll, targets.shape)];
  if (!grads) return losses;
  const dLogits = lossGradOf(p, places, 1);
  return [...losses, reshape(matMul(dLogits, head), x.shape), product(dLogits, hidden, true, false)];
};
