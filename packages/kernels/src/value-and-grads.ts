import { InvalidArgumentError } from '@gpt-ts/core';
import { backward } from './backward.js';
import { assertShape } from './shape.js';
import { taped } from './tape.js';
import { dispose, type Parameter, type Tensor, tidy } from './tensor.js';

/**
 * The value of a scalar function and its gradient with respect to each parameter.
 *
 * Gradients and saved tensors are freed as the backward pass goes, so its peak is little above the forward pass's.
 *
 * @param f - Computes a scalar tensor from `parameters` with the ops of this package. Of a larger one, the sum of its elements
 * is differentiated. Of a list, the first; the others are values to take along.
 * @param sums - Gradients of an earlier call, in the order of `parameters`, to which these are added one by one as they are
 * found: there is never a second set of them. They are used up, also when an error is thrown.
 * @returns `value`, a scalar, the `others`, and `grads` in the order of `parameters`. The caller disposes all of them.
 * @throws InvalidArgumentError when the value does not depend on one of the parameters and there is no sum for it.
 * @throws ShapeError when a sum does not have the shape of its parameter.
 * @example
 * const { value, grads } = valueAndGrads(() => model.loss(batch).loss, parameters);
 * @example
 * let sums: Tensor[] | undefined; // of a batch in parts
 * for (const part of parts) ({ grads: sums } = valueAndGrads(() => lossOf(part), parameters, sums));
 */
export function valueAndGrads(
  f: () => Tensor | readonly Tensor[],
  parameters: readonly Parameter[],
  sums?: readonly Tensor[],
): { value: Tensor; others: Tensor[]; grads: Tensor[] } {
  try {
    if (sums) assertSums(sums, parameters);
    return differentiate(f, parameters, sums);
  } catch (error) {
    dispose(sums ?? []); // those that are gone already are left alone
    throw error;
  }
}

function differentiate(
  f: () => Tensor | readonly Tensor[],
  parameters: readonly Parameter[],
  sums: readonly Tensor[] | undefined,
): { value: Tensor; others: Tensor[]; grads: Tensor[] } {
  const ids = parameters.map(({ id }) => id);
  const { value, others, grads } = tidy(() => {
    const { value: values, tape } = taped(() => [f()].flat() as Tensor[], ids);
    const [value, ...others] = values;
    return { value, others, grads: backward(tape, value, parameters, sums) };
  });
  const missing = grads.indexOf(undefined);
  if (missing >= 0) {
    dispose([value, ...others, ...grads.filter((grad) => grad !== undefined)]);
    throw new InvalidArgumentError({
      argument: 'parameters',
      expected: 'tensors that the value depends on',
      received: `parameter ${missing}, on which it does not`,
    });
  }
  return { value, others, grads: grads as Tensor[] };
}

function assertSums(sums: readonly Tensor[], parameters: readonly Parameter[]): void {
  if (sums.length !== parameters.length) {
    const expected = `one tensor for each of the ${parameters.length} parameters`;
    throw new InvalidArgumentError({ argument: 'sums', expected, received: sums.length });
  }
  for (const [i, { shape }] of parameters.entries()) {
    assertShape('valueAndGrads', `sum ${i}`, sums[i].shape, shape);
  }
}
