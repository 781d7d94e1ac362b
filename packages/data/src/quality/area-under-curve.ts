/**
 * How well scores tell two kinds apart: the probability that a good one scores above a bad one, ties by half. 0.5 is
 * guessing, 1 is perfect. Also known as ROC AUC, or the Mann–Whitney statistic over the number of pairs.
 *
 * @returns `NaN` when there are none of a kind.
 * @example
 * areaUnderCurve([0.9, 0.4], [0.4, 0.1]); // => 0.875
 */
export function areaUnderCurve(good: readonly number[], bad: readonly number[]): number {
  const sorted = Float64Array.from(bad).sort();
  let below = 0;
  for (const score of good) below += (lowerBound(sorted, score, false) + lowerBound(sorted, score, true)) / 2;
  return below / (good.length * bad.length);
}

/** How many numbers are below `x`, or at it too. */
function lowerBound(sorted: Float64Array, x: number, orEqual: boolean): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (sorted[middle] < x || (orEqual && sorted[middle] === x)) low = middle + 1;
    else high = middle;
  }
  return low;
}
