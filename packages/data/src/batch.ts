/** What a training step eats: rows of ids, and for every id the one that follows it. */

/** `batchSize` sequences of `nCtx` ids. Both arrays are row-major `[batchSize, nCtx]`. */
export interface Batch {
  inputs: Int32Array;
  /** `targets[i]` is the id that follows `inputs[i]` in the text, or -1 where nothing is to be predicted. */
  targets: Int32Array;
  batchSize: number;
  nCtx: number;
}

/** Writes one row: both arrays are `[nCtx]`. */
type WriteRow = (row: number, inputs: Int32Array, targets: Int32Array) => void;

/** A batch of its own memory, filled row by row. */
export function fillBatch(batchSize: number, nCtx: number, writeRow: WriteRow): Batch {
  const inputs = new Int32Array(batchSize * nCtx); // [batchSize, nCtx]
  const targets = new Int32Array(batchSize * nCtx);
  for (let row = 0; row < batchSize; row++) {
    const begin = row * nCtx;
    writeRow(row, inputs.subarray(begin, begin + nCtx), targets.subarray(begin, begin + nCtx));
  }
  return { inputs, targets, batchSize, nCtx };
}
