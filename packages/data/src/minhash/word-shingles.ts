/** A text as the set of its shingles: runs of words, each a 32-bit hash. */
import { assertPositiveIntegers } from '../assert-integers.js';
import { mix, wordHashes } from '../word-hashes.js';

/**
 * Words in a shingle. Five tell texts apart that merely use the same words. GPT-3's features were single words, which
 * `shingleWords: 1` gives.
 */
export const SHINGLE_WORDS = 5;

/**
 * The hash of every run of `shingleWords` words, in the order of the text, repeats included. A shorter text is one
 * shingle, and a text without words has none.
 *
 * @throws InvalidArgumentError when `shingleWords` is no integer from 1.
 */
export function wordShingles(text: string, shingleWords: number = SHINGLE_WORDS): Uint32Array {
  assertPositiveIntegers({ shingleWords });
  const words = wordHashes(text);
  if (shingleWords === 1 || words.length === 0) return words;
  const run = Math.min(shingleWords, words.length);
  const count = words.length - run + 1;
  for (let i = 0; i < count; i++) {
    let hash = words[i];
    for (let j = 1; j < run; j++) hash = Math.imul((hash << 5) | (hash >>> 27), 0x9e3779b1) ^ words[i + j];
    words[i] = mix(hash); // word i is in no later shingle
  }
  return words.subarray(0, count);
}

/** The same as a set: sorted, each once, which is what {@link jaccard} compares. */
export function shingleSet(text: string, shingleWords: number = SHINGLE_WORDS): Uint32Array {
  const sorted = wordShingles(text, shingleWords).sort();
  let size = 0;
  for (let i = 0; i < sorted.length; i++) {
    if (i === 0 || sorted[i] !== sorted[i - 1]) sorted[size++] = sorted[i];
  }
  return sorted.slice(0, size);
}
