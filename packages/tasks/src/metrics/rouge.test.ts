/** Golden values: rouge_score's rules in Python and its own tests, the examples of the ROUGE paper; see test/golden. */
import { Random } from '@gpt-ts/core';
import { describe, expect, test } from 'vitest';
import { golden } from '../../test/golden/metrics.js';
import { type RougeScore, rougeL, rougeLsum, rougeN } from './rouge.js';

const kinds = {
  rouge1: (prediction: string, reference: string) => rougeN(prediction, reference, 1),
  rouge2: (prediction: string, reference: string) => rougeN(prediction, reference, 2),
  rougeL,
  rougeLsum,
};

function expectScore(received: RougeScore, expected: RougeScore): void {
  expect(received.precision).toBeCloseTo(expected.precision, 15);
  expect(received.recall).toBeCloseTo(expected.recall, 15);
  expect(received.f1).toBeCloseTo(expected.f1, 14); // measured 1.1e-16
}

describe.each(golden.rouge)('$prediction against $reference', ({ prediction, reference, ...expected }) => {
  test.each(Object.keys(kinds) as (keyof typeof kinds)[])('%s', (kind) => {
    expectScore(kinds[kind](prediction, reference), expected[kind]);
  });
});

test('the paper: section 3.1, where ROUGE-2 sees no difference and ROUGE-L does; section 3.2, 4 of 5 words', () => {
  const reference = 'police killed the gunman';
  expect(rougeN('police kill the gunman', reference, 2).f1).toBe(
    rougeN('the gunman kill police', reference, 2).f1,
  );
  expect(rougeL('police kill the gunman', reference).f1).toBe(3 / 4);
  expect(rougeL('the gunman kill police', reference).f1).toBe(2 / 4);
  expectScore(rougeLsum('w1 w2 w6 w7 w8\nw1 w3 w8 w9 w5', 'w1 w2 w3 w4 w5'), {
    precision: 4 / 10,
    recall: 4 / 5,
    f1: 8 / 15,
  });
});

test("rouge_score's own tests", () => {
  expectScore(rougeN('testing', 'testing one two', 1), { precision: 1, recall: 1 / 3, f1: 1 / 2 });
  expectScore(rougeN('testing one', 'testing one two', 2), { precision: 1, recall: 1 / 2, f1: 2 / 3 });
  expectScore(rougeL('testing two', 'testing one two'), { precision: 1, recall: 2 / 3, f1: 4 / 5 });
});

test('stems count where asked for, of words longer than 3 letters', () => {
  expect(rougeN('he walks', 'he walking', 1).f1).toBe(1 / 2);
  expect(rougeN('he walks', 'he walking', 1, { stem: true }).f1).toBe(1);
  expect(rougeL('he walks', 'he walking', { stem: true }).f1).toBe(1);
  expect(rougeLsum('he walks', 'he walking', { stem: true }).f1).toBe(1);
  expect(rougeN('cat', 'cats', 1, { stem: true }).f1).toBe(1);
  expect(rougeN('as', 'ass', 1, { stem: true }).f1).toBe(0);
  expect(rougeN('its', 'it', 1, { stem: true }).f1).toBe(0);
});

describe('over 1,000 random texts', () => {
  const random = new Random(0, 'rouge');
  const sentence = () => Array.from({ length: random.int(8) }, () => random.pick([...'abcd'])).join(' ');
  const draw = () => Array.from({ length: 1 + random.int(3) }, sentence).join('\n');

  test.each(Object.entries(kinds))('%s lies in [0, 1], and turns precision into recall', (name, of) => {
    for (let round = 0; round < 1000; round++) {
      const [prediction, reference] = [draw(), draw()];
      const score = of(prediction, reference);
      for (const share of Object.values(score)) {
        expect(share).toBeGreaterThanOrEqual(0);
        expect(share).toBeLessThanOrEqual(1);
      }
      const own = of(`a b ${prediction}`, `a b ${prediction}`);
      expect(own).toEqual({ precision: 1, recall: 1, f1: 1 });
      if (name === 'rougeLsum') continue; // which sequence is taken depends on the side
      expect(of(reference, prediction)).toEqual({
        precision: score.recall,
        recall: score.precision,
        f1: score.f1,
      });
      if (name !== 'rougeL') continue;
      expect(score.f1).toBeLessThanOrEqual(kinds.rouge1(prediction, reference).f1);
    }
  });
});

test.each([0, -1, 1.5])('n must count words, not %s', (n) => {
  expect(() => rougeN('a', 'a', n)).toThrow(`n must be a positive integer, got ${n}.`);
});
