import { expect, test } from 'vitest';
import { type Asked, batchesOf } from './batches.js';

const asked = (length: number, fields: Asked['fields'] = {}): Asked => ({
  prompt: new Array(length).fill(0),
  fields,
});

test('prompts with the same fields travel together, in order', () => {
  const [a, b] = [asked(1, { max_tokens: 1 }), asked(1, { max_tokens: 2 })];
  expect(batchesOf([a, b, a, a, b, a], 3)).toEqual([[0, 2, 3], [1, 4], [5]]);
  expect(batchesOf([a, a], 1)).toEqual([[0], [1]]);
  expect(batchesOf([], 3)).toEqual([]);
});

test('a request has at most 32768 ids, unless one prompt has more', () => {
  const [half, whole, more] = [16_384, 32_768, 40_000].map((length) => asked(length));
  expect(batchesOf([half, half, half], 16)).toEqual([[0, 1], [2]]);
  expect(batchesOf([whole, half, more, half], 16)).toEqual([[0], [1], [2], [3]]);
});
