/** What the trainings have in common. */
import { InvalidArgumentError } from '@gpt-ts/core';
import type { Merge } from '../bpe/merge-ranks.js';
import { MAX_VOCAB } from '../files/vocab-json.js';

/** Options of every training. */
export interface TrainOptions {
  /** Tokens wanted, everything included. At most 2^20. */
  nVocab: number;
  /** Pairs that occur less often are not merged. Default 2. */
  minFrequency?: number;
  /**
   * Distinct pieces, or words, kept in memory, some 200 bytes for each. When there are more, or when they are longer than
   * 16 bytes on average, those that occurred once so far are forgotten, then twice, four times and so on, until half of
   * the room is free. Default 2^22, more than 100 MB of English have.
   */
  maxPieces?: number;
  /** Called every 50 ms while text is read, once when all is, and after each merge. */
  onProgress?: (progress: TrainProgress) => void;
  /** Stops the training. */
  signal?: AbortSignal;
}

/** How far a training is. */
export type TrainProgress = CountProgress | MergeProgress;

/** Text is being read. */
export interface CountProgress {
  type: 'count';
  /** Bytes of text so far, in UTF-8 and without special tokens. */
  bytes: number;
  /** Distinct pieces, or words, in memory. */
  pieces: number;
  /** Distinct pieces forgotten, because there were more than `maxPieces`. */
  dropped: number;
}

/** A merge was learned. */
export interface MergeProgress {
  type: 'merge';
  /** Merges so far, this one included. */
  merges: number;
  /** Merges it takes to reach `nVocab`. */
  maxMerges: number;
  /** The two tokens joined, spelled as in `merges.txt`. */
  merge: Merge;
  /** How often they stood side by side. */
  count: number;
}

/** Options with their defaults. */
export interface CheckedOptions {
  readonly nVocab: number;
  readonly minFrequency: number;
  readonly maxPieces: number;
  readonly onProgress: ((progress: TrainProgress) => void) | undefined;
  readonly signal: AbortSignal | undefined;
}

/**
 * Fills in the defaults.
 *
 * @throws {@link InvalidArgumentError} when an option is out of range.
 */
export function checkOptions(options: TrainOptions, minVocab: number): CheckedOptions {
  const { nVocab, minFrequency = 2, maxPieces = 2 ** 22, onProgress, signal } = options;
  requireInteger('nVocab', nVocab, minVocab, MAX_VOCAB);
  requireInteger('minFrequency', minFrequency, 1, Number.MAX_SAFE_INTEGER);
  requireInteger('maxPieces', maxPieces, 1, 2 ** 25);
  return { nVocab, minFrequency, maxPieces, onProgress, signal };
}

/** @throws {@link InvalidArgumentError} unless the value of an option is an integer in the range. */
function requireInteger(argument: string, value: number, min: number, max: number): void {
  if (Number.isInteger(value) && value >= min && value <= max) return;
  throw new InvalidArgumentError({ argument, expected: `an integer from ${min} to ${max}`, received: value });
}
