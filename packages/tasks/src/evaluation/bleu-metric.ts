/** BLEU over a set of outcomes: each keeps the counts of its translation. */

import { type BleuOptions, bleuOfCounts } from '../metrics/bleu.js';
import { type BleuCounts, bleuCounts } from '../metrics/bleu-counts.js';
import type { Metric, Outcome } from './task.js';

const NAMES = ['match1', 'match2', 'match3', 'match4'];

/** The counts of one translation; `prefix` keeps those of several metrics apart. */
export function bleuOutcome(
  prediction: string,
  references: readonly string[],
  { tokenize }: BleuOptions,
  prefix = '',
): Outcome {
  const { matches, predictionLength, referenceLength } = bleuCounts(prediction, references, tokenize);
  const named = NAMES.map((name, i) => [prefix + name, matches[i]] as const);
  return {
    ...Object.fromEntries(named),
    [`${prefix}predictionLength`]: predictionLength,
    [`${prefix}referenceLength`]: referenceLength,
  };
}

/** BLEU, from 0 to 100, of outcomes with the counts of {@link bleuOutcome}. */
export function bleuMetric({ smoothing }: BleuOptions, prefix = ''): Metric {
  const countsOf = (outcome: Outcome): BleuCounts => ({
    matches: NAMES.map((name) => Number(outcome[prefix + name])),
    predictionLength: Number(outcome[`${prefix}predictionLength`]),
    referenceLength: Number(outcome[`${prefix}referenceLength`]),
  });
  return { unit: 'score', of: (outcomes) => bleuOfCounts(outcomes.map(countsOf), smoothing).score };
}
