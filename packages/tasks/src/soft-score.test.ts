import { Random } from '@gpt-ts/core';
import { expect, test } from 'vitest';
import { softScore } from './soft-score.js';

test('a score is shared by the whole numbers around it', () => {
  expect(softScore(3.25)).toEqual([0, 0, 0, 0.75, 0.25, 0]);
  expect(softScore(0.5)).toEqual([0.5, 0.5, 0, 0, 0, 0]);
  expect(softScore(0)).toEqual([1, 0, 0, 0, 0, 0]);
  expect(softScore(4)).toEqual([0, 0, 0, 0, 1, 0]);
  expect(softScore(5)).toEqual([0, 0, 0, 0, 0, 1]);
});

test('the mean of the classes is the score', () => {
  const random = new Random(0, 'soft-score');
  for (let i = 0; i < 1000; i++) {
    const score = random.int(5001) / 1000;
    const shares = softScore(score);
    expect(shares.every((share) => share >= 0 && share <= 1)).toBe(true);
    const sum = shares.reduce((total, share) => total + share, 0);
    const mean = shares.reduce((total, share, j) => total + j * share, 0);
    expect([sum, mean]).toEqual([1, score]);
  }
});

test.each([-0.1, 5.1, Number.NaN, Number.POSITIVE_INFINITY])('%d is no score', (score) => {
  expect(() => softScore(score)).toThrow('score must be a number from 0 to 5, got ');
});
