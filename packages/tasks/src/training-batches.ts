/** The order in which fine-tuning sees its examples. */
import { InvalidArgumentError, Random } from '@gpt-ts/core';
import type { EncodedExample } from './encode-examples.js';
import { type ExampleBatch, packBatch } from './pack-batch.js';

/** What to train on, and how it is shuffled. */
export interface TrainingBatchesOptions {
  examples: readonly EncodedExample[];
  /** Examples in a step. GPT-1 used 32. */
  batchSize: number;
  /** Of the order; each epoch has its own. Default 0, and 0 counts. */
  seed?: number;
  /** Train on the last, smaller batch of an epoch as well. Default false, as in GPT-1's released code. */
  keepPartial?: boolean;
}

/** Batches by the number of examples seen before. */
export interface TrainingBatches {
  /** Examples of one epoch: whole batches only, unless `keepPartial`. */
  readonly examplesPerEpoch: number;
  /** Steps of one epoch. */
  readonly batchesPerEpoch: number;
  /**
   * Up to `count` examples after `first` others. It depends on seed and numbers alone, so a resumed run needs nothing
   * but how many examples it has seen. A batch ends where its epoch ends: add its `batchSize`, not `count`, to `first`.
   *
   * @param first - Examples seen so far, over all epochs.
   * @param count - Default `batchSize`; fewer for a step in parts.
   */
  batch(first: number, count?: number): ExampleBatch;
}

/**
 * Shuffles the examples anew for each epoch and cuts them into batches, as `iter_data` does in
 * openai/finetune-transformer-lm `utils.py`. What the last batch of an epoch leaves over is different in each epoch.
 *
 * @throws InvalidArgumentError when a size is not a positive integer, or no batch can be filled.
 * @example
 * const batches = trainingBatches({ examples, batchSize: 32 });
 * for (let seen = 0; seen < 3 * batches.examplesPerEpoch; ) {
 *   const batch = batches.batch(seen);
 *   seen += batch.batchSize;
 * }
 */
export function trainingBatches(options: TrainingBatchesOptions): TrainingBatches {
  const { examples, batchSize, seed = 0, keepPartial = false } = options;
  assertCount('batchSize', batchSize, 1);
  const n = examples.length;
  const examplesPerEpoch = keepPartial ? n : n - (n % batchSize);
  if (examplesPerEpoch === 0) {
    throw new InvalidArgumentError({
      argument: 'examples',
      expected: keepPartial ? 'one or more' : `at least ${batchSize}, a whole batch`,
      received: n,
      hint: 'Give more examples, a smaller batchSize, or keepPartial.',
    });
  }
  let shuffled = { epoch: -1, order: [] as number[] }; // the last one asked for
  const order = (epoch: number): number[] => {
    if (shuffled.epoch !== epoch) {
      const random = new Random(seed, `examples ${epoch}`);
      shuffled = { epoch, order: random.shuffle(Array.from({ length: n }, (_, i) => i)) };
    }
    return shuffled.order;
  };
  order(0); // a bad seed fails here
  return {
    examplesPerEpoch,
    batchesPerEpoch: Math.ceil(examplesPerEpoch / batchSize),
    batch(first, count = batchSize) {
      assertCount('first', first, 0);
      assertCount('count', count, 1);
      const at = first % examplesPerEpoch;
      const end = Math.min(at + count, examplesPerEpoch);
      const chosen = order(Math.floor(first / examplesPerEpoch)).slice(at, end);
      return packBatch(chosen.map((i) => examples[i]));
    },
  };
}

function assertCount(argument: string, received: number, least: number): void {
  if (Number.isSafeInteger(received) && received >= least) return;
  const expected = `an integer of at least ${least}`;
  throw new InvalidArgumentError({ argument, expected, received });
}
