/** Documents to learn from, and others to be judged on. */
import { InvalidArgumentError, Random } from '@gpt-ts/core';
import { type Corpus, newCorpus } from './corpus.js';
import { permutation } from './permutation.js';

/** How much to hold back, and which. */
export interface SplitOptions {
  /** Share of the ids held back for validation, above 0 and below 1. Default 0.1. */
  validationFraction?: number;
  /** Picks the documents. Default 0. */
  seed?: number;
}

/** The two parts; neither is empty, and both look into the ids they came from. */
export interface CorpusSplit {
  train: Corpus;
  validation: Corpus;
  /** `tail` when there was one document only, and its end was held back. */
  by: 'documents' | 'tail';
}

/**
 * Holds back whole documents, so that nothing the model is judged on continues what it has learned. They are drawn at
 * random, each kept if it brings the share closer to `validationFraction`, and so to within half the longest document where
that leaves both parts one. The parts stay in the order of the corpus.
 *
 * A single document is cut in two: the first `floor((1 - validationFraction) n)` ids train, as in nanoGPT.
 *
 * @throws {@link InvalidArgumentError} when `validationFraction` is not between 0 and 1, the seed is no seed, or the
 * only document has one id.
 * @example
 * const corpus = corpusFromDocuments([[1, 2], [3, 4], [5, 6], [7, 8]], { eotId: 0 });
 * splitCorpus(corpus, { validationFraction: 0.25 }).validation.tokens; // => 2
 */
export function splitCorpus(corpus: Corpus, options: SplitOptions = {}): CorpusSplit {
  const { validationFraction = 0.1, seed = 0 } = options;
  if (!(validationFraction > 0 && validationFraction < 1)) {
    throw new InvalidArgumentError({
      argument: 'validationFraction',
      expected: 'a number above 0 and below 1',
      received: validationFraction,
    });
  }
  const random = new Random(seed, 'held-back documents');
  if (corpus.begins.length === 1) return splitTail(corpus, validationFraction);
  const held = drawDocuments(corpus, validationFraction * corpus.tokens, random);
  const part = (wanted: 0 | 1) => {
    const isIn = (_: number, k: number) => held[k] === wanted;
    return newCorpus(corpus.ids, corpus.begins.filter(isIn), corpus.ends.filter(isIn), corpus.eotId);
  };
  return { train: part(0), validation: part(1), by: 'documents' };
}

/** A 1 for every document that is held back: some, not all, of about `target` ids. */
function drawDocuments({ begins, ends }: Corpus, target: number, random: Random): Uint8Array {
  const held = new Uint8Array(begins.length);
  const length = (k: number) => ends[k] - begins[k];
  let count = 0;
  let missing = target;
  for (const k of permutation(held.length, random)) {
    const closer = Math.abs(missing - length(k)) < Math.abs(missing);
    if (!closer || count === held.length - 1) continue;
    held[k] = 1;
    count++;
    missing -= length(k);
  }
  if (count === 0) held[begins.reduce((best, _, k) => (length(k) < length(best) ? k : best), 0)] = 1; // all are too long
  return held;
}

function splitTail({ ids, begins, ends, eotId, tokens }: Corpus, validationFraction: number): CorpusSplit {
  if (tokens < 2) {
    throw new InvalidArgumentError({
      argument: 'corpus',
      expected: 'a document of 2 ids or more, or several documents',
      received: tokens,
    });
  }
  // (1 - 0.9) * 10 is a little less than 1 in floating point, so the ids are counted from the other end, and a
  // count that misses a whole number by rounding is that whole number.
  const wanted = Math.ceil(validationFraction * tokens - 1e-6);
  const cut = ends[0] - Math.min(Math.max(wanted, 1), tokens - 1);
  return {
    train: newCorpus(ids, begins, Float64Array.of(cut), eotId),
    validation: newCorpus(ids, Float64Array.of(cut), ends, eotId),
    by: 'tail',
  };
}
