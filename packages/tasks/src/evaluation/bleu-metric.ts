/** BLEU over a set of outcomes: each keeps the counts of its translation. */

import { type BleuOptions, bleuOfCounts } from '../metrics/bleu.js';
import { type BleuCounts, bleuCounts } from '../metrics/bleu-counts.js';
import type { Metric, Outcome } from './task.js';

const NAMES = ['match1', 'match2', 'match3', 'match4'];

/** The counts of one translation. */
export function bleuOutcome(
  prediction: string,
  references: readonly string[],
  { tokenize }: BleuOptions,
): Outcome {
  const { matches, predictionLength, referenceLength } = bleuCounts(prediction, references, tokenize);
  const named = NAMES.map((name, i) => [name, matches[i]] as const);
  return { ...Object.fromEntries(named), predictionLength, referenceLength };
}

/** BLEU, from 0 to 100, of outcomes with the counts of {@link bleuOutcome}. */
export function bleuMetric({ smoothing }: BleuOptions): Metric {
  return { unit: 'score', of: (outcomes) => bleuOfCounts(outcomes.map(countsOf), smoothing).score };
}

function countsOf(outcome: Outcome): BleuCounts {
  return {
    matches: NAMES.map((name) => Number(outcome[name])),
    predictionLength: Number(outcome.predictionLength),
    referenceLength: Number(outcome.referenceLength),
  };
}
