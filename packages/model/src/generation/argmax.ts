import { InvalidArgumentError } from '@gpt-ts/core';

/**
 * Index of the largest value, the first when several tie.
 *
 * @throws InvalidArgumentError when a value is NaN.
 */
export function argmax(values: ArrayLike<number>): number {
  let best = 0;
  for (let i = 0; i < values.length; i++) {
    if (Number.isNaN(values[i])) {
      throw new InvalidArgumentError({
        argument: 'logits',
        expected: 'numbers',
        received: `NaN at index ${i}`,
        hint: 'The weights are damaged, or the training that made them diverged.',
      });
    }
    if (values[i] > values[best]) best = i;
  }
  return best;
}
