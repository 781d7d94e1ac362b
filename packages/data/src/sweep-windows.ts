/** Evaluation batches: all sequences of a held-back corpus once, in order. */
import { InvalidArgumentError } from '@gpt-ts/core';
import { assertPositiveIntegers } from './assert-integers.js';
import { type Batch, fillBatch } from './batch.js';
import { layoutOf, type WindowOptions } from './windows.js';

/** What to measure a loss on. */
export interface SweepOptions extends WindowOptions {
  /** Sequences in a batch. */
  batchSize: number;
  /** Stop before the sequence that would go over this many places, padding included. Default: no limit. */
  maxTokens?: number;
}

/**
 * The sequences of {@link DocumentLayout} in the order of the corpus, cut from its beginning. The last batch may have fewer
 * rows. May be iterated again and again.
 *
 * `packed` (the default) and `apart` predict no id twice; `packed` leaves out a remainder of fewer than `nCtx`.
 *
 * @throws {@link InvalidArgumentError} when an option is out of range, no window of `nCtx` fits, or documents would touch
 * without an end-of-text between them.
 * @example
 * const corpus = corpusFromIds(Int32Array.of(1, 2, 3, 4, 5, 6, 7));
 * const batches = [...sweepWindows({ corpus, batchSize: 2, nCtx: 2 })];
 * batches.map((batch) => batch.batchSize); // => [2, 1]
 */
export function sweepWindows(options: SweepOptions): Iterable<Batch> {
  const { nCtx, batchSize, maxTokens = Number.POSITIVE_INFINITY } = options;
  const windows = layoutOf(options)();
  assertPositiveIntegers({ batchSize });
  if (!(maxTokens >= nCtx)) {
    throw new InvalidArgumentError({
      argument: 'maxTokens',
      expected: `nCtx (${nCtx}) or more`,
      received: maxTokens,
    });
  }
  const count = Math.min(windows.count, Math.floor(maxTokens / nCtx));
  return {
    *[Symbol.iterator]() {
      for (let first = 0; first < count; first += batchSize) {
        const rows = Math.min(batchSize, count - first);
        yield fillBatch(rows, nCtx, (row, inputs, targets) => windows.write(first + row, inputs, targets));
      }
    },
  };
}
