import { Random } from '@gpt-ts/core';
import { describe, expect, test } from 'vitest';
import { file, json } from '../../../test/support/files.js';
import type { Outcome } from '../../evaluation/task.js';
import { areaMetric, crossMatthews } from './acceptability.js';
import { colaZeroShot, raceZeroShot, sst2ZeroShot } from './gpt-1-heuristics.js';

describe('cola-zero-shot', () => {
  const [first, second] = colaZeroShot.read([file('a\t1\t\tHe left.\nb\t0\t*\tLeft he a.\n')]);

  test('asks for the sentence alone, and scores its mean token', () => {
    expect(colaZeroShot.ask(first, 0)).toEqual({ text: 'He left.' });
    expect(colaZeroShot.judge(first, { nats: 6, tokens: 3 })).toEqual({ label: 1, score: -2, half: 1 });
    expect(colaZeroShot.judge(second, { nats: 6, tokens: 2 })).toEqual({ label: 0, score: -3, half: 0 });
  });

  const outcome = (half: number, label: number, score: number): Outcome => ({ half, label, score });

  test('each half is cut where the other is best cut', () => {
    // half 0 is best cut at -2, which puts one of half 1 on the wrong side: 2 of 2 and 1 of 2
    const outcomes = [
      ...[outcome(0, 1, -1), outcome(0, 0, -3)],
      ...[outcome(1, 1, -1.5), outcome(1, 0, -1.8), outcome(1, 1, -1.6), outcome(1, 0, -9)],
    ];
    // half 1 is best cut between -1.6 and -1.8, which parts half 0 as well: tp 3, fp 1, tn 2, fn 0
    expect(crossMatthews.of(outcomes)).toBeCloseTo((3 * 2) / Math.sqrt(4 * 3 * 3 * 2), 14);
    expect(areaMetric.of(outcomes)).toBe(1);
  });

  test('scores that say nothing give nothing, and one half alone gives a number', () => {
    const random = new Random(0, 'noise');
    const outcomes = Array.from({ length: 4000 }, (_, i) => outcome(i % 2, random.int(2), random.uniform()));
    expect(Math.abs(crossMatthews.of(outcomes))).toBeLessThan(0.05); // measured 0.0312; 1 / sqrt(4000) is 0.016
    expect(crossMatthews.of([outcome(0, 1, -1), outcome(0, 0, -3)])).toBe(0);
  });
});

test('sst-2-zero-shot asks what very goes on with', () => {
  const [document] = sst2ZeroShot.read([file('sentence\tlabel\na joy .\t1\n')]);
  expect(sst2ZeroShot.ask(document, 0)).toEqual({
    context: 'a joy . very',
    choices: [' negative', ' positive'],
  });
  const judged = sst2ZeroShot.judge(document, { logProbs: [-2, -1], tokens: [1, 1] });
  expect(sst2ZeroShot.metrics.accuracy.of([judged])).toBe(1);
});

test('race-zero-shot takes the best mean token; questions with an empty option are left out', () => {
  const passage = {
    article: 'Tea is hot.',
    questions: ['What is hot?', 'Why?'],
    options: [
      ['Tea', 'Ice'],
      ['No', ''],
    ],
    answers: ['A', 'A'],
  };
  const documents = raceZeroShot.read([json(passage)]);
  expect(documents.length).toBe(1);
  expect(raceZeroShot.ask(documents[0], 0)).toEqual({
    context: 'Tea is hot.\nWhat is hot?',
    choices: [' Tea', ' Ice'],
  });
  const judged = raceZeroShot.judge(documents[0], { logProbs: [-3, -2], tokens: [2, 1] });
  expect(judged).toMatchObject({ correct: 1, plain: 0 });
});
