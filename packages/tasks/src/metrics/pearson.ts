import { assertSameLength } from './labels.js';
import { assertFinite } from './numbers.js';

/**
 * Pearson's correlation of predicted with true values, from -1 to 1: how well a straight line fits. Published for STS-B.
 * 0 when all predictions or all labels are the same.
 *
 * @throws InvalidArgumentError when there are no labels, not one prediction for each, or a value is not finite.
 * @example
 * pearson([1, 2, 4], [1, 2, 3]); // => 0.9819805060619657
 */
export function pearson(predictions: ArrayLike<number>, labels: ArrayLike<number>): number {
  assertSameLength(predictions, labels);
  assertFinite('predictions', predictions);
  assertFinite('labels', labels);
  const a = unit(predictions);
  const b = unit(labels);
  const r = a.reduce((sum, x, i) => sum + x * b[i], 0);
  return Math.min(1, Math.max(-1, r)); // rounding may lead past them
}

/** The values less their mean, as a vector of length 1, or of length 0 when all are the same. */
function unit(values: ArrayLike<number>): number[] {
  const all = Array.from(values);
  if (all.every((x) => x === all[0])) return all.fill(0);
  const mean = all.reduce((sum, x) => sum + x / all.length, 0);
  const centred = all.map((x) => x - mean);
  const largest = centred.reduce((max, x) => Math.max(max, Math.abs(x)), 0);
  const length = largest * Math.sqrt(centred.reduce((sum, x) => sum + (x / largest) ** 2, 0));
  return centred.map((x) => x / length);
}
