import { InvalidArgumentError } from '@gpt-ts/core';
import type { Corpus } from './corpus.js';
import { lastAtOrBelow } from './last-at-or-below.js';
import type { Windows } from './windows.js';

/** Each document cut into windows of its own. */
export function apartWindows(corpus: Corpus, nCtx: number): Windows {
  return windowsOfDocuments(corpus, nCtx, Number.POSITIVE_INFINITY);
}

/** The first of those windows alone. */
export function paddedWindows(corpus: Corpus, nCtx: number): Windows {
  return windowsOfDocuments(corpus, nCtx, 1);
}

/** At most `most` windows of each document, the last one filled up with places that have no target. */
function windowsOfDocuments(corpus: Corpus, nCtx: number, most: number): Windows {
  const { ids, begins, ends, eotId } = corpus;
  // Targets of n ids: with end-of-text before and after n + 1, without it n - 1.
  const extra = eotId === undefined ? -1 : 1;
  const firsts = new Float64Array(begins.length + 1); // the number of each document's first window; last, of all
  for (let k = 0; k < begins.length; k++) {
    const windows = Math.ceil((ends[k] - begins[k] + extra) / nCtx);
    firsts[k + 1] = firsts[k] + Math.min(windows, most);
  }
  const count = firsts[begins.length];
  if (count === 0) {
    throw new InvalidArgumentError({
      argument: 'corpus',
      expected: 'a document of 2 ids or more, or one with an eotId',
      received: `${begins.length} of 1 id`,
    });
  }
  return {
    count,
    write(index, inputs, targets) {
      const k = lastAtOrBelow(firsts, index);
      const skipped = (index - firsts[k]) * nCtx;
      // inputs are [eot] d0 d1 .. dn, targets d0 d1 .. dn [eot]: one array, one place apart.
      const begin = begins[k] + skipped + (eotId === undefined ? 1 : 0); // of the targets
      const known = ids.subarray(begin, Math.min(begin + nCtx, ends[k]));
      targets.fill(-1).set(known);
      inputs.fill(eotId ?? 0);
      const opens = eotId !== undefined && skipped === 0;
      const shown = ids.subarray(opens ? begin : begin - 1, Math.min(begin + nCtx - 1, ends[k]));
      inputs.set(shown, opens ? 1 : 0);
      if (eotId !== undefined && known.length < nCtx) targets[known.length] = eotId;
    },
  };
}
