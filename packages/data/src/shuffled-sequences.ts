/** Training sequences without replacement: every epoch shows all of them, in an order of its own. */
import { Random } from '@gpt-ts/core';
import { fillBatch } from './batch.js';
import { permutation } from './permutation.js';
import { assertRange, type Sequences } from './sequences.js';
import { layoutOf, type WindowOptions } from './windows.js';

/** Documents, how they become sequences, and the seed that orders them. */
export interface ShuffledSequencesOptions extends WindowOptions {
  /** Default 0. */
  seed?: number;
}

/**
 * All sequences of a corpus, epoch after epoch. An epoch is a function of seed and number: it lays the documents out anew
 * (see {@link DocumentLayout}) and shuffles the windows, so that a batch is not one long document.
 *
 * Memory: 4 bytes a sequence and, where documents are packed or aligned, 12 a document, for the epoch asked for last;
 * crossing into another costs as many steps. The ids are never copied.
 *
 * @throws {@link InvalidArgumentError} when an option is out of range, no window of `nCtx` fits, or documents would touch
 * without an end-of-text between them.
 * @example
 * const corpus = corpusFromDocuments([[1, 2, 3], [4, 5]], { eotId: 0 });
 * const sequences = shuffledSequences({ corpus, nCtx: 3, seed: 1 });
 * sequences.perEpoch; // => 2
 * sequences.batch(4, 2).inputs.length; // => 6
 */
export function shuffledSequences(options: ShuffledSequencesOptions): Sequences {
  const { nCtx, seed = 0 } = options;
  const layOut = layoutOf(options);
  const layOutEpoch = (number: number) => {
    const random = new Random(seed, `epoch ${number}`);
    const windows = layOut(random);
    return { number, windows, order: permutation(windows.count, random) };
  };
  let epoch = layOutEpoch(0);
  const perEpoch = epoch.windows.count;
  return {
    nCtx,
    perEpoch,
    batch(first, count) {
      assertRange(first, count);
      return fillBatch(count, nCtx, (row, inputs, targets) => {
        const number = Math.floor((first + row) / perEpoch);
        if (number !== epoch.number) epoch = layOutEpoch(number);
        epoch.windows.write(epoch.order[(first + row) % perEpoch], inputs, targets);
      });
    },
  };
}
