/** Figures over the outcomes of a whole set. */
import type { Metric, Outcome } from './task.js';

/** The mean of a number that every outcome has, as a share: accuracy, exact match, F1 by item. */
export function meanOf(name: string): Metric {
  return { unit: 'share', of: (outcomes) => mean(outcomes, name) };
}

/** exp of the mean of nats that every outcome has. */
export function perplexityOf(name: string): Metric {
  return { unit: 'perplexity', of: (outcomes) => Math.exp(mean(outcomes, name)) };
}

function mean(outcomes: readonly Outcome[], name: string): number {
  return outcomes.reduce((sum, outcome) => sum + Number(outcome[name]), 0) / outcomes.length;
}
