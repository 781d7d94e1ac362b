import { InvalidArgumentError } from '@gpt-ts/core';
import { assertSameLength } from './labels.js';

/**
 * How often each class was taken for each: `counts[label][prediction]`, `[nClasses, nClasses]`.
 *
 * @throws InvalidArgumentError when there are no labels, not one prediction for each, or a class is not from 0 to
 * `nClasses - 1`.
 * @example
 * confusion([0, 1, 1], [0, 0, 1], 2); // => [[1, 1], [0, 1]]
 */
export function confusion(
  predictions: ArrayLike<number>,
  labels: ArrayLike<number>,
  nClasses: number,
): number[][] {
  assertSameLength(predictions, labels);
  const counts = Array.from({ length: nClasses }, () => new Array<number>(nClasses).fill(0));
  for (let i = 0; i < labels.length; i++) {
    for (const [argument, received] of [
      ['labels', labels[i]] as const,
      ['predictions', predictions[i]] as const,
    ]) {
      if (Number.isInteger(received) && received >= 0 && received < nClasses) continue;
      throw new InvalidArgumentError({
        argument: `${argument}[${i}]`,
        expected: `a class from 0 to ${nClasses - 1}`,
        received,
      });
    }
    counts[labels[i]][predictions[i]]++;
  }
  return counts;
}
