import {
  div,
  gatherND,
  log,
  max,
  mul,
  reshape,
  softmax,
  sub,
  sum,
  type Tensor,
  tensor,
  tensorScatterUpdate,
} from '@tensorflow/tfjs-core';
import type { Kernel } from '../kernel-table.js';
import { lastDim, rowsOf } from '../shape.js';
import { countTargets, IGNORED_TARGET } from './cross-entropy.js';

/** Softmax, and one look at each row's target. */
export const crossEntropyComposed: Kernel<'GptCrossEntropy', Tensor> = ({ logits, targets, weights }) => {
  const flat = asMatrix(logits);
  const { loss, nll, logSumExp } = lossOf(flat, softmax(flat), placesOf(targets, flat.shape[1], weights));
  const outputs = [loss, reshape(nll, targets.shape), reshape(logSumExp, targets.shape)];
  return weights ? [...outputs, weights] : outputs;
};

/** Softmax again, which is faster than an exponential here, less 1 at the targets. */
export const crossEntropyGradComposed: Kernel<'GptCrossEntropyGrad', Tensor> = ({
  dLoss,
  logits,
  targets,
  weights,
}) => {
  const flat = asMatrix(logits);
  const dLogits = lossGradOf(softmax(flat), placesOf(targets, flat.shape[1], weights), dLoss);
  return [reshape(dLogits, logits.shape)];
};

/** Where the targets stand in a matrix of logits, and which of them count. */
export interface Places {
  /** `[R, 2]`: row and column; column 0 for an ignored target. */
  at: Tensor;
  /** `[R]`: 1 for a target that counts, 0 for one that is ignored. */
  counts: Tensor;
  /** How many count; 1 if none does. */
  counted: number;
  /** `[R]`: the weights of the targets that count, 0 for one that is ignored. */
  weights: Tensor | undefined;
}

/** Reads the targets, and refuses those that are no ids. */
export function placesOf(targets: Tensor, nVocab: number, weights?: Tensor): Places {
  const ids = targets.dataSync();
  const counted = Math.max(1, countTargets(ids, nVocab));
  const at = new Int32Array(2 * ids.length);
  const counts = Float32Array.from(ids, (id) => (id === IGNORED_TARGET ? 0 : 1));
  ids.forEach((id, r) => {
    at.set([r, Math.max(0, id)], 2 * r);
  });
  const given = weights?.dataSync();
  return {
    at: tensor(at, [ids.length, 2], 'int32'),
    counts: tensor(counts),
    counted,
    weights: given && tensor(counts.map((count, r) => (count === 0 ? 0 : given[r]))), // 0 times a NaN would be one
  };
}

/** The losses of `logits [R, V]`, given their softmax. */
export function lossOf(
  logits: Tensor,
  p: Tensor,
  { at, counts, counted, weights }: Places,
): Record<'loss' | 'nll' | 'logSumExp', Tensor> {
  const logSumExp = sub(max(logits, -1), log(max(p, -1))); // the largest is at least 1 / V
  const nll = mul(sub(logSumExp, gatherND(logits, at)), counts);
  const loss = weights ? sum(mul(nll, weights)) : div(sum(nll), counted);
  return { loss, nll, logSumExp };
}

/** `(softmax - onehot(target)) dLoss` times the weight, or over `counted`, `[R, V]`; 0 in ignored rows. */
export function lossGradOf(
  p: Tensor,
  { at, counts, counted, weights }: Places,
  dLoss: Tensor | number,
): Tensor {
  const lessOne = tensorScatterUpdate(p, at, sub(gatherND(p, at), 1));
  const scales = weights ? mul(weights, dLoss) : mul(counts, div(dLoss, counted));
  return mul(lessOne, reshape(scales, [-1, 1]));
}

function asMatrix(logits: Tensor): Tensor & { shape: [number, number] } {
  return reshape(logits, [rowsOf(logits.shape), lastDim(logits.shape)]) as Tensor & {
    shape: [number, number];
  };
}
