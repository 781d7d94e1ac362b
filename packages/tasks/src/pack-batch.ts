/** Encoded examples side by side, padded to the longest row among them. */
import { InvalidArgumentError } from '@gpt-ts/core';
import type { EncodedExample } from './encode-examples.js';

/**
 * B examples of K rows of T tokens. `TaskModel` of `@gpt-ts/model` takes it.
 */
export interface ExampleBatch {
  /** B. */
  batchSize: number;
  /** K: 1, 2 for similarity, or the number of options. */
  nRows: number;
  /** Ids, `[B, K, T]` row-major, 0 on padding. */
  tokens: Int32Array;
  /** `[B, K, T]`: 1 from start to extract, 0 on padding. */
  mask: Float32Array;
  /** `[B, K]`, position of the extract token in each row. */
  extractIndex: Int32Array;
  /** `[B]`. */
  labels: Int32Array;
}

/**
 * Packs examples into a batch. T is the longest of their rows.
 *
 * @throws InvalidArgumentError when there are none, or they differ in their number of rows.
 */
export function packBatch(examples: readonly EncodedExample[]): ExampleBatch {
  const batchSize = examples.length;
  if (batchSize === 0) {
    throw new InvalidArgumentError({ argument: 'examples', expected: 'one or more', received: examples });
  }
  const nRows = examples[0].extractIndex.length;
  const lengths = examples.map(rowLength);
  const t = lengths.reduce((a, b) => Math.max(a, b));
  const tokens = new Int32Array(batchSize * nRows * t);
  const mask = new Float32Array(batchSize * nRows * t);
  const extractIndex = new Int32Array(batchSize * nRows);
  examples.forEach((example, b) => {
    const received = example.extractIndex.length;
    if (received !== nRows) {
      const expected = `examples of ${nRows} rows each`;
      throw new InvalidArgumentError({ argument: 'examples', expected, received });
    }
    extractIndex.set(example.extractIndex, b * nRows);
    for (let k = 0; k < nRows; k++) {
      const to = (b * nRows + k) * t;
      const from = k * lengths[b];
      const length = example.extractIndex[k] + 1;
      tokens.set(example.tokens.subarray(from, from + length), to);
      mask.fill(1, to, to + length);
    }
  });
  const labels = Int32Array.from(examples, ({ label }) => label);
  return { batchSize, nRows, tokens, mask, extractIndex, labels };
}

/** T of one example. */
export function rowLength({ tokens, extractIndex }: EncodedExample): number {
  return tokens.length / extractIndex.length;
}
