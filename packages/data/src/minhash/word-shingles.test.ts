import { Random } from '@gpt-ts/core';
import { expect, test } from 'vitest';
import { wordHashes } from '../word-hashes.js';
import { shingleSet, wordShingles } from './word-shingles.js';

test('runs of words are equal where their words are, and only there', () => {
  const random = new Random(2);
  const words = Array.from({ length: 2_000 }, () => 'abc'[random.int(3)]);
  const runs = words.slice(0, -2).map((_, i) => words.slice(i, i + 3).join(' '));
  const shingles = wordShingles(words.join(' '), 3);
  expect(shingles.length).toBe(runs.length);
  const byRun = new Map(runs.map((run, i) => [run, shingles[i]]));
  expect([...shingles]).toEqual(runs.map((run) => byRun.get(run)));
  expect(new Set(byRun.values()).size).toBe(27); // 3^3 runs, each with a hash of its own
});

test('single words are the words themselves', () => {
  expect(wordShingles('one two two', 1)).toEqual(wordHashes('one two two'));
});

test('a text shorter than a shingle is one, and a text without words none', () => {
  expect([wordShingles('too short').length, wordShingles(' \n').length, wordShingles('').length]).toEqual([
    1, 0, 0,
  ]);
});

test('capitals and the kind of white space make no difference', () => {
  expect(wordShingles('The cat  sat\non THE mat')).toEqual(wordShingles('the cat sat on the mat'));
});

test('a set is sorted and has each shingle once', () => {
  const set = shingleSet('a b a b a b a', 2);
  expect(set.length).toBe(2);
  expect(set[0]).toBeLessThan(set[1]);
});

test('a shingle of no words is refused', () => {
  expect(() => wordShingles('a', 0)).toThrow('shingleWords must be a positive integer, got 0.');
});
