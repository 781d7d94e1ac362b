/** The words of a text as a sparse vector: the hashing trick, as Spark's `HashingTF` (GPT-3 appendix A). */
import { InvalidArgumentError } from '@gpt-ts/core';
import { wordShingles } from '../minhash/word-shingles.js';

/** What is counted, and in how many buckets. */
export interface TermOptions {
  /** Buckets that terms are hashed into, a power of two up to 2^26. Default 2^18, `HashingTF`'s. */
  buckets?: number;
  /**
   * Longest run of words that is a term. Default 1, GPT-3's: the order of words does not count. 2 counts pairs too, and
   * so tells prose from the same words shuffled.
   */
  termWords?: number;
}

/** A sparse vector. */
export interface SparseVector {
  /** Ascending, each once. */
  indices: Uint32Array;
  values: Float32Array;
}

/**
 * How often terms come, scaled to length 1 so that long texts count no more than short ones. (`HashingTF` leaves the
 * counts alone.) A text without words is the zero vector.
 */
export function termFrequencies(text: string, { buckets, termWords }: Required<TermOptions>): SparseVector {
  const terms = termHashes(text, termWords);
  for (let i = 0; i < terms.length; i++) terms[i] &= buckets - 1;
  terms.sort();
  const counts = new Float32Array(terms.length);
  let size = 0;
  for (let i = 0; i < terms.length; i++) {
    if (i === 0 || terms[i] !== terms[size - 1]) terms[size++] = terms[i];
    counts[size - 1]++;
  }
  const values = counts.slice(0, size);
  const length = Math.sqrt(values.reduce((sum, x) => sum + x * x, 0));
  return { indices: terms.slice(0, size), values: values.map((x) => x / length) };
}

function termHashes(text: string, termWords: number): Uint32Array {
  if (termWords === 1) return wordShingles(text, 1);
  const runs = Array.from({ length: termWords }, (_, i) => wordShingles(text, i + 1));
  const all = new Uint32Array(runs.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const run of runs) {
    all.set(run, at);
    at += run.length;
  }
  return all;
}

/** Fills in the defaults. @throws {@link InvalidArgumentError} when an option is out of range. */
export function termSettings({ buckets = 2 ** 18, termWords = 1 }: TermOptions): Required<TermOptions> {
  const power = Math.log2(buckets);
  if (!(Number.isInteger(power) && power >= 0 && power <= 26)) {
    const expected = 'a power of two up to 2^26';
    throw new InvalidArgumentError({ argument: 'buckets', expected, received: buckets });
  }
  if (!(Number.isInteger(termWords) && termWords >= 1 && termWords <= 5)) {
    throw new InvalidArgumentError({ argument: 'termWords', expected: 'from 1 to 5', received: termWords });
  }
  return { buckets, termWords };
}
