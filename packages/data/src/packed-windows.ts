import type { Random } from '@gpt-ts/core';
import type { Corpus } from './corpus.js';
import { assertRoom, DocumentRing } from './document-ring.js';
import { permutation } from './permutation.js';
import type { Windows } from './windows.js';

/**
 * Full windows side by side that run across documents. With `random` the documents come in its order, and the first
 * window starts anywhere; in a lone text without end-of-text, anywhere within the remainder.
 */
export function packedWindows(corpus: Corpus, nCtx: number, random?: Random): Windows {
  const ring = new DocumentRing(corpus, random && permutation(corpus.begins.length, random));
  assertRoom(ring, nCtx);
  const count = Math.floor(ring.targets / nCtx);
  const offsets = corpus.eotId === undefined ? ring.length - count * nCtx : ring.length;
  const offset = random ? Math.floor(random.uniform() * offsets) : 0;
  return {
    count,
    write: (index, inputs, targets) => ring.write(offset + index * nCtx, inputs, targets),
  };
}
