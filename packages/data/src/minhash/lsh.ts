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

/**
 * The probability that two documents of Jaccard similarity `similarity` become candidates: `1 - (1 - J^r)^b` for `b`
 * bands of `r` hashes.
 *
 * @example
 * candidateProbability(0.5); // => 0.9990234375, with 10 hashes, each a table
 */
export function candidateProbability(similarity: number, hashes = 10, bandHashes = 1): number {
  if (!(similarity >= 0 && similarity <= 1)) {
    throw new InvalidArgumentError({ argument: 'similarity', expected: 'from 0 to 1', received: similarity });
  }
  assertBands(hashes, bandHashes);
  return 1 - (1 - similarity ** bandHashes) ** (hashes / bandHashes);
}

/** @throws {@link InvalidArgumentError} when hashes do not divide into bands. */
export function assertBands(hashes: number, bandHashes: number): void {
  assertPositiveIntegers({ hashes, bandHashes });
  if (hashes % bandHashes === 0) return;
  const expected = `a divisor of the ${hashes} hashes`;
  throw new InvalidArgumentError({ argument: 'bandHashes', expected, received: bandHashes });
}
