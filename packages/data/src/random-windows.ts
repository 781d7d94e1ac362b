/** Training batches: windows drawn anywhere in the text (or where `startId` stands), as in nanoGPT's `get_batch`. */
import { InvalidArgumentError, Random } from '@gpt-ts/core';
import { assertWindows, type Batch, cutBatch, startsOf, type WindowOptions } from './batch.js';

/** Where windows come from, and the seed that picks them. */
export interface RandomWindowsOptions extends WindowOptions {
  /** Default 0. */
  seed?: number;
}

/** Batches by step number. */
export interface RandomWindows {
  /** The batch of one step. It depends on the seed and the step alone, so a resumed run sees what it would have. */
  batch(step: number): Batch;
}

/**
 * Uniformly random windows, with replacement. A window starts at any `o` with `0 <= o < ids.length - nCtx`, or at those
 * of them where `startId` stands: `inputs = ids[o .. o + nCtx)`, `targets = ids[o + 1 .. o + nCtx + 1)`.
 *
 * @throws {@link InvalidArgumentError} when the text is shorter than `nCtx + 1` ids, a size is not a positive
 * integer, no window can start with `startId`, or the seed or a step is not an integer from 0 to 2^53 - 1.
 * @example
 * const windows = randomWindows({ ids: Int32Array.of(10, 20, 30), batchSize: 1, nCtx: 2 });
 * windows.batch(0).targets; // => Int32Array [20, 30]
 */
export function randomWindows(options: RandomWindowsOptions): RandomWindows {
  assertWindows(options);
  const { ids, batchSize, nCtx, seed = 0 } = options;
  const starts = options.startId === undefined ? undefined : startsOf(options);
  new Random(seed); // a bad seed fails here, not at the first step
  return {
    batch(step) {
      if (!Number.isSafeInteger(step) || step < 0) {
        throw new InvalidArgumentError({
          argument: 'step',
          expected: 'an integer from 0 to 2^53 - 1',
          received: step,
        });
      }
      const random = new Random(seed, `windows ${step}`);
      const draw = () => (starts ? random.pick(starts) : random.int(ids.length - nCtx));
      const offsets = Array.from({ length: batchSize }, draw);
      return cutBatch(ids, offsets, nCtx);
    },
  };
}
