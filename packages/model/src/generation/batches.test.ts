import { expect, test } from 'vitest';
import { batchesOf } from './batches.js';

test('texts of similar length go together, within the budget', () => {
  expect(batchesOf([2, 9, 8, 3], 18)).toEqual([
    [1, 2],
    [3, 0],
  ]);
  expect(batchesOf([5, 5, 5, 5, 5], 10)).toEqual([[0, 1], [2, 3], [4]]);
});

test('a text longer than the budget is alone, and none is no batch', () => {
  expect(batchesOf([1, 30, 2], 10)).toEqual([[1], [2, 0]]);
  expect(batchesOf([], 10)).toEqual([]);
});
