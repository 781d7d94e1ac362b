import { InvalidArgumentError } from '@gpt-ts/core';

/** Refuses predictions that are not one for each label, and no labels at all. */
export function assertSameLength(predictions: ArrayLike<number>, labels: ArrayLike<number>): void {
  if (labels.length === 0) {
    throw new InvalidArgumentError({ argument: 'labels', expected: 'one or more', received: [] });
  }
  if (predictions.length === labels.length) return;
  throw new InvalidArgumentError({
    argument: 'predictions.length',
    expected: `${labels.length}, one for each label`,
    received: predictions.length,
  });
}
