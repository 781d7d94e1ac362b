import { Random } from '@gpt-ts/core';
import { expect, test } from 'vitest';
import { areaUnderCurve } from './area-under-curve.js';

test('it is the share of pairs in the right order, ties by half', () => {
  const random = new Random(11);
  for (let round = 0; round < 100; round++) {
    const draw = () => Array.from({ length: 1 + random.int(12) }, () => random.int(6) / 5);
    const good = draw();
    const bad = draw();
    const pairs = good.flatMap((g) => bad.map((b): number => (g > b ? 1 : g === b ? 0.5 : 0)));
    expect(areaUnderCurve(good, bad)).toBeCloseTo(pairs.reduce((a, b) => a + b) / pairs.length, 12);
  }
});

test('of no scores there is none', () => {
  expect(areaUnderCurve([], [1])).toBeNaN();
});
