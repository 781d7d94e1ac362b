import { TokenRangeError } from '@gpt-ts/core';
import { run } from '../run.js';
import { assertRank, assertShape } from '../shape.js';
import { type Tensor, tidy } from '../tensor.js';

/** The losses of a batch. */
export interface CrossEntropy {
  /** Mean negative log-likelihood over the targets that count, in nats: a scalar; the part with a gradient. */
  loss: Tensor;
  /** Negative log-likelihood of each target, `[..]`; 0 where the target is ignored. For reading: its gradient is 0. */
  nll: Tensor;
}

/** The target that means "do not score this position". */
export const IGNORED_TARGET = -1;

/**
 * How surprised the model is: `-log softmax(logits)[target]`, averaged.
 *
 * Exact for logits of any size: the largest is subtracted before the exponential. When every target is ignored
 * the loss is 0.
 *
 * @param logits - `[.., V]`.
 * @param targets - int32 `[..]`; {@link IGNORED_TARGET} leaves a position out.
 * @throws ShapeError when `targets` does not have the leading shape of `logits`.
 * @throws TokenRangeError for a target that is neither an id nor {@link IGNORED_TARGET}.
 * @see L1 of GPT-1 section 3.1, equation 1.
 */
export function crossEntropy(logits: Tensor, targets: Tensor): CrossEntropy {
  assertRank('crossEntropy', 'logits', logits.shape, 1);
  assertShape('crossEntropy', 'targets', targets.shape, logits.shape.slice(0, -1));
  return tidy(() => {
    const [loss, nll] = run('GptCrossEntropy', { logits, targets }, {});
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
