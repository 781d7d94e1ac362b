import { Random } from '@gpt-ts/core';
import { expect, test } from 'vitest';
import { fitLogisticRegression, type LabelledVector, probability } from './logistic-regression.js';

const one = (index: number, label: 0 | 1): LabelledVector => ({
  indices: Uint32Array.of(index),
  values: Float32Array.of(1),
  label,
});

test('without regularization it learns the odds of each word', () => {
  // Word 0 is in 3 good ones of 4, word 1 in 1 of 4; the classes are of one size, so the best probabilities are these.
  const examples = [0, 0, 0, 1].flatMap((index) => [one(index, 1), one(1 - index, 0)]);
  const many = Array.from({ length: 50 }, () => examples).flat();
  const model = fitLogisticRegression(many, 2, { epochs: 200, l2: 0 });
  expect(probability(model, one(0, 1))).toBeCloseTo(0.75, 2); // measured: 0.00002 off
  expect(probability(model, one(1, 1))).toBeCloseTo(0.25, 2);
});

test('each class counts for half, however few examples it has', () => {
  const model = fitLogisticRegression([one(0, 1), ...Array.from({ length: 99 }, () => one(0, 0))], 1, {
    epochs: 300,
  });
  expect(Math.abs(probability(model, one(0, 1)) - 0.5)).toBeLessThan(0.01); // measured: 0.0005
});

test('regularization keeps weights small', () => {
  const examples = [one(0, 1), one(1, 0)];
  const weight = (l2: number) => fitLogisticRegression(examples, 2, { epochs: 200, l2 }).weights[0];
  expect(weight(0.1)).toBeGreaterThan(0);
  expect(weight(0.1)).toBeLessThan(weight(0));
});

test('the same seed gives the same weights, another one others', () => {
  const random = new Random(12);
  const examples = Array.from({ length: 60 }, () => one(random.int(4), random.int(2) === 1 ? 1 : 0));
  const fit = (seed: number) => fitLogisticRegression(examples, 4, { seed });
  expect(fit(1)).toEqual(fit(1));
  expect(fit(1)).not.toEqual(fit(2));
});
