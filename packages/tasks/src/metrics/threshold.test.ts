/** Against counting every pair, and trying every threshold. */
import { Random } from '@gpt-ts/core';
import { describe, expect, test } from 'vitest';
import { bestThreshold } from './best-threshold.js';
import { confusion } from './confusion.js';
import { matthews } from './matthews.js';
import { rocAuc } from './roc-auc.js';

const random = new Random(0, 'threshold');
const sets = Array.from({ length: 300 }, () => {
  const size = 1 + random.int(12);
  return {
    scores: Array.from({ length: size }, () => random.int(8) / 4 - 1),
    labels: Array.from({ length: size }, () => random.int(2)),
  };
});

describe('rocAuc', () => {
  test('is the share of pairs in the right order', () => {
    for (const { scores, labels } of sets) {
      const of = (label: number) => scores.filter((_, i) => labels[i] === label);
      const pairs = of(1).flatMap((a) => of(0).map((b) => (a > b ? 1 : a === b ? 0.5 : 0)));
      const share = pairs.length === 0 ? 0.5 : pairs.reduce<number>((sum, x) => sum + x, 0) / pairs.length;
      expect(rocAuc(scores, labels)).toBeCloseTo(share, 14); // measured 0
    }
  });

  test('of infinite scores is that of their order', () => {
    expect(rocAuc([Number.NEGATIVE_INFINITY, -1, 0], [0, 1, 1])).toBe(1);
    expect(rocAuc([Number.NEGATIVE_INFINITY, Number.NEGATIVE_INFINITY], [0, 1])).toBe(0.5);
  });
});

test('bestThreshold is as good as any threshold', () => {
  for (const { scores, labels } of sets) {
    const at = (threshold: number) =>
      matthews(
        confusion(
          scores.map((score) => Number(score > threshold)),
          labels,
          2,
        ),
      );
    expect(bestThreshold(scores, labels)).not.toBeNaN();
    const all = [Number.NEGATIVE_INFINITY, ...scores].map(at);
    expect(at(bestThreshold(scores, labels))).toBeCloseTo(Math.max(...all), 14); // measured 0
  }
});

test('labels are 0 or 1, one for each score', () => {
  expect(() => rocAuc([1], [2])).toThrow('labels[0] must be 0 or 1, got 2.');
  expect(() => bestThreshold([Number.NaN], [1])).toThrow('scores[0] must be a number, got NaN.');
  expect(() => rocAuc([], [])).toThrow('labels must be one or more, got [].');
  expect(() => rocAuc([1], [1, 0])).toThrow('predictions.length must be 2');
});
