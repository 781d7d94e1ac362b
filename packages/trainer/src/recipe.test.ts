import { InvalidConfigError } from '@gpt-ts/core';
import { type PresetName, presets } from '@gpt-ts/model';
import { describe, expect, test } from 'vitest';
import { checkRecipe, type Recipe, recipes } from './recipe.js';

describe('checkRecipe', () => {
  const good = recipes.nano;

  test('gives back what it was given', () => {
    expect(checkRecipe(good)).toBe(good);
  });

  const edges: Partial<Recipe>[] = [
    { batchSize: 1, maxSteps: 1, evalEvery: 1, checkpointEvery: 1 },
    { warmupSteps: 0, seed: 0, minLearningRate: 0, weightDecay: 0, beta1: 0, beta2: 0 },
    { warmupSteps: 10_000, clipNorm: 1e9 },
  ];
  test.each(edges)('%o can run', (change) => {
    expect(() => checkRecipe({ ...good, ...change })).not.toThrow();
  });

  const integers = ['batchSize', 'maxSteps', 'evalEvery', 'checkpointEvery'] as const;
  const counts = ['warmupSteps', 'seed'] as const;
  const positive = ['learningRate', 'eps', 'clipNorm'] as const;
  const notNegative = ['minLearningRate', 'weightDecay'] as const;
  const betas = ['beta1', 'beta2'] as const;
  const { NaN: nan, POSITIVE_INFINITY: infinity } = Number;
  const never = [undefined, null, '1', true, nan, infinity, -1];
  const cases: [field: keyof Recipe, expected: string, bad: unknown[]][] = [
    ...integers.map((field): (typeof cases)[0] => [field, 'a positive integer', [...never, 0, 1.5, 2 ** 53]]),
    ...counts.map((field): (typeof cases)[0] => [field, 'an integer of 0 or more', [...never, 0.5]]),
    ...positive.map((field): (typeof cases)[0] => [field, 'a positive number', [...never, 0]]),
    ...notNegative.map((field): (typeof cases)[0] => [field, 'a number of 0 or more', never]),
    ...betas.map((field): (typeof cases)[0] => [field, 'at least 0 and below 1', [...never, 1]]),
  ];

  test('every field is checked', () => {
    expect(cases.map(([field]) => field).sort()).toEqual(Object.keys(good).sort());
  });

  test.each(cases)('%s must be %s', (field, expected, bad) => {
    for (const value of bad) {
      const check = () => checkRecipe({ ...good, [field]: value });
      expect(check).toThrow(InvalidConfigError);
      expect(check).toThrow(`recipe: ${field} must be ${expected}, got `);
    }
  });

  test('names the file it was read from', () => {
    expect(() => checkRecipe({ ...good, seed: -1 }, 'runs/a.json')).toThrow(
      'runs/a.json: seed must be an integer of 0 or more, got -1.',
    );
  });

  test.each([[null], [undefined], ['text'], [7], [[]]])('%s is not a recipe', (value) => {
    expect(() => checkRecipe(value as unknown as Recipe)).toThrow(InvalidConfigError);
  });
});

test('there is a recipe for every preset, and each can run', () => {
  expect(Object.keys(recipes)).toEqual(Object.keys(presets));
  for (const name of Object.keys(recipes) as PresetName[])
    expect(() => checkRecipe(recipes[name])).not.toThrow();
});
