import { Random } from '@gpt-ts/core';
import { describe, expect, test } from 'vitest';
import { corpusOf } from '../test/support/random-corpus.js';
import { corpusFromIds } from './corpus.js';
import { splitCorpus } from './split-corpus.js';

describe('a corpus of documents', () => {
  test.each([0, 1, 2, 3])('is split by whole documents, in order, close to the share (seed %i)', (seed) => {
    const random = new Random(seed);
    const corpus = corpusOf(Array.from({ length: 200 }, () => 1 + random.int(100)));
    const { train, validation, by } = splitCorpus(corpus, { seed, validationFraction: 0.2 });
    expect(by).toBe('documents');
    const both = [...train.begins, ...validation.begins];
    expect(both.toSorted((a, b) => a - b)).toEqual([...corpus.begins]); // each document once
    for (const part of [train, validation]) {
      expect([...part.begins]).toEqual([...part.begins].sort((a, b) => a - b));
      expect(part.ids).toBe(corpus.ids); // no copy
      part.begins.forEach((begin, k) => {
        expect(corpus.ends[corpus.begins.indexOf(begin)]).toBe(part.ends[k]);
      });
    }
    expect(train.tokens + validation.tokens).toBe(corpus.tokens);
    expect(Math.abs(validation.tokens - 0.2 * corpus.tokens)).toBeLessThan(50); // half the longest; seen: 39.8
  });

  test('the seed picks, and the same seed picks the same', () => {
    const corpus = corpusOf(new Array(50).fill(10));
    const held = (seed: number) => [...splitCorpus(corpus, { seed }).validation.begins];
    expect(held(1)).toHaveLength(5);
    expect(held(1)).toEqual(held(1));
    expect(held(1)).not.toEqual(held(2));
    expect(splitCorpus(corpus)).toEqual(splitCorpus(corpus, { seed: 0, validationFraction: 0.1 }));
  });

  test.each([
    [[10, 900, 90], 0.1, 100], // the long one is passed over
    [[50, 40], 0.01, 40], // both too long: the shortest
    [[50, 50], 0.99, 50], // one is left to learn from
    [[1, 1], 0.5, 1],
  ])('of documents of %j ids and a share of %d, holds back %i ids', (lengths, validationFraction, tokens) => {
    const { train, validation } = splitCorpus(corpusOf(lengths), { validationFraction, seed: 3 });
    expect(validation.tokens).toBe(tokens);
    expect(train.begins.length).toBeGreaterThan(0);
  });
});

describe('a single document', () => {
  test('gives its tail: tinyshakespeare as in nanoGPT', () => {
    const { train, validation, by } = splitCorpus(corpusFromIds(new Uint16Array(1_115_394)));
    expect([train.tokens, validation.tokens, by]).toEqual([1_003_854, 111_540, 'tail']);
    expect([train.begins[0], train.ends[0], validation.begins[0]]).toEqual([0, 1_003_854, 1_003_854]);
  });

  test.each([
    [0.9, 10, 1], // (1 - 0.9) * 10 is 0.9999999999999998
    [0.07, 100, 93], // 0.07 * 100 is 7.000000000000001
    [0.5, 3, 1],
    [0.99, 3, 1], // neither part is empty
    [0.001, 2, 1],
  ])('with %d of %i ids held back, %i train', (validationFraction, n, train) => {
    const corpus = corpusFromIds(new Int32Array(n).fill(1), { eotId: 0 });
    expect(splitCorpus(corpus, { validationFraction }).train.tokens).toBe(train);
  });

  test('of one id cannot be split', () => {
    expect(() => splitCorpus(corpusOf([1]))).toThrow('corpus must be a document of 2 ids or more');
  });
});

test.each([-0.1, 0, 1, Number.NaN])('refuses the fraction %s', (validationFraction) => {
  expect(() => splitCorpus(corpusOf([4, 4]), { validationFraction })).toThrow(
    `validationFraction must be a number above 0 and below 1, got ${validationFraction}`,
  );
});

test('refuses a seed that is none', () => {
  expect(() => splitCorpus(corpusOf([4, 4]), { seed: -1 })).toThrow('seed must be');
});
