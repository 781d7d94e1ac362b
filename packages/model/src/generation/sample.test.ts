import { InvalidArgumentError, Random } from '@gpt-ts/core';
import { describe, expect, test } from 'vitest';
import { argmax } from './argmax.js';
import { nextProbabilities, type SampleOptions, sampleToken } from './sample.js';

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
    for (const topK of [0, 3, 4, 1000]) {
      expect(nextProbabilities([1, 2, 3], { topK })).toEqual(nextProbabilities([1, 2, 3]));
    }
  });

  test('top-p keeps the fewest that cover p, or with GPT-2 those that stay within it', () => {
    const logits = [0.1, 0.2, 0.4, 0.3].map(Math.log);
    const kept = (topP: number, topPRule?: SampleOptions['topPRule']) =>
      [...nextProbabilities(logits, { topP, topPRule }).entries()].filter(([, p]) => p > 0).map(([id]) => id);
    expect(kept(0.6)).toEqual([2, 3]);
    expect(kept(0.6, 'gpt2-release')).toEqual([2]);
    expect(kept(0.75)).toEqual([1, 2, 3]);
    expect(kept(0.75, 'gpt2-release')).toEqual([2, 3]);
    for (const rule of ['covering', 'gpt2-release'] as const) {
      expect(kept(0, rule)).toEqual([2]); // always one
      expect(kept(1, rule)).toEqual([0, 1, 2, 3]);
    }
    expect([...nextProbabilities(logits, { topP: 0.6 })]).toEqual(
      [0, 0, 4 / 7, 3 / 7].map((p) => expect.closeTo(p, 14)),
    );
  });

  test('top-p cuts a tie in the usual rule, and keeps it in that of GPT-2', () => {
    const kept = (options: SampleOptions) =>
      [...nextProbabilities([1, 1, 1, 1, -9], options)].map((p) => p > 0);
    expect(kept({ topP: 0.4 })).toEqual([true, true, false, false, false]);
    expect(kept({ topP: 0.4, topPRule: 'gpt2-release' })).toEqual([true, true, true, true, false]);
  });

  test('top-p counts what top-k has left', () => {
    const logits = [0.5, 0.3, 0.2].map(Math.log);
    expect(nextProbabilities(logits, { topK: 2, topP: 0.6 })[1]).toBe(0); // 0.5 / 0.8 covers 0.6
    expect(nextProbabilities(logits, { topP: 0.6 })[1]).toBeGreaterThan(0);
  });

  test('the repetition penalty divides what is positive and multiplies what is not, once per id', () => {
    const got = nextProbabilities([2, -1, 1, 0], { repetitionPenalty: 2 }, [0, 1, 0, 3, 1]);
    expect(got).toEqual(nextProbabilities([1, -2, 1, 0]));
    expect(nextProbabilities([2, -1], { repetitionPenalty: 2 })).toEqual(nextProbabilities([2, -1]));
    expect(nextProbabilities([2, 1], { temperature: 0, repetitionPenalty: 3 }, [0])[1]).toBe(1); // comes first
  });

  test('of equal logits as many as there are, all stay', () => {
    const flat = new Float32Array(50_257);
    const got = nextProbabilities(flat, { topK: 40, topP: 1 });
    expect(got.every((p) => Math.abs(p * 50_257 - 1) < 1e-9)).toBe(true);
  });

  test.each<[SampleOptions, string]>([
    [{ temperature: -1 }, 'temperature must be 0 or more, got -1.'],
    [{ temperature: Number.NaN }, 'temperature must be 0 or more, got NaN.'],
    [{ temperature: Number.POSITIVE_INFINITY }, 'temperature must be 0 or more, got Infinity.'],
    [{ topK: -1 }, 'topK must be a whole number of tokens, got -1.'],
    [{ topK: 1.5 }, 'topK must be a whole number of tokens, got 1.5.'],
    [{ topP: -0.1 }, 'topP must be from 0 to 1, got -0.1.'],
    [{ topP: 1.1 }, 'topP must be from 0 to 1, got 1.1.'],
    [{ topP: Number.NaN }, 'topP must be from 0 to 1, got NaN.'],
    [{ topPRule: 'other' as 'covering' }, "topPRule must be 'covering' or 'gpt2-release'"],
    [{ repetitionPenalty: 0 }, 'repetitionPenalty must be above 0, got 0.'],
  ])('%j is refused', (options, message) => {
    expect(() => nextProbabilities([1], options)).toThrow(message);
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
