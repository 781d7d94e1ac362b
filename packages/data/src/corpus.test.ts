import { describe, expect, test } from 'vitest';
import { type Corpus, corpusFromDocuments, corpusFromIds } from './corpus.js';

const documentsOf = ({ ids, begins, ends }: Corpus) =>
  [...begins].map((begin, k) => [...ids.subarray(begin, ends[k])]);

describe('corpusFromIds', () => {
  test.each([
    ['a separator between documents', [1, 2, 0, 3], [[1, 2], [3]]],
    ['a separator at both ends', [0, 1, 2, 0, 3, 0], [[1, 2], [3]]],
    ['empty documents', [0, 0, 1, 0, 0, 0, 2, 0, 0], [[1], [2]]],
    ['no separator', [1, 2, 3], [[1, 2, 3]]],
  ])('%s', (_, ids, documents) => {
    for (const array of [Int32Array.from(ids), Uint16Array.from(ids)]) {
      const corpus = corpusFromIds(array, { eotId: 0 });
      expect(documentsOf(corpus)).toEqual(documents);
      expect(corpus.tokens).toBe(documents.flat().length);
      expect(corpus.ids).toBe(array); // not a copy
    }
  });

  test('without a separator all is one document', () => {
    expect(documentsOf(corpusFromIds(Int32Array.of(0, 1, 0)))).toEqual([[0, 1, 0]]);
  });

  test.each([[[]], [[0, 0]]])('refuses %j, which holds no document', (ids) => {
    expect(() => corpusFromIds(Int32Array.from(ids), { eotId: 0 })).toThrow(
      'documents must be at least one that is not empty, got 0. The text is empty, or nothing but separators',
    );
  });

  test.each([-1, 0.5])('refuses the separator %d', (eotId) => {
    expect(() => corpusFromIds(Int32Array.of(1), { eotId })).toThrow('eotId must be an integer from 0');
  });
});

test('documents given one by one are those of the array they make', () => {
  const corpus = corpusFromDocuments([[], [1, 2], Uint16Array.of(3), [], [4, 5, 6]], { eotId: 0 });
  expect(documentsOf(corpus)).toEqual([[1, 2], [3], [4, 5, 6]]);
  expect(corpus.tokens).toBe(6);
  expect(() => corpusFromDocuments([[], []])).toThrow('documents must be at least one that is not empty');
});
