/** What a training step eats: rows of ids, and for every id the one that follows it. */
import { InvalidArgumentError } from '@gpt-ts/core';
import type { TokenArray } from './token-array.js';

/** `batchSize` windows of `nCtx` ids. Both arrays are row-major `[batchSize, nCtx]`. */
export interface Batch {
  inputs: Int32Array;
  /** `targets[i]` is the id that follows `inputs[i]` in the text. */
  targets: Int32Array;
  batchSize: number;
  nCtx: number;
}

/** Where windows are cut from, and how large they are. */
export interface WindowOptions {
  ids: TokenArray;
  /** Windows in a batch. */
  batchSize: number;
  /** Ids in a window. */
  nCtx: number;
  /**
   * Windows start only where this id stands, such as the separator before a document: then every window shows the
   * beginning of one. What lies further than `nCtx` behind it is not seen. Default: windows start anywhere.
   */
  startId?: number;
}

/** Where windows that begin with `startId` can start. */
export function startsOf({ ids, nCtx, startId }: WindowOptions): number[] {
  const starts: number[] = [];
  for (let at = 0; at < ids.length - nCtx; at++) if (ids[at] === startId) starts.push(at);
  if (starts.length === 0) {
    throw new InvalidArgumentError({
      argument: 'startId',
      expected: `an id that stands ${nCtx} or more before the end of the text`,
      received: startId,
    });
  }
  return starts;
}

/** Copies the windows that start at `offsets` into a batch of its own. */
export function cutBatch(ids: TokenArray, offsets: readonly number[], nCtx: number): Batch {
  const batchSize = offsets.length;
  const inputs = new Int32Array(batchSize * nCtx);
  const targets = new Int32Array(batchSize * nCtx);
  offsets.forEach((offset, row) => {
    inputs.set(ids.subarray(offset, offset + nCtx), row * nCtx);
    targets.set(ids.subarray(offset + 1, offset + nCtx + 1), row * nCtx);
  });
  return { inputs, targets, batchSize, nCtx };
}

/** Throws {@link InvalidArgumentError} unless the sizes are positive integers and one window fits. */
export function assertWindows({ ids, batchSize, nCtx }: WindowOptions): void {
  for (const [argument, received] of Object.entries({ batchSize, nCtx })) {
    if (!Number.isSafeInteger(received) || received < 1) {
      throw new InvalidArgumentError({ argument, expected: 'a positive integer', received });
    }
  }
  if (ids.length < nCtx + 1) {
    throw new InvalidArgumentError({
      argument: 'ids.length',
      expected: `at least ${nCtx + 1} (nCtx ${nCtx} and one id to predict)`,
      received: ids.length,
      hint:
        ids.length < 2
          ? 'The text is empty or nearly so: give a longer one.'
          : `The text is shorter than the context: give a longer one, or set nCtx to ${ids.length - 1} or less.`,
    });
  }
}
