import { run } from '../run.js';
import type { Tensor } from '../tensor.js';
import { type DropoutSource, dropoutAttrs } from './dropout-attrs.js';

/**
 * Sets each element to 0 with probability `rate` and scales the others up, so that the mean stays.
 *
 * Nothing is remembered for the backward pass: the mask is a function of `source` and the element's place (Philox4x32-10:
 * element i has word `i mod 4` of the block with counter `[floor(i / 4), step, name, 1]`).
 *
 * @param x - Any shape.
 * @param rate - From 0 (nothing dropped) to below 1. Resolution 2^-32.
 * @throws InvalidArgumentError when the rate, the seed or the step is out of range.
 * @see Srivastava et al. 2014; GPT-1 section 4.1 ("residual, embedding, and attention dropouts with a rate of 0.1").
 */
export function dropout(x: Tensor, rate: number, source: DropoutSource): Tensor {
  return run('GptDropout', { x }, dropoutAttrs(rate, source))[0];
}
