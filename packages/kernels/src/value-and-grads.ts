import { InvalidArgumentError } from '@gpt-ts/core';
import { backward } from './backward.js';
import { taped } from './tape.js';
import { dispose, type Parameter, type Tensor, tidy } from './tensor.js';

/**
 * The value of a scalar function and its gradient with respect to each parameter.
 *
 * Gradients and saved tensors are freed as the backward pass goes, so its peak is little above the forward pass's.
 *
 * @param f - Computes a scalar tensor from `parameters` with the ops of this package. Of a larger one, the sum of its elements
 * is differentiated.
 * @returns `value`, a scalar, and `grads` in the order of `parameters`. The caller disposes all of them.
 * @throws InvalidArgumentError when the value does not depend on one of the parameters.
 * @example
 * const { value, grads } = valueAndGrads(() => model.loss(batch).loss, parameters);
 */
export function valueAndGrads(
  f: () => Tensor,
  parameters: readonly Parameter[],
): { value: Tensor; grads: Tensor[] } {
  const { value, grads } = tidy(() => {
    const { value, tape } = taped(f, parameters);
    return { value, grads: backward(tape, value, parameters) };
  });
  const missing = grads.indexOf(undefined);
  if (missing >= 0) {
    dispose([value, ...grads.filter((grad) => grad !== undefined)]);
    throw new InvalidArgumentError({
      argument: 'parameters',
      expected: 'tensors that the value depends on',
      received: `parameter ${missing}, on which it does not`,
    });
  }
  return { value, grads: grads as Tensor[] };
}
