import { describe, expect, test } from 'vitest';
import { recipes } from './recipe.js';
import { learningRateAt } from './schedule.js';

describe('learningRateAt', () => {
  const recipe = recipes['shakespeare-char'];

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
    expect(learningRateAt(step, recipe)).toBe(want);
  });

  test('rises through the warm-up, peaks, and falls to the minimum, where it stays', () => {
    const rates = Array.from({ length: 2100 }, (_, step) => learningRateAt(step, recipe));
    const rising = rates.findIndex((rate, step) => rates[step + 1] <= rate);
    expect(rising).toBe(100);
    expect(rates[100]).toBe(1e-3);
    expect(rates.slice(100, 2000).every((rate, i) => rates[101 + i] < rate)).toBe(true);
    expect(rates.slice(2000)).toEqual(new Array(100).fill(1e-4));
    expect(rates[1050]).toBeCloseTo((1e-3 + 1e-4) / 2, 15); // half way
  });

  test('no warm-up starts at the peak', () => {
    expect(learningRateAt(0, { ...recipe, warmupSteps: 0 })).toBe(1e-3);
  });

  test('a warm-up as long as the run, or longer, never divides by zero', () => {
    for (const warmupSteps of [2000, 3000]) {
      const rates = [0, 1999, 2000, 2999, 3000].map((step) =>
        learningRateAt(step, { ...recipe, warmupSteps }),
      );
      expect(rates.every((rate) => rate > 0 && rate <= 1e-3)).toBe(true);
    }
  });
});
