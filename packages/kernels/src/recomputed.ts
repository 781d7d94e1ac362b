import { reshape } from './reshape/reshape.js';
import { recordFunction, unrecorded } from './tape.js';
import { type Tensor, tidy } from './tensor.js';

/**
 * `f(x)`, of which only `x` is kept for the way back: memory for time. The backward pass runs `f` again when it gets there,
 * and only then are the tensors inside it held, until it is through.
 *
 * The gradients have the same bits as those of `f(x)` itself, also of parameters that `f` uses, however often.
 *
 * @param f - Computes a tensor with the ops of this package. It is run twice and must do the same both times. What it uses
 *   besides `x` must still be there the second time: parameters are, tensors of a `tidy` that has ended are not.
 * @returns As long as no gradients are recorded, `f(x)` and no more.
 * @see Chen et al. 2016, *Training deep nets with sublinear memory cost*, arXiv 1604.06174.
 * @example
 * for (const block of blocks) x = recomputed(block, x); // keeps one tensor a block
 */
export function recomputed(f: (x: Tensor) => Tensor, x: Tensor): Tensor {
  const again = (input: Tensor) => {
    const y = f(input);
    return reshape(y, y.shape); // a tensor of its own, also where f gives back its input or a parameter
  };
  const y = unrecorded(() => tidy(() => again(x)));
  recordFunction(again, x, y);
  return y;
}
