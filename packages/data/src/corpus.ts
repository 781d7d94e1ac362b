/** Ids, and where the documents in them begin and end. */
import { InvalidArgumentError } from '@gpt-ts/core';
import type { TokenArray } from './token-array.js';

/** Documents that follow each other. None is empty: empty ones were left out. */
export interface Corpus {
  /** Document `k` is `ids[begins[k] .. ends[k])`. */
  readonly ids: TokenArray;
  readonly begins: Float64Array;
  readonly ends: Float64Array;
  /** End-of-text, which stands between documents; no part of any. `undefined` when there is no such id. */
  readonly eotId: number | undefined;
  /** Ids in documents. */
  readonly tokens: number;
}

/** What separates documents. */
export interface CorpusOptions {
  /** The id of end-of-text, such as `tokenizer.eotId`. Default: none. */
  eotId?: number | undefined;
}

const BLOCK_IDS = 2 ** 16;

/**
 * The documents between the separators of one array, which is not copied. Without `eotId` it is one document.
 *
 * @throws {@link InvalidArgumentError} when there is nothing but separators, or `eotId` is no id.
 * @example
 * const corpus = corpusFromIds(Int32Array.of(1, 2, 0, 3, 0, 0), { eotId: 0 });
 * corpus.ends; // => Float64Array [2, 4]
 */
export function corpusFromIds(ids: TokenArray, { eotId }: CorpusOptions = {}): Corpus {
  const begins: number[] = [];
  const ends: number[] = [];
  let begin = 0;
  const endAt = (end: number) => {
    if (end > begin) {
      begins.push(begin);
      ends.push(end);
    }
    begin = end + 1;
  };
  for (let at = 0; at < ids.length && eotId !== undefined; at += BLOCK_IDS) {
    const block = ids.subarray(at, Math.min(at + BLOCK_IDS, ids.length));
    for (let i = block.indexOf(eotId); i >= 0; i = block.indexOf(eotId, i + 1)) endAt(at + i);
  }
  endAt(ids.length);
  return newCorpus(ids, Float64Array.from(begins), Float64Array.from(ends), eotId);
}

/**
 * A corpus of documents that are at hand one by one, such as `texts.map((text) => tokenizer.encode(text))`. Their ids are
 * copied once.
 *
 * @throws {@link InvalidArgumentError} when all are empty, or `eotId` is no id.
 * @example
 * corpusFromDocuments([[1, 2], [], [3]], { eotId: 0 }).tokens; // => 3
 */
export function corpusFromDocuments(
  documents: readonly ArrayLike<number>[],
  { eotId }: CorpusOptions = {},
): Corpus {
  const full = documents.filter(({ length }) => length > 0);
  const begins = new Float64Array(full.length);
  const ends = new Float64Array(full.length);
  let length = 0;
  full.forEach((document, k) => {
    begins[k] = length;
    ends[k] = length += document.length;
  });
  const ids = new Int32Array(length);
  full.forEach((document, k) => {
    ids.set(document, begins[k]);
  });
  return newCorpus(ids, begins, ends, eotId);
}

/** The same ids with other bounds. */
export function newCorpus(
  ids: TokenArray,
  begins: Float64Array,
  ends: Float64Array,
  eotId: number | undefined,
): Corpus {
  if (eotId !== undefined && !(Number.isSafeInteger(eotId) && eotId >= 0)) {
    throw new InvalidArgumentError({ argument: 'eotId', expected: 'an integer from 0', received: eotId });
  }
  if (begins.length === 0) {
    throw new InvalidArgumentError({
      argument: 'documents',
      expected: 'at least one that is not empty',
      received: 0,
      hint: 'The text is empty, or nothing but separators: give a longer one.',
    });
  }
  const tokens = ends.reduce((sum, end, k) => sum + end - begins[k], 0);
  return { ids, begins, ends, eotId, tokens };
}
