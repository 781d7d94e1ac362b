/** Evaluation batches: the whole text once, in order, or one window a document. */
import { assertWindows, type Batch, cutBatch, startsOf, type WindowOptions } from './batch.js';

/**
 * Windows side by side from the start, so that no id is predicted twice: window `k` starts at `k * nCtx`. Only full
 * windows count, `floor((ids.length - 1) / nCtx)` of them; the last batch may have fewer rows. May be iterated
 * again and again.
 *
 * With `startId`, windows start where that id stands; they may overlap, and cover what follows it only.
 *
 * @throws {@link InvalidArgumentError} when the text is shorter than `nCtx + 1` ids a size is not a positive
 * integer, or no window can start with `startId`.
 * @example
 * const batches = [...sweepWindows({ ids: Int32Array.of(1, 2, 3, 4, 5, 6, 7), batchSize: 2, nCtx: 2 })];
 * batches.map((batch) => batch.batchSize); // => [2, 1]
 */
export function sweepWindows(options: WindowOptions): Iterable<Batch> {
  assertWindows(options);
  const { ids, batchSize, nCtx } = options;
  const starts =
    options.startId === undefined
      ? Array.from({ length: Math.floor((ids.length - 1) / nCtx) }, (_, k) => k * nCtx)
      : startsOf(options);
  return {
    *[Symbol.iterator]() {
      for (let first = 0; first < starts.length; first += batchSize) {
        yield cutBatch(ids, starts.slice(first, first + batchSize), nCtx);
      }
    },
  };
}
