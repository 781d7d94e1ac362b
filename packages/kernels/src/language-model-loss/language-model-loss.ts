import type { CrossEntropy } from '../cross-entropy/cross-entropy.js';
import { run } from '../run.js';
import { assertRank, assertShape, lastDim } from '../shape.js';
import { recording } from '../tape.js';
import { type Tensor, tidy } from '../tensor.js';

/**
 * The language model's loss straight from the last hidden states: `crossEntropy(matMul(x, head, { transposeB: true }),
 * targets, weights)`, the logits never being stored as a whole.
 *
 * A chunk of positions at a time gets its logits, its losses and, while gradients are recorded, its share of both
 * gradients; nothing is computed twice.
 *
 * @param x - `[.., C]`.
 * @param head - `[V, C]`; in GPT-1 and GPT-2 the token embedding itself ("tied").
 * @param targets - int32 `[..]`; -1 leaves a position out.
 * @param weights - `[..]`: with them `loss` is the sum of `weights nll`, divided by nothing. They have no gradient.
 * @returns `loss`, the mean over the positions that count (0 when none does), and `nll` of each, without its weight; in nats.
 * @throws ShapeError when the shapes do not go together.
 * @throws TokenRangeError for a target that is neither an id nor -1.
 * @see L1 of GPT-1 section 3.1, equations 1 and 2.
 */
export function languageModelLoss(x: Tensor, head: Tensor, targets: Tensor, weights?: Tensor): CrossEntropy {
  assertRank('languageModelLoss', 'x', x.shape, 1);
  assertRank('languageModelLoss', 'head', head.shape, 2);
  assertShape('languageModelLoss', 'head', head.shape, [head.shape[0], lastDim(x.shape)]);
  assertShape('languageModelLoss', 'targets', targets.shape, x.shape.slice(0, -1));
  if (weights) assertShape('languageModelLoss', 'weights', weights.shape, targets.shape);
  return tidy(() => {
    const grads = recording(x, head);
    const [loss, nll] = run('GptLanguageModelLoss', { x, head, targets, weights }, { grads });
    return { loss, nll };
  });
}
