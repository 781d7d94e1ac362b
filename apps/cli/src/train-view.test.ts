import { expect, test } from 'vitest';
import { clock, shrink } from './train-view.js';

test('durations read as people say them', () => {
  expect([0, 45_400, 185_000, 7_800_000].map(clock)).toEqual(['0s', '45s', '3m 05s', '2h 10m']);
});

test('a long curve is averaged down to the width of the chart, a short one is left alone', () => {
  expect(shrink([1, 2, 3], 5)).toEqual([1, 2, 3]);
  expect(shrink([1, 3, 5, 7], 2)).toEqual([2, 6]);
  expect(shrink(new Array(1000).fill(4), 7)).toEqual(new Array(7).fill(4));
});
