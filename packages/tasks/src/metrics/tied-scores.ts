import { InvalidArgumentError } from '@gpt-ts/core';
import { assertSameLength } from './labels.js';

/** The items that have one score. */
export interface TiedScores {
  readonly score: number;
  /** Items of class 1. */
  readonly positives: number;
  /** Items of class 0. */
  readonly negatives: number;
}

/**
 * Items by score, from the highest: the steps of a ROC curve.
 *
 * @throws InvalidArgumentError when there are no labels, not one score for each, a label is not 0 or 1, or a score is NaN.
 */
export function tiedScores(scores: readonly number[], labels: readonly number[]): TiedScores[] {
  assertSameLength(scores, labels);
  labels.forEach((label, i) => {
    const argument = `labels[${i}]`;
    if (label !== 0 && label !== 1)
      throw new InvalidArgumentError({ argument, expected: '0 or 1', received: label });
    if (!Number.isNaN(scores[i])) return;
    throw new InvalidArgumentError({ argument: `scores[${i}]`, expected: 'a number', received: scores[i] });
  });
  const sorted = (label: number) => Float64Array.from(scores.filter((_, i) => labels[i] === label)).sort();
  const [negative, positive] = [sorted(0), sorted(1)];
  const groups: TiedScores[] = [];
  for (let [n, p] = [negative.length, positive.length]; n > 0 || p > 0; ) {
    const score = Math.max(
      negative[n - 1] ?? Number.NEGATIVE_INFINITY,
      positive[p - 1] ?? Number.NEGATIVE_INFINITY,
    );
    const [n0, p0] = [n, p];
    while (n > 0 && negative[n - 1] === score) n--;
    while (p > 0 && positive[p - 1] === score) p--;
    groups.push({ score, positives: p0 - p, negatives: n0 - n });
  }
  return groups;
}
