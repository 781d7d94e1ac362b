/** Near-duplicates among texts in memory: shingles, signatures, candidates, comparison, clusters. */
import { InvalidArgumentError } from '@gpt-ts/core';
import { assertPositiveIntegers } from '../assert-integers.js';
import { DisjointSets } from './disjoint-sets.js';
import { jaccard } from './jaccard.js';
import { assertBands, lshKeys, safeMinKeys } from './lsh.js';
import { HASHES, MinHash, type MinHashOptions } from './min-hash.js';
import { SHINGLE_WORDS, shingleSet } from './word-shingles.js';

/** What makes two texts near-duplicates. */
export interface NearDuplicateOptions extends MinHashOptions {
  /** Words in a shingle. Default 5; 1 is GPT-3's. */
  shingleWords?: number;
  /** Jaccard similarity of the shingles from which two texts are the same. Default 0.8: GPT-3's is not published. */
  threshold?: number;
  /** Hashes in a band, see `lshKeys`. Default 1, each hash a table. */
  bandHashes?: number;
  /**
   * Keys that two texts must share to be compared. Default: the most that miss no more than one in 10,000 of those just at the
   * threshold, which is 3 for the other defaults. 1 is Spark's, and compares all that share a footer.
   */
  minKeys?: number;
  /**
   * A text is compared with this many of those before it that have the same key, the nearest ones. Bounds the work where
   * thousands share a piece of boilerplate. Default 64.
   */
  perKey?: number;
}

/** {@link NearDuplicateOptions} with the defaults filled in. */
export type NearDuplicateSettings = Required<NearDuplicateOptions>;

/** Texts `a` and `b`, numbered from 0, `a < b`, are near-duplicates. */
export interface NearDuplicatePair {
  a: number;
  b: number;
  /** The exact Jaccard similarity of their shingles. */
  similarity: number;
}

/** What was found among texts. */
export interface NearDuplicates {
  /** In the order of `b`, then `a`. */
  pairs: NearDuplicatePair[];
  /** For each text the first of its cluster, which is the one to keep. */
  first: Uint32Array;
}

/** @throws {@link InvalidArgumentError} when an option is outside what it can be. */
export function nearDuplicateSettings(options: NearDuplicateOptions = {}): NearDuplicateSettings {
  const { hashes = HASHES, seed = 0, shingleWords = SHINGLE_WORDS } = options;
  const { threshold = 0.8, bandHashes = 1, perKey = 64 } = options;
  assertPositiveIntegers({ shingleWords, perKey });
  if (!(threshold > 0 && threshold <= 1)) {
    const expected = 'more than 0, at most 1';
    throw new InvalidArgumentError({ argument: 'threshold', expected, received: threshold });
  }
  assertBands(hashes, bandHashes, options.minKeys);
  const minKeys = options.minKeys ?? safeMinKeys(threshold, hashes, bandHashes);
  return { hashes, seed, shingleWords, threshold, bandHashes, minKeys, perKey };
}

/**
 * Finds the near-duplicates among texts. Clusters are what pairs connect, so two texts of a cluster may be less alike
 * than the threshold. Takes some 5 bytes of memory for a byte of text: larger corpora go through `@gpt-ts/webtext`.
 *
 * @throws {@link InvalidArgumentError} when an option is outside what it can be.
 * @example
 * const text = 'The quick brown fox jumps over the lazy dog and runs away.';
 * findNearDuplicates([text, 'Something else.', text.toUpperCase()]).first; // => Uint32Array [0, 1, 0]
 */
export function findNearDuplicates(
  texts: readonly string[],
  options: NearDuplicateOptions = {},
): NearDuplicates {
  const settings = nearDuplicateSettings(options);
  const minHash = new MinHash(settings);
  const sets = texts.map((text) => shingleSet(text, settings.shingleWords));
  const clusters = new DisjointSets(texts.length);
  const tables: Map<number, number[]>[] = [];
  const pairs: NearDuplicatePair[] = [];
  for (const [b, set] of sets.entries()) {
    if (set.length === 0) continue;
    const shared = new Map<number, number>(); // earlier texts, and how many keys they share with this one
    lshKeys(minHash.signature(set), settings.bandHashes).forEach((key, band) => {
      const table = (tables[band] ??= new Map());
      const bucket = table.get(key) ?? [];
      for (const a of bucket) shared.set(a, (shared.get(a) ?? 0) + 1);
      bucket.push(b);
      if (bucket.length > settings.perKey) bucket.shift();
      table.set(key, bucket);
    });
    const candidates = [...shared.keys()].filter((a) => (shared.get(a) ?? 0) >= settings.minKeys);
    for (const a of candidates.sort((x, y) => x - y)) {
      const similarity = jaccard(sets[a], set);
      if (similarity < settings.threshold) continue;
      pairs.push({ a, b, similarity });
      clusters.join(a, b);
    }
  }
  return { pairs, first: Uint32Array.from(texts, (_, i) => clusters.first(i)) };
}
