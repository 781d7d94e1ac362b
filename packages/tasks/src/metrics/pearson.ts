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
  const a = centred(predictions);
  const b = centred(labels);
  const spread = Math.sqrt(dot(a, a) * dot(b, b));
  return spread === 0 ? 0 : Math.min(1, Math.max(-1, dot(a, b) / spread)); // rounding may lead past 1
}

/** The values less their mean, scaled so that the largest is 1 and no square is lost; 0 when all are the same. */
function centred(values: ArrayLike<number>): number[] {
  const all = Array.from(values);
  if (all.every((x) => x === all[0])) return all.fill(0);
  const mean = all.reduce((sum, x) => sum + x / all.length, 0);
  const differences = all.map((x) => x - mean);
  const largest = differences.reduce((max, x) => Math.max(max, Math.abs(x)), 0);
  return differences.map((x) => x / largest);
}

function dot(a: readonly number[], b: readonly number[]): number {
  return a.reduce((sum, x, i) => sum + x * b[i], 0);
}
