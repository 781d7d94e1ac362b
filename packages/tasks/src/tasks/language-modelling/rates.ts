/** Figures of texts: total loss over total units, not the mean of items. */
import type { Metric, Outcome } from '../../evaluation/task.js';

/** What a text was predicted with, and what it is measured in. */
interface Rate extends Outcome {
  readonly nats: number;
  /** Of the model. */
  readonly tokens: number;
  /** Of the text as published, the ends of lines among them. */
  readonly words: number;
  /** Of the text as published. */
  readonly bytes: number;
}

/** exp of the nats for each unit. */
export function perplexityPer(unit: 'words' | 'tokens'): Metric {
  return { unit: 'perplexity', of: (outcomes) => Math.exp(natsPer(outcomes, unit)) };
}

/** Bits for each byte. */
export const bitsPerByte: Metric = {
  unit: 'bits',
  of: (outcomes) => natsPer(outcomes, 'bytes') / Math.LN2,
};

function natsPer(outcomes: readonly Outcome[], unit: keyof Rate): number {
  const total = (name: keyof Rate) => outcomes.reduce((sum, outcome) => sum + Number(outcome[name]), 0);
  return total('nats') / total(unit);
}
