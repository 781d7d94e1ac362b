/** Training sequences with replacement: windows drawn anywhere in the text, as in nanoGPT's `get_batch`. */
import { philox4x32, Random, streamId } from '@gpt-ts/core';
import { assertPositiveIntegers } from './assert-integers.js';
import { fillBatch } from './batch.js';
import type { Corpus } from './corpus.js';
import { assertRoom, DocumentRing } from './document-ring.js';
import { assertRange, type Sequences } from './sequences.js';

/** Where windows come from, and the seed that picks them. */
export interface RandomWindowsOptions {
  corpus: Corpus;
  /** Ids in a window. */
  nCtx: number;
  /** Default 0. */
  seed?: number;
}

/**
 * Uniformly random windows. Each number draws an offset of its own from the seed, so an epoch, as many windows as lie side
 * by side, shows some ids twice and others never (1 in e, on average).
 *
 * A lone text without end-of-text is cut as in nanoGPT: `inputs = ids[o .. o + nCtx)`, `targets = ids[o + 1 .. o + nCtx + 1)`
 * for any `o` with `0 <= o < ids.length - nCtx`. Documents stand end to end in the order of the corpus, the first after the
 * last, and a window starts at any id or end-of-text.
 *
 * @throws {@link InvalidArgumentError} when the text is shorter than one window, `nCtx` is not a positive integer, or the
 * seed is not an integer from 0 to 2^53 - 1.
 * @example
 * const windows = randomWindows({ corpus: corpusFromIds(Int32Array.of(10, 20, 30)), nCtx: 2 });
 * windows.batch(0, 1).targets; // => Int32Array [20, 30]
 */
export function randomWindows({ corpus, nCtx, seed = 0 }: RandomWindowsOptions): Sequences {
  assertPositiveIntegers({ nCtx });
  const ring = new DocumentRing(corpus);
  assertRoom(ring, nCtx);
  const offsets = corpus.eotId === undefined ? ring.length - nCtx : ring.length;
  const offsetOf = offsetDrawer(seed, offsets);
  return {
    nCtx,
    perEpoch: Math.floor(ring.targets / nCtx),
    batch(first, count) {
      assertRange(first, count);
      return fillBatch(count, nCtx, (row, inputs, targets) => {
        ring.write(offsetOf(first + row), inputs, targets);
      });
    },
  };
}

/** Number to offset in `[0, offsets)`: one block of Philox a number, 53 bits of it, so without state. */
function offsetDrawer(seed: number, offsets: number): (number: number) => number {
  new Random(seed); // a bad seed fails here, not at the first batch
  const key = [seed >>> 0, Math.floor(seed / 2 ** 32)] as const;
  const stream = streamId('random windows');
  const block = new Uint32Array(4);
  return (number) => {
    philox4x32([number >>> 0, Math.floor(number / 2 ** 32), stream, 1], key, block); // the 1: no block of `Random`
    const uniform = ((block[0] >>> 5) * 2 ** 26 + (block[1] >>> 6)) / 2 ** 53;
    return Math.floor(uniform * offsets);
  };
}
