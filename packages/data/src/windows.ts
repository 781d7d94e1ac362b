/** Ways to make sequences of documents. */
import { InvalidArgumentError, type Random } from '@gpt-ts/core';
import { alignedWindows } from './aligned-windows.js';
import { apartWindows, paddedWindows } from './apart-windows.js';
import { assertPositiveIntegers } from './assert-integers.js';
import type { Corpus } from './corpus.js';
import { packedWindows } from './packed-windows.js';

/** The sequences of one epoch in their plain order. */
export interface Windows {
  /** How many; the same in every epoch. */
  readonly count: number;
  /** Writes window `index`, from 0 to `count - 1`, over both rows, `[nCtx]`. */
  write(index: number, inputs: Int32Array, targets: Int32Array): void;
}

/**
 * How documents become sequences. Each drawing shows documents `a` (3 ids), `b` (2) and `c` (6) with `nCtx` 5; `.` is
 * end-of-text, `-` a place without a target.
 *
 * - `packed`: end to end in an order drawn for each epoch, cut into full windows at an offset drawn for each epoch.
 *   Nothing masks one document from the next. Every id, each end-of-text included, is a target once an epoch, but for a
 *   remainder of fewer than `nCtx`. GPT-2 and GPT-3 (appendix B) learn so.
 *
 *       . b b|. c c c c|c c . a a|a      inputs; here the offset is 3, and the remainder 4
 *
 * - `aligned`: one window for each document, which begins with it and is filled with those that follow in an order drawn
 *   for each epoch. What lies more than `nCtx` behind a beginning is seen in no epoch, and the ends of windows show
 *   documents that others begin with.
 *
 *       |. b b . c|   |. c c c c|   |. a a a .|
 *
 * - `apart`: windows of its own for each document, end-of-text to end-of-text; the last is padded. Every id, and one
 *   end-of-text for each document, is a target once an epoch.
 *
 *       |. a a a -|   |. b b - -|   |. c c c c|   |c c - - -|
 *
 * - `padded`: the first of those windows alone, so one for each document.
 *
 *       |. a a a -|   |. b b - -|   |. c c c c|
 *
 * `aligned`, and `packed` with several documents, need a corpus with `eotId`. Without one, `apart` and `padded` neither
 * begin nor end with it, and leave out documents of a single id.
 */
export type DocumentLayout = 'packed' | 'aligned' | 'apart' | 'padded';

/** Lays out one epoch; without `random`, in the order of the corpus. */
type LayOut = (corpus: Corpus, nCtx: number, random?: Random) => Windows;

const LAYOUTS: Record<DocumentLayout, LayOut> = {
  packed: packedWindows,
  aligned: alignedWindows,
  apart: apartWindows,
  padded: paddedWindows,
};

/** Documents, and how they become sequences. */
export interface WindowOptions {
  corpus: Corpus;
  /** Ids in a sequence. */
  nCtx: number;
  /** See {@link DocumentLayout}. Default `packed`. */
  documents?: DocumentLayout;
}

/** Checks the options and gives what lays out an epoch. */
export function layoutOf({
  corpus,
  nCtx,
  documents = 'packed',
}: WindowOptions): (random?: Random) => Windows {
  assertPositiveIntegers({ nCtx });
  if (!Object.hasOwn(LAYOUTS, documents)) {
    throw new InvalidArgumentError({
      argument: 'documents',
      expected: `one of ${Object.keys(LAYOUTS).join(', ')}`,
      received: documents,
    });
  }
  return (random) => LAYOUTS[documents](corpus, nCtx, random);
}
