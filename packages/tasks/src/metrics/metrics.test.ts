/** Golden values worked out by hand. */
import { describe, expect, test } from 'vitest';
import { accuracy, majorityAccuracy } from './accuracy.js';
import { confusion } from './confusion.js';
import { f1 } from './f1.js';
import { matthews } from './matthews.js';

const labels = [0, 0, 0, 0, 1, 1, 1, 1, 1, 1];
const predictions = [0, 0, 0, 1, 1, 1, 1, 1, 0, 0];
const counts = [
  [3, 1], // tn, fp
  [2, 4], // fn, tp
];

test('accuracy: 7 of 10', () => {
  expect(accuracy(predictions, labels)).toBe(0.7);
  expect(accuracy(Int32Array.of(1), Int32Array.of(1))).toBe(1);
});

test('majority: 6 of 10 are 1; the smallest of equals; the commonest of training may be rare elsewhere', () => {
  expect(majorityAccuracy(labels)).toBe(0.6);
  expect(majorityAccuracy([2, 1, 1, 2, 0])).toBe(0.4);
  expect(majorityAccuracy([1, 1, 1, 2], [2, 1, 1, 2])).toBe(0.75);
  expect(majorityAccuracy([0, 1, 1], [0])).toBeCloseTo(1 / 3, 15);
  expect(majorityAccuracy([0, 1], [])).toBe(0);
});

test('confusion: rows are labels, columns predictions', () => {
  expect(confusion(predictions, labels, 2)).toEqual(counts);
  expect(confusion([2, 0], [0, 0], 3)).toEqual([
    [1, 0, 1],
    [0, 0, 0],
    [0, 0, 0],
  ]);
});

describe('matthews', () => {
  test('of two classes: (4 * 3 - 1 * 2) / sqrt(5 * 6 * 4 * 5)', () => {
    expect(matthews(counts)).toBeCloseTo(10 / Math.sqrt(600), 15);
    expect(
      matthews([
        [5, 0],
        [0, 5],
      ]),
    ).toBe(1);
    expect(
      matthews([
        [0, 5],
        [5, 0],
      ]),
    ).toBe(-1);
    expect(
      matthews([
        [1, 1],
        [1, 1],
      ]),
    ).toBe(0);
  });

  test('of three: n 10, right 5, labelled 4 3 3, predicted 5 3 2', () => {
    const three = [
      [3, 1, 0],
      [1, 1, 1],
      [1, 1, 1],
    ];
    expect(matthews(three)).toBeCloseTo((50 - 35) / Math.sqrt((100 - 38) * (100 - 34)), 15);
  });

  test('is 0 where all labels or predictions are the same', () => {
    expect(
      matthews([
        [4, 0],
        [6, 0],
      ]),
    ).toBe(0);
    expect(
      matthews([
        [4, 6],
        [0, 0],
      ]),
    ).toBe(0);
  });
});

describe('f1', () => {
  test('of class 1: precision 4/5, recall 4/6, 8 / 11; of class 0: 6 / 9', () => {
    expect(f1(counts)).toBeCloseTo(8 / 11, 15);
    expect(f1(counts, 0)).toBeCloseTo(6 / 9, 15);
  });

  test('is 0 where the class is nowhere, or never right', () => {
    expect(
      f1([
        [5, 0],
        [0, 0],
      ]),
    ).toBe(0);
    expect(
      f1([
        [0, 2],
        [3, 0],
      ]),
    ).toBe(0);
  });
});

test('what cannot be measured is refused', () => {
  expect(() => accuracy([1], [1, 0])).toThrow('predictions.length must be 2, one for each label, got 1.');
  expect(() => accuracy([], [])).toThrow('labels must be one or more, got [].');
  expect(() => majorityAccuracy([])).toThrow('labels must be one or more');
  expect(() => confusion([0, 2], [0, 1], 2)).toThrow('predictions[1] must be a class from 0 to 1, got 2.');
  expect(() => confusion([0, 1], [0, -1], 2)).toThrow('labels[1] must be a class from 0 to 1, got -1.');
});
