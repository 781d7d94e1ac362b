/** Golden values: SciPy 1.17.1; see test/golden. */
import { Random } from '@gpt-ts/core';
import { describe, expect, test } from 'vitest';
import { golden } from '../../test/golden/metrics.js';
import { pearson } from './pearson.js';
import { spearman } from './spearman.js';

const random = new Random(0, 'correlation');
const draw = (n: number, make: () => number) => Array.from({ length: n }, make);

test.each(golden.correlation)('is that of SciPy, with ties: $pearson and $spearman', (each) => {
  expect(pearson(each.predictions, each.labels)).toBeCloseTo(each.pearson, 14); // measured 1.7e-16
  expect(spearman(each.predictions, each.labels)).toBeCloseTo(each.spearman, 14);
});

test('without ties, ranks give 1 - 6 sum d^2 / (n (n^2 - 1))', () => {
  const predictions = [10, 40, 20, 90, 30];
  const labels = [1, 2, 3, 4, 5]; // ranks 1 4 2 5 3: d 0 2 1 1 2
  expect(spearman(predictions, labels)).toBeCloseTo(1 - (6 * 10) / (5 * 24), 15);
});

describe.each([
  { name: 'pearson', of: pearson },
  { name: 'spearman', of: spearman },
])('$name', ({ of }) => {
  test('lies in [-1, 1], is 1 with itself and -1 with its opposite, and is the same for both orders and any order of items', () => {
    for (let round = 0; round < 200; round++) {
      const n = 2 + random.int(20);
      const a = draw(n, () => random.int(1 + random.int(9)) * random.normal());
      const b = draw(n, () => random.int(5));
      const r = of(a, b);
      expect(Math.abs(r)).toBeLessThanOrEqual(1);
      expect(of(b, a)).toBeCloseTo(r, 12);
      const order = random.shuffle([...a.keys()]);
      const permuted = of(
        order.map((i) => a[i]),
        order.map((i) => b[i]),
      );
      expect(permuted).toBeCloseTo(r, 12);
      if (new Set(a).size === 1) continue;
      expect(of(a, a)).toBeCloseTo(1, 12);
      expect(
        of(
          a,
          a.map((x) => 3 - 2 * x),
        ),
      ).toBeCloseTo(-1, 12);
    }
  });

  test('is 0 where one side never changes, and holds for huge and tiny values', () => {
    expect(of([1, 2, 3], [0.1, 0.1, 0.1])).toBe(0);
    expect(of([7], [7])).toBe(0);
    expect(of([1e300, 2e300, 3e300], [1, 2, 3])).toBeCloseTo(1, 12);
    expect(of([1e-300, 2e-300, 3e-300], [3, 2, 1])).toBeCloseTo(-1, 12);
  });

  test('refuses what has no order', () => {
    expect(() => of([1, Number.NaN], [1, 2])).toThrow('predictions[1] must be a finite number, got NaN.');
    expect(() => of([1, 2], [1, Number.POSITIVE_INFINITY])).toThrow('labels[1] must be a finite number');
    expect(() => of([1], [1, 2])).toThrow('predictions.length must be 2, one for each label, got 1.');
    expect(() => of([], [])).toThrow('labels must be one or more');
  });
});

test('Spearman sees the order alone', () => {
  const a = draw(30, () => random.int(12));
  const b = draw(30, () => random.int(12));
  expect(spearman(a.map(Math.exp), b)).toBe(spearman(a, b));
  expect(pearson(a.map(Math.exp), b)).not.toBeCloseTo(pearson(a, b), 2);
});
