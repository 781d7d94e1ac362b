import { expect, test } from 'vitest';
import { encoded } from '../test/support/encoded.js';
import { evaluationBatches } from './evaluation-batches.js';

const examples = [5, 1, 4, 1, 3, 2, 9].map((length, i) => encoded(i, length));

test('every example comes once, the shortest first, and its index says which it was', () => {
  const batches = [...evaluationBatches(examples, 3)];
  expect(batches.map(({ indices }) => indices)).toEqual([[1, 3, 5], [4, 2, 0], [6]]);
  expect(batches.map(({ batch }) => batch.tokens.length / batch.batchSize)).toEqual([2, 5, 9]);
  const predictions = new Array<number>(examples.length);
  for (const { batch, indices } of batches) {
    for (const [b, i] of indices.entries()) predictions[i] = batch.labels[b];
  }
  expect(predictions).toEqual([0, 1, 2, 3, 4, 5, 6]);
});

test('it may be iterated again, and holds nothing when there are no examples', () => {
  const batches = evaluationBatches(examples, 4);
  expect([...batches]).toEqual([...batches]);
  expect([...evaluationBatches([], 4)]).toEqual([]);
});

test.each([0, -1, 0.5])('a batchSize of %s is refused', (batchSize) => {
  expect(() => evaluationBatches(examples, batchSize)).toThrow(
    `batchSize must be a positive integer, got ${batchSize}.`,
  );
});
