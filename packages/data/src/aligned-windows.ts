import { InvalidArgumentError, type Random } from '@gpt-ts/core';
import type { Corpus } from './corpus.js';
import { assertRoom, DocumentRing } from './document-ring.js';
import { permutation } from './permutation.js';
import type { Windows } from './windows.js';

/** A window for each document: end-of-text, the document, and as much as fits of those that follow. */
export function alignedWindows(corpus: Corpus, nCtx: number, random?: Random): Windows {
  if (corpus.eotId === undefined) {
    throw new InvalidArgumentError({
      argument: 'corpus.eotId',
      expected: "the id that 'aligned' sequences begin with",
      received: undefined,
      hint: "Give the corpus an eotId, or take documents: 'packed'.",
    });
  }
  const count = corpus.begins.length;
  const ring = new DocumentRing(corpus, random && permutation(count, random));
  assertRoom(ring, nCtx);
  return { count, write: (index, inputs, targets) => ring.write(ring.starts[index], inputs, targets) };
}
