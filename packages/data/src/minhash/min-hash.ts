/**
 * MinHash: a few numbers for a text, such that two texts agree in each with the probability of their Jaccard similarity.
 *
 * @see Broder 1997, "On the resemblance and containment of documents"; GPT-3 appendix A, which takes 10 hashes.
 */
import { InvalidArgumentError, Random } from '@gpt-ts/core';
import { assertPositiveIntegers } from '../assert-integers.js';

/** Hashes in a signature, as in GPT-3. */
export const HASHES = 10;

/** How signatures are made. Only signatures of the same options can be compared. */
export interface MinHashOptions {
  /** Numbers in a signature. Default 10. */
  hashes?: number;
  /** Seed of the hash functions. Default 0. */
  seed?: number;
}

/** Makes signatures. */
export class MinHash {
  readonly hashes: number;
  readonly #flips: Int32Array;
  readonly #factors: Int32Array;

  /** @throws {@link InvalidArgumentError} when `hashes` is no integer from 1, or the seed none from 0. */
  constructor({ hashes = HASHES, seed = 0 }: MinHashOptions = {}) {
    assertPositiveIntegers({ hashes });
    const random = new Random(seed, 'minhash');
    this.hashes = hashes;
    this.#flips = Int32Array.from({ length: hashes }, () => random.uint32());
    this.#factors = Int32Array.from({ length: hashes }, () => random.uint32() | 1); // odd: one to one
  }

  /**
   * The smallest value of each hash function over the shingles; repeats change nothing. Without shingles every number
   * is 2^32 - 1.
   */
  signature(shingles: Uint32Array): Uint32Array {
    const signature = new Uint32Array(this.hashes);
    for (let k = 0; k < this.hashes; k++) signature[k] = this.#smallest(shingles, k);
    return signature;
  }

  #smallest(shingles: Uint32Array, k: number): number {
    const flip = this.#flips[k];
    const factor = this.#factors[k];
    let smallest = 0x7fffffff; // signed, because that is what the engine is fast at
    for (let i = 0; i < shingles.length; i++) {
      let h = Math.imul(shingles[i] ^ flip, factor);
      h = Math.imul(h ^ (h >>> 15), 0x2c1b3c6d);
      h = Math.imul(h ^ (h >>> 12), 0x297a2d39);
      h ^= h >>> 15;
      if (h < smallest) smallest = h;
    }
    return smallest ^ 0x80000000; // to unsigned, in the same order
  }
}

/**
 * The share of numbers in which two signatures agree: an estimate of the Jaccard similarity J with a standard error of
 * `sqrt(J (1 - J) / hashes)`.
 *
 * @throws {@link InvalidArgumentError} when the signatures differ in length.
 */
export function estimatedJaccard(a: Uint32Array, b: Uint32Array): number {
  if (a.length !== b.length || a.length === 0) {
    throw new InvalidArgumentError({
      argument: 'b',
      expected: `a signature of ${a.length || 'at least one'} hashes, as the other`,
      received: b.length,
    });
  }
  let same = 0;
  for (let k = 0; k < a.length; k++) if (a[k] === b[k]) same++;
  return same / a.length;
}
