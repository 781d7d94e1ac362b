import { InvalidArgumentError, Random } from '@gpt-ts/core';
import { describe, expect, test } from 'vitest';
import { argmax, nextProbabilities, sampleToken } from './sample.js';

describe('nextProbabilities', () => {
  test('is the softmax when nothing is asked', () => {
    const p = nextProbabilities([0, Math.log(2), Math.log(5)]);
    expect([...p]).toEqual([1 / 8, 2 / 8, 5 / 8].map((x) => expect.closeTo(x, 15)));
  });

  test('is the same for logits moved by a constant, and does not overflow', () => {
    const want = nextProbabilities([1, 2, 3]);
    expect(nextProbabilities([100_001, 100_002, 100_003])).toEqual(want);
    expect(nextProbabilities([-100_002, -100_001, -100_000])).toEqual(want);
    expect([...nextProbabilities([3e38, -3e38])]).toEqual([1, 0]);
  });

  test('temperature sharpens below 1 and flattens above', () => {
    const at = (temperature: number) => nextProbabilities([0, 1], { temperature })[1];
    expect(at(0.5)).toBeCloseTo(1 / (1 + Math.exp(-2)), 15);
    expect(at(1)).toBeCloseTo(1 / (1 + Math.exp(-1)), 15);
    expect(at(2)).toBeCloseTo(1 / (1 + Math.exp(-0.5)), 15);
    expect(at(1e-9)).toBe(1);
    expect(at(1e9)).toBeCloseTo(0.5, 9);
  });

  test('temperature 0 is greedy, and the first of equals wins', () => {
    expect([...nextProbabilities([1, 3, 2], { temperature: 0 })]).toEqual([0, 1, 0]);
    expect([...nextProbabilities([1, 3, 3], { temperature: 0, topK: 3 })]).toEqual([0, 1, 0]);
  });

  test('top-k drops all but the likeliest, whose share is renewed', () => {
    const p = nextProbabilities([0, Math.log(3), -1, 0.5, Math.log(9)], { topK: 2 });
    expect([...p]).toEqual([0, expect.closeTo(0.25, 15), 0, 0, expect.closeTo(0.75, 15)]);
  });

  test('top-k keeps all that tie with the k-th', () => {
    expect([...nextProbabilities([2, 2, 1, 2, 0], { topK: 2 })]).toEqual([1 / 3, 1 / 3, 0, 1 / 3, 0]);
    expect([...nextProbabilities([1, 1, 1, 1], { topK: 1 })]).toEqual([0.25, 0.25, 0.25, 0.25]);
  });

  test('top-k of the vocabulary or more keeps all', () => {
    for (const topK of [3, 4, 1000]) {
      expect(nextProbabilities([1, 2, 3], { topK })).toEqual(nextProbabilities([1, 2, 3]));
    }
  });

  test.each([-1, Number.NaN, Number.POSITIVE_INFINITY])('temperature %s is refused', (temperature) => {
    expect(() => nextProbabilities([1], { temperature })).toThrow(
      `temperature must be 0 or more, got ${temperature}.`,
    );
  });

  test.each([0, -1, 1.5, Number.NaN])('top-k %s is refused', (topK) => {
    expect(() => nextProbabilities([1], { topK })).toThrow(`topK must be a positive integer, got ${topK}.`);
  });

  test('a NaN among the logits is an error that says where it came from', () => {
    expect(() => nextProbabilities([1, Number.NaN])).toThrow(InvalidArgumentError);
    expect(() => nextProbabilities([1, Number.NaN], { temperature: 0 })).toThrow(
      'logits must be numbers, got "NaN at index 1". The weights are damaged, or the training that made them diverged.',
    );
  });
});

describe('sampleToken', () => {
  test('draws each token as often as its probability says', () => {
    const logits = [0, 1, -1, 2, 0.5];
    const p = nextProbabilities(logits);
    const random = new Random(0);
    const n = 20_000;
    const counts = new Array<number>(5).fill(0);
    for (let i = 0; i < n; i++) counts[sampleToken(logits, {}, random)]++;
    for (const [id, count] of counts.entries()) {
      const sd = Math.sqrt(n * p[id] * (1 - p[id]));
      expect(Math.abs(count - n * p[id])).toBeLessThan(4 * sd); // seen: 1.9 sd
    }
  });

  test('never draws a token that was dropped', () => {
    const random = new Random(1);
    for (let i = 0; i < 1000; i++) {
      expect([1, 3]).toContain(sampleToken([0, 1, 0.9, 2, 0.99], { topK: 2, temperature: 5 }, random));
    }
  });

  test('takes the likeliest at temperature 0, whatever is drawn', () => {
    const random = new Random(2);
    for (let i = 0; i < 10; i++) expect(sampleToken([0, 1, 1], { temperature: 0 }, random)).toBe(1);
  });
});

test('argmax takes the first of equals', () => {
  expect(argmax([0, 7, 7, -1])).toBe(1);
  expect(argmax([-5])).toBe(0);
});
