import { describe, expect, test } from 'vitest';
import { recipes } from './recipes/recipes.js';
import { batchSizeAt, learningRateAt, type Position, scheduleNames, trainingTokens } from './schedule.js';
import type { TrainSettings } from './settings.js';

const at = (step: number): Position => ({ step, tokens: 10 * step, nextTokens: 10 });

describe('learningRateAt', () => {
  const recipe = recipes['shakespeare-char'].settings;

  // What nanoGPT's get_lr gives, as the PyTorch run of the same settings logged it.
  test.each([
    [0, 9.900990099009901e-6],
    [250, 0.0009862301196726987],
    [500, 0.0009051132292283772],
    [750, 0.0007641763268666832],
    [1000, 0.0005871607054625496],
    [1250, 0.00040388523885789244],
    [1500, 0.0002452232927684166],
    [1750, 0.00013790200300522413],
    [2000, 0.0001],
  ])('step %d of shakespeare-char has the rate of nanoGPT', (step, want) => {
    expect(learningRateAt(at(step), recipe)).toBe(want);
  });

  test('rises through the warm-up, peaks, and falls to the minimum, where it stays', () => {
    const rates = Array.from({ length: 2100 }, (_, step) => learningRateAt(at(step), recipe));
    const rising = rates.findIndex((rate, step) => rates[step + 1] <= rate);
    expect(rising).toBe(100);
    expect(rates[100]).toBe(1e-3);
    expect(rates.slice(100, 2000).every((rate, i) => rates[101 + i] < rate)).toBe(true);
    expect(rates.slice(2000)).toEqual(new Array(100).fill(1e-4));
    expect(rates[1050]).toBeCloseTo((1e-3 + 1e-4) / 2, 15); // half way
  });

  test('no warm-up starts at the peak', () => {
    expect(learningRateAt(at(0), { ...recipe, warmupSteps: 0 })).toBe(1e-3);
  });

  test('a warm-up as long as the run, or longer, never divides by zero', () => {
    for (const warmupSteps of [2000, 3000]) {
      const rates = [0, 1999, 2000, 2999, 3000].map((step) =>
        learningRateAt(at(step), { ...recipe, warmupSteps }),
      );
      expect(rates.every((rate) => rate > 0 && rate <= 1e-3)).toBe(true);
    }
  });
});

describe('the schedules of GPT-1', () => {
  const settings = { learningRate: 1, warmupSteps: 2.5, maxSteps: 10 } as const;
  const rates = (schedule: TrainSettings['schedule']) =>
    Array.from({ length: 11 }, (_, step) => learningRateAt(at(step), { ...settings, schedule }));

  test('are those of opt.py, whose first update has rate 0', () => {
    // warmup_linear(x, 0.25), warmup_cosine and warmup_constant, written out as in opt.py
    const opt = {
      'gpt1-linear': (x: number) => (x <= 0.25 ? x / 0.25 : 1) * (1 - x),
      'gpt1-cosine': (x: number) => (x <= 0.25 ? x / 0.25 : 0.5 * (1 + Math.cos(Math.PI * x))),
      'gpt1-constant': (x: number) => (x <= 0.25 ? x / 0.25 : 1),
    };
    for (const [name, want] of Object.entries(opt)) {
      const found = rates(name as keyof typeof opt);
      found.forEach((rate, step) => {
        expect(rate, `${name} ${step}`).toBeCloseTo(want(step / 10), 15);
      });
      expect(found[0]).toBe(0);
    }
  });

  test('warm up for less than an update', () => {
    // ROCStories: 138 updates, 0.2 % of which is 0.276
    const short = { ...settings, schedule: 'gpt1-linear', warmupSteps: 0.276, maxSteps: 138 } as const;
    expect(learningRateAt(at(0), short)).toBe(0);
    expect(learningRateAt(at(1), short)).toBeCloseTo(137 / 138, 15);
  });

  test('without a warm-up begin at the peak', () => {
    expect(learningRateAt(at(0), { ...settings, schedule: 'gpt1-linear', warmupSteps: 0 })).toBe(1);
  });
});

describe('the schedule of GPT-3', () => {
  const { settings } = recipes['gpt3-pretrain'];
  const rate = (tokens: number) =>
    learningRateAt({ step: 0, tokens: tokens - 500_000, nextTokens: 500_000 }, settings) /
    settings.learningRate;

  test.each([
    [500_000, 500_000 / 375e6],
    [374e6, 374 / 375],
    [375e6, 0.1 + 0.45 * (1 + Math.cos((Math.PI * 375e6) / 260e9))],
    [130e9, 0.55],
    [260e9, 0.1],
    [300e9, 0.1],
  ])('after %d tokens is %d of its peak', (tokens, share) => {
    expect(rate(tokens)).toBeCloseTo(share, 12);
  });
});

test('every schedule stays between 0 and its peak, and ends at its minimum', () => {
  for (const schedule of scheduleNames) {
    const settings = { learningRate: 1, minLearningRate: 0.1, warmupSteps: 3, maxSteps: 20, decaySteps: 15 };
    const tokens = { warmupTokens: 30, decayTokens: 150 };
    const rates = Array.from({ length: 21 }, (_, step) =>
      learningRateAt(at(step), { ...settings, ...tokens, schedule }),
    );
    expect(rates.every((rate) => rate >= 0 && rate <= 1)).toBe(true);
    expect(rates[20], schedule).toBeCloseTo(schedule.endsWith('constant') ? 1 : 0.1, 15);
  }
});

describe('batchSizeAt', () => {
  test('grows in a line and stays', () => {
    const ramp = { batchSize: 12, rampFrom: 2, rampTokens: 100 };
    expect([0, 5, 10, 50, 99, 100, 1000].map((tokens) => batchSizeAt(tokens, ramp))).toEqual([
      2, 2, 3, 7, 11, 12, 12,
    ]);
  });

  test('is the whole batch without a ramp', () => {
    expect(batchSizeAt(0, { batchSize: 5 })).toBe(5);
  });

  test.each(Object.keys(recipes['gpt3-pretrain'].models))('%s sees 300 billion tokens', (name) => {
    const settings = {
      ...recipes['gpt3-pretrain'].settings,
      ...recipes['gpt3-pretrain'].models[name as 'gpt3-small'],
    };
    let tokens = 0;
    for (let step = 0; step < settings.maxSteps; step++) tokens += 2048 * batchSizeAt(tokens, settings);
    expect(Math.abs(tokens / 300e9 - 1)).toBeLessThan(0.002); // batches are whole sequences; seen: 0.0015
    expect(Math.abs(trainingTokens(settings, 2048) / tokens - 1)).toBeLessThan(0.002); // seen: 0.0009
  });

  test.each([50, 500, 5000])(
    '%d updates with a ramp have as many tokens as trainingTokens says',
    (maxSteps) => {
      const settings = { batchSize: 100, rampFrom: 10, rampTokens: 300_000, maxSteps };
      let tokens = 0;
      for (let step = 0; step < maxSteps; step++) tokens += 7 * batchSizeAt(tokens, settings);
      expect(Math.abs(trainingTokens(settings, 7) / tokens - 1)).toBeLessThan(0.06); // seen: 0.05, 0.02, 0.002
    },
  );
});
