/**
 * Locality-sensitive hashing: which of many signatures are worth comparing.
 *
 * Two documents are candidates when they agree in a whole band of their signatures. Bands of one hash are the
 * OR-amplification of Spark's `MinHashLSH`, which GPT-3 used: each hash is a table of its own.
 */
import { InvalidArgumentError } from '@gpt-ts/core';
import { assertPositiveIntegers } from '../assert-integers.js';
import { mix } from '../word-hashes.js';

/**
 * A key for each band of a signature. Documents that share key `k` in place `k` are candidates.
 *
 * @param bandHashes - Hashes in a band, all of which must agree. Default 1. More make fewer candidates.
 * @throws {@link InvalidArgumentError} when the signature cannot be cut into bands of that many.
 */
export function lshKeys(signature: Uint32Array, bandHashes = 1): Uint32Array {
  assertBands(signature.length, bandHashes);
  if (bandHashes === 1) return signature;
  const keys = new Uint32Array(signature.length / bandHashes);
  for (let band = 0; band < keys.length; band++) {
    let key = band;
    for (let i = 0; i < bandHashes; i++) key = mix(Math.imul(key, 31) ^ signature[band * bandHashes + i]);
    keys[band] = key;
  }
  return keys;
}

/** How many keys there are, and how many two documents must share. */
export interface LshOptions {
  /** Hashes in a signature. Default 10. */
  hashes?: number;
  /** Hashes in a band, all of which must agree. Default 1. */
  bandHashes?: number;
  /** Keys that two documents must share. Default 1. */
  minKeys?: number;
}

/**
 * The probability that two documents of Jaccard similarity `similarity` become candidates: `1 - (1 - J^r)^b` for `b`
 * bands of `r` hashes, or the binomial tail where they must share several keys.
 *
 * @throws {@link InvalidArgumentError} when an argument is outside what it can be.
 * @example
 * candidateProbability(0.5); // => 0.9990234375, with 10 hashes, each a table
 */
export function candidateProbability(
  similarity: number,
  { hashes = 10, bandHashes = 1, minKeys = 1 }: LshOptions = {},
): number {
  if (!(similarity >= 0 && similarity <= 1)) {
    throw new InvalidArgumentError({ argument: 'similarity', expected: 'from 0 to 1', received: similarity });
  }
  assertBands(hashes, bandHashes, minKeys);
  const bands = hashes / bandHashes;
  const p = similarity ** bandHashes;
  let missed = 0;
  let choices = 1; // ways to share k keys of all
  for (let k = 0; k < minKeys; k++) {
    missed += choices * p ** k * (1 - p) ** (bands - k);
    choices = (choices * (bands - k)) / (k + 1);
  }
  return 1 - missed;
}

/**
 * The most keys that two documents can be asked to share, if no more than one pair in 10,000 is to be missed among those
 * just at the threshold. At 0.8 and 10 hashes it is 3. Where even one key misses more, it is 1.
 */
export function safeMinKeys(threshold: number, hashes: number, bandHashes: number): number {
  let minKeys = 1;
  const finds = (keys: number) => candidateProbability(threshold, { hashes, bandHashes, minKeys: keys });
  while (minKeys < hashes / bandHashes && finds(minKeys + 1) >= 1 - 1e-4) minKeys++;
  return minKeys;
}

/** @throws {@link InvalidArgumentError} when hashes do not divide into bands, or the bands are fewer than the keys. */
export function assertBands(hashes: number, bandHashes: number, minKeys = 1): void {
  assertPositiveIntegers({ hashes, bandHashes, minKeys });
  if (hashes % bandHashes !== 0) {
    const expected = `a divisor of the ${hashes} hashes`;
    throw new InvalidArgumentError({ argument: 'bandHashes', expected, received: bandHashes });
  }
  if (minKeys > hashes / bandHashes) {
    const expected = `at most the number of bands, ${hashes / bandHashes}`;
    throw new InvalidArgumentError({ argument: 'minKeys', expected, received: minKeys });
  }
}
