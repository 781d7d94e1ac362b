/** Log-probabilities of a model's own prediction, in nats, computed in double precision from its logits. */
import { argmax } from './argmax.js';
import { likeliest } from './likeliest.js';

/** An id and how likely it was. */
export interface TokenLogProb {
  id: number;
  /** log p(id | everything before it), in nats. */
  logProb: number;
}

/** What is subtracted from a logit to get its log-probability: `log sum exp(logits)`. */
export function logSumExp(logits: ArrayLike<number>): number {
  const max = logits[argmax(logits)];
  let sum = 0;
  for (let i = 0; i < logits.length; i++) sum += Math.exp(logits[i] - max);
  return max + Math.log(sum);
}

/**
 * The n likeliest ids, best first, the lowest first of equals; all of them when there are fewer.
 *
 * @param logits - `[V]`.
 * @throws InvalidArgumentError when a logit is NaN.
 */
export function topLogProbs(
  logits: ArrayLike<number>,
  n: number,
  total: number = logSumExp(logits),
): TokenLogProb[] {
  const top: TokenLogProb[] = [];
  if (n === 0) return top;
  for (const id of likeliest(logits)) {
    top.push({ id, logProb: logits[id] - total });
    if (top.length === n) break;
  }
  return top;
}
