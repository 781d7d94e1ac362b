/** Evaluation batches: the whole text once, in order. */
import { assertWindows, type Batch, cutBatch, type WindowOptions } from './batch.js';

/**
 * Windows side by side from the start, so that no id is predicted twice: window `k` starts at `k * nCtx`. Only full
 * windows count, `floor((ids.length - 1) / nCtx)` of them; the last batch may have fewer rows. May be iterated
 * again and again.
 *
 * @throws {@link InvalidArgumentError} when the text is shorter than `nCtx + 1` ids or a size is not a positive
 * integer.
 * @example
 * const batches = [...sweepWindows({ ids: Int32Array.of(1, 2, 3, 4, 5, 6, 7), batchSize: 2, nCtx: 2 })];
 * batches.map((batch) => batch.batchSize); // => [2, 1]
 */
export function sweepWindows(options: WindowOptions): Iterable<Batch> {
  assertWindows(options);
  const { ids, batchSize, nCtx } = options;
  const windows = Math.floor((ids.length - 1) / nCtx);
  return {
    *[Symbol.iterator]() {
      for (let first = 0; first < windows; first += batchSize) {
        const rows = Math.min(batchSize, windows - first);
        const offsets = Array.from({ length: rows }, (_, row) => (first + row) * nCtx);
        yield cutBatch(ids, offsets, nCtx);
      }
    },
  };
}
