import { assertSameLength } from './labels.js';

/**
 * The share of predictions that are right, from 0 to 1.
 *
 * @throws InvalidArgumentError when there are no labels, or not one prediction for each.
 * @example
 * accuracy([0, 1, 1, 0], [0, 1, 0, 0]); // => 0.75
 */
export function accuracy(predictions: ArrayLike<number>, labels: ArrayLike<number>): number {
  assertSameLength(predictions, labels);
  let right = 0;
  for (let i = 0; i < labels.length; i++) if (predictions[i] === labels[i]) right++;
  return right / labels.length;
}

/**
 * The accuracy of always giving the commonest label, the smallest of equally common ones: what a model has to beat.
 *
 * @param trainLabels - Where to look for the commonest. Default: `labels` themselves.
 * @example
 * majorityAccuracy([0, 1, 1, 1], [0, 0, 1]); // => 0.25
 */
export function majorityAccuracy(labels: ArrayLike<number>, trainLabels: ArrayLike<number> = labels): number {
  const counts = new Map<number, number>();
  for (const label of Array.from(trainLabels)) counts.set(label, (counts.get(label) ?? 0) + 1);
  const [[commonest] = [-1]] = [...counts].sort(([a, m], [b, n]) => n - m || a - b);
  return accuracy(new Int32Array(labels.length).fill(commonest), labels);
}
