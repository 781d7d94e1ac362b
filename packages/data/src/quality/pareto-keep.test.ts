import { Random } from '@gpt-ts/core';
import { expect, test } from 'vitest';
import { keepProbability, paretoKeep } from './pareto-keep.js';

test('the chances to be kept are those of the closed form, to the digits printed', () => {
  const table = [
    [1, '1.000'],
    [0.99, '0.914'],
    [0.95, '0.645'],
    [0.9, '0.424'],
    [0.8, '0.194'],
    [0.7, '0.094'],
    [0.5, '0.026'],
    [0.25, '0.0065'],
    [0, '0.0020'],
  ] as const;
  for (const [score, printed] of table) {
    expect(keepProbability(score).toFixed(printed.length - 2)).toBe(printed);
  }
});

test('documents are kept as often as the closed form says', () => {
  const draws = 100_000;
  for (const score of [0.99, 0.9, 0.7, 0.5]) {
    const p = keepProbability(score);
    let kept = 0;
    for (let document = 0; document < draws; document++) if (paretoKeep({ score, document })) kept++;
    const deviation = Math.sqrt((p * (1 - p)) / draws);
    expect(Math.abs(kept / draws - p) / deviation).toBeLessThan(4); // measured: 1.2
  }
});

test('a perfect document is always kept, and nothing from a better score is lost', () => {
  for (let document = 0; document < 5_000; document++) {
    expect(paretoKeep({ score: 1, document })).toBe(true);
    if (paretoKeep({ score: 0.6, document })) expect(paretoKeep({ score: 0.7, document })).toBe(true);
  }
});

test('fates depend on seed and number alone', () => {
  const fates = (seed: number) =>
    Array.from({ length: 200 }, (_, document) => paretoKeep({ score: 0.9, document, seed }));
  expect(fates(1)).toEqual(fates(1));
  expect(fates(1)).not.toEqual(fates(2));
  const random = new Random(0);
  for (const document of random.shuffle([...Array(200).keys()])) {
    expect(paretoKeep({ score: 0.9, document, seed: 1 })).toBe(fates(1)[document]);
  }
});

test('a number beyond 2^32 has a fate of its own', () => {
  const fates = (from: number) => {
    return Array.from({ length: 100 }, (_, i) => paretoKeep({ score: 0.92, document: from + i }));
  };
  expect(fates(2 ** 32)).not.toEqual(fates(0));
});

test('what cannot be is refused', () => {
  expect(() => paretoKeep({ score: 1.5, document: 0 })).toThrow('score must be from 0 to 1, got 1.5.');
  expect(() => paretoKeep({ score: Number.NaN, document: 0 })).toThrow('score must be');
  expect(() => paretoKeep({ score: 1, document: -1 })).toThrow('document must be an integer from 0');
  expect(() => keepProbability(1, 0)).toThrow('alpha must be more than 0, got 0.');
});
