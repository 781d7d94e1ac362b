/**
 * Training data addressed by number, so that a resumed run needs nothing but how many sequences it has seen.
 *
 * No state moves along: sequence 1,000,000 costs what sequence 0 costs, and is the same whatever was asked before.
 */
import { assertNaturals, assertPositiveIntegers } from './assert-integers.js';
import type { Batch } from './batch.js';

/** Sequences by number: number `i` is the same whatever was asked before. */
export interface Sequences {
  /** Ids in a sequence. */
  readonly nCtx: number;
  /** Sequences in an epoch. */
  readonly perEpoch: number;
  /**
   * Sequences `first .. first + count - 1` of the endless order, as one batch of its own memory. Step `n` of a run
   * takes `batch(n * batchSize, batchSize)`.
   *
   * @throws InvalidArgumentError when `first` is not an integer from 0, or `count` not one from 1.
   */
  batch(first: number, count: number): Batch;
}

/** Throws {@link InvalidArgumentError} unless there are sequences `first .. first + count - 1`. */
export function assertRange(first: number, count: number): void {
  assertNaturals({ first });
  assertPositiveIntegers({ count });
}
