import { TokenRangeError } from '@gpt-ts/core';
import { run } from '../run.js';
import { assertRank, assertShape } from '../shape.js';
import { type Tensor, tidy } from '../tensor.js';

/** The losses of a batch. */
export interface CrossEntropy {
  /**
   * Mean negative log-likelihood over the targets that count, in nats; with weights the sum of `weights nll`. A scalar, and
   * the part with a gradient.
   */
  loss: Tensor;
  /** Negative log-likelihood of each target, `[..]`; 0 where the target is ignored. For reading: its gradient is 0. */
  nll: Tensor;
}

/** The target that means "do not score this position". */
export const IGNORED_TARGET = -1;

/**
 * How surprised the model is: `-log softmax(logits)[target]`, averaged, or added up with weights of your own.
 *
 * Exact for logits of any size: the largest is subtracted before the exponential. When every target is ignored
 * the loss is 0.
 *
 * @param logits - `[.., V]`.
 * @param targets - int32 `[..]`; {@link IGNORED_TARGET} leaves a position out.
 * @param weights - `[..]`: what each position's loss counts in the sum, which is then not divided by anything. They have no
 *   gradient. An ignored target counts nothing, whatever its weight.
 * @throws ShapeError when `targets` or `weights` does not have the leading shape of `logits`.
 * @throws TokenRangeError for a target that is neither an id nor {@link IGNORED_TARGET}.
 * @see L1 of GPT-1 section 3.1, equation 1.
 * @example
 * const weights = tensor(Float32Array.of(1 / 4, 1 / 4, 1 / 2, 0), [2, 2]); // a mean of rows, each a mean of its own
 * const { loss } = crossEntropy(logits, idTensor(Int32Array.of(5, 3, 8, -1), [2, 2]), weights);
 */
export function crossEntropy(logits: Tensor, targets: Tensor, weights?: Tensor): CrossEntropy {
  assertRank('crossEntropy', 'logits', logits.shape, 1);
  assertShape('crossEntropy', 'targets', targets.shape, logits.shape.slice(0, -1));
  if (weights) assertShape('crossEntropy', 'weights', weights.shape, targets.shape);
  return tidy(() => {
    const [loss, nll] = run('GptCrossEntropy', { logits, targets, weights }, {});
    return { loss, nll };
  });
}

/** How many targets count. Throws TokenRangeError at the first that is neither an id nor {@link IGNORED_TARGET}. */
export function countTargets(targets: ArrayLike<number>, nVocab: number): number {
  let counted = 0;
  for (let position = 0; position < targets.length; position++) {
    const token = targets[position];
    if (token === IGNORED_TARGET) continue;
    if (token < 0 || token >= nVocab) throw new TokenRangeError({ token, position, nVocab });
    counted++;
  }
  return counted;
}
