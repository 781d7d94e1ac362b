import { expect, test } from 'vitest';
import { median, medianRatio } from './statistics.js';

test.each([
  [[7], 7],
  [[3, 1, 2], 2],
  [[4, 1, 3, 2], 2.5],
  [[1, 1, 1e9], 1], // one disturbed round changes nothing
  [[10, 9], 9.5], // by size, not by spelling
])('the median of %j is %d', (values, middle) => {
  const before = [...values];
  expect(median(values)).toBe(middle);
  expect(values).toEqual(before);
});

test('a ratio is taken within each round, so that noise which hits both sides alike goes away', () => {
  const noise = [1, 5, 1, 3, 2];
  const [ours, theirs] = [noise.map((n) => 10 * n), noise.map((n) => 40 * n)];
  expect(medianRatio(theirs, ours)).toBe(4);
  ours[1] = 1000; // noise of one side alone
  expect(medianRatio(theirs, ours)).toBe(4);
});
