import { Random } from '@gpt-ts/core';
import { describe, expect, test } from 'vitest';
import { bootstrapInterval } from './bootstrap.js';

const mean = (values: readonly number[]) => values.reduce((a, b) => a + b, 0) / values.length;
const answers = (n: number, share: number, seed: number) => {
  const random = new Random(seed, 'answers');
  return Array.from({ length: n }, () => (random.uniform() < share ? 1 : 0));
};

test('has the width of the normal approximation, 2 * 1.96 sqrt(p (1 - p) / n), at 1,000 items', () => {
  const right = answers(1000, 0.7, 0);
  const p = mean(right);
  const { low, high } = bootstrapInterval(right, mean, { draws: 4000 });
  const half = 1.96 * Math.sqrt((p * (1 - p)) / 1000); // 0.0284
  expect(Math.abs(low - (p - half))).toBeLessThan(0.003); // measured 0.0014
  expect(Math.abs(high - (p + half))).toBeLessThan(0.003);
});

test('covers the true share as often as it says: 90 % of 400 sets of 100', () => {
  let covered = 0;
  for (let seed = 0; seed < 400; seed++) {
    const { low, high } = bootstrapInterval(answers(100, 0.4, seed), mean, { seed, draws: 200, level: 0.9 });
    if (low <= 0.4 && 0.4 <= high) covered++;
  }
  expect(Math.abs(covered / 400 - 0.9)).toBeLessThan(0.05); // 3.3 sd
});

test('percentiles lie between values in line: those of numpy.percentile', () => {
  const values = [3, 1, 4, 1, 5, 9, 2, 6, 5, 3, 5];
  let draw = 0;
  const next = () => values[draw++ % values.length];
  expect(bootstrapInterval([0], next, { draws: 11 })).toEqual({ low: 1, high: 8.25 });
  const { low, high } = bootstrapInterval([0], next, { draws: 11, level: 0.9 });
  expect([low, high]).toEqual([1, expect.closeTo(7.5, 12)]);
});

describe('the draw', () => {
  const right = answers(50, 0.5, 1);

  test('depends on the seed alone', () => {
    const first = bootstrapInterval(right, mean);
    bootstrapInterval(right, mean, { seed: 1 });
    expect(bootstrapInterval(right, mean, { seed: 0, draws: 1000, level: 0.95 })).toEqual(first);
    const many = Array.from({ length: 50 }, (_, i) => Math.sqrt(i));
    expect(bootstrapInterval(many, mean, { seed: 1 })).not.toEqual(bootstrapInterval(many, mean));
  });

  test('has as many items as the set, from the set', () => {
    bootstrapInterval(['a', 'b', 'c'], (drawn) => {
      expect(drawn).toHaveLength(3);
      expect(['a', 'b', 'c']).toEqual(expect.arrayContaining([...drawn]));
      return 0;
    });
  });
});

test('a wider level holds a narrower one; a figure that never changes has no width, even an infinite one', () => {
  const values = Array.from({ length: 40 }, (_, i) => i * i);
  const at = (level: number) => bootstrapInterval(values, mean, { level });
  expect(at(0.99).low).toBeLessThan(at(0.5).low);
  expect(at(0.99).high).toBeGreaterThan(at(0.5).high);
  expect(bootstrapInterval(values, () => 7)).toEqual({ low: 7, high: 7 });
  expect(bootstrapInterval(values, () => Number.POSITIVE_INFINITY).high).toBe(Number.POSITIVE_INFINITY);
});

test('what cannot be drawn is refused', () => {
  expect(() => bootstrapInterval([], mean)).toThrow('outcomes must be one or more, got [].');
  for (const draws of [0, 1.5, -1]) {
    expect(() => bootstrapInterval([1], mean, { draws })).toThrow('draws must be a positive integer');
  }
  for (const level of [0, 1, Number.NaN]) {
    expect(() => bootstrapInterval([1], mean, { level })).toThrow('level must be between 0 and 1');
  }
  expect(() => bootstrapInterval([1], () => Number.NaN)).toThrow(
    'figure must be a number for any draw, got NaN.',
  );
});
