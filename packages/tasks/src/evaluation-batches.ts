/** Every example once, for measuring. */
import { InvalidArgumentError } from '@gpt-ts/core';
import type { EncodedExample } from './encode-examples.js';
import { type ExampleBatch, packBatch, rowLength } from './pack-batch.js';

/** A batch, and which examples it holds. */
export interface EvaluationBatch {
  batch: ExampleBatch;
  /** `[B]`: `indices[b]` is the position, among all examples, of the batch's example b. */
  indices: readonly number[];
}

/**
 * All examples once, the shortest first, so that little is padding. The last batch may be smaller. May be iterated
 * again and again.
 *
 * @throws InvalidArgumentError when `batchSize` is not a positive integer.
 * @example
 * const predictions = new Array<number>(examples.length);
 * for (const { batch, indices } of evaluationBatches(examples, 32)) {
 *   const best = await predict(batch); // [B]
 *   indices.forEach((i, b) => (predictions[i] = best[b]));
 * }
 */
export function evaluationBatches(
  examples: readonly EncodedExample[],
  batchSize: number,
): Iterable<EvaluationBatch> {
  if (!Number.isSafeInteger(batchSize) || batchSize < 1) {
    const expected = 'a positive integer';
    throw new InvalidArgumentError({ argument: 'batchSize', expected, received: batchSize });
  }
  const order = examples.map((_, i) => i).sort((a, b) => rowLength(examples[a]) - rowLength(examples[b]));
  return {
    *[Symbol.iterator]() {
      for (let first = 0; first < order.length; first += batchSize) {
        const indices = order.slice(first, first + batchSize);
        yield { batch: packBatch(indices.map((i) => examples[i])), indices };
      }
    },
  };
}
