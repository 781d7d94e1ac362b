import { assertSameLength } from './labels.js';
import { assertFinite } from './numbers.js';
import { pearson } from './pearson.js';

/**
 * Spearman's rank correlation of predicted with true values, from -1 to 1: {@link pearson} of their ranks, where equal values
 * share the mean of theirs. 0 when all predictions or all labels are the same.
 *
 * @throws InvalidArgumentError when there are no labels, not one prediction for each, or a value is not finite.
 * @example
 * spearman([1, 20, 300], [1, 2, 3]); // => 1
 */
export function spearman(predictions: ArrayLike<number>, labels: ArrayLike<number>): number {
  assertSameLength(predictions, labels);
  assertFinite('predictions', predictions);
  assertFinite('labels', labels);
  return pearson(ranks(predictions), ranks(labels));
}

/** From 1 for the smallest value. */
function ranks(values: ArrayLike<number>): Float64Array {
  const order = Array.from(values, (_, i) => i).sort((i, j) => values[i] - values[j]);
  const out = new Float64Array(values.length);
  for (let first = 0; first < order.length; ) {
    let next = first + 1;
    while (next < order.length && values[order[next]] === values[order[first]]) next++;
    for (const i of order.slice(first, next)) out[i] = (first + 1 + next) / 2; // ranks first + 1 ... next
    first = next;
  }
  return out;
}
