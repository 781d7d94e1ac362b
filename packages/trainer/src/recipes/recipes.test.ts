import { InvalidArgumentError } from '@gpt-ts/core';
import { type PresetName, presets } from '@gpt-ts/model';
import { expect, test } from 'vitest';
import { checkSettings } from '../settings.js';
import { gpt1Finetune } from './gpt1.js';
import { type RecipeName, recipeFor, recipes, settingsOf } from './recipes.js';

test('every preset has one recipe, and can run by it', () => {
  const trained = Object.values(recipes).flatMap(({ models }) => Object.keys(models));
  expect(trained.sort()).toEqual(Object.keys(presets).sort());
  for (const preset of Object.keys(presets) as PresetName[]) {
    expect(() => settingsOf(recipeFor(preset), preset)).not.toThrow();
  }
});

test('the recipe of fine-tuning can run', () => {
  const { settings, warmupShare } = gpt1Finetune;
  const rest = { maxSteps: 138, warmupSteps: 138 * warmupShare, evalEvery: 46, checkpointEvery: 46 };
  expect(() => checkSettings({ ...settings, ...rest })).not.toThrow();
});

test.each(Object.entries(recipes))('%s says what it is, whose it is and what to expect', (_, recipe) => {
  const { about, source, expected } = recipe;
  for (const text of [about, source, ...Object.values(expected)]) expect(text.length).toBeGreaterThan(2);
});

test('a preset changes what differs between sizes', () => {
  const small = settingsOf('gpt3-pretrain', 'gpt3-small');
  const large = settingsOf('gpt3-pretrain', 'gpt3-175b');
  expect([small.learningRate, large.learningRate]).toEqual([6e-4, 0.6e-4]);
  expect([small.batchSize, large.batchSize]).toEqual([244, 1563]); // 0.5 and 3.2 million tokens
  expect(large.warmupTokens).toBe(375e6);
});

test('changes move what follows from them: the end of the rate, a warm-up that was not given', () => {
  const settings = settingsOf('nano', 'nano', { learningRate: 1, maxSteps: 50, seed: undefined });
  const { minLearningRate, ...rest } = settings;
  expect(minLearningRate).toBeCloseTo(0.1, 15);
  expect({ ...recipes.nano.settings, ...rest }).toEqual({
    ...recipes.nano.settings,
    ...{ learningRate: 1, maxSteps: 50, warmupSteps: 5 },
  });
  expect(settingsOf('nano', 'nano', { warmupSteps: 40, maxSteps: 50 }).warmupSteps).toBe(40);
});

test('a recipe trains its own presets alone', () => {
  expect(() => settingsOf('gpt2-pretrain', 'gpt1')).toThrow(InvalidArgumentError);
  expect(() => settingsOf('gpt2-pretrain', 'gpt1')).toThrow(
    'one that gpt2-pretrain trains: gpt2, gpt2-medium',
  );
  expect(recipeFor('gpt3-xl') satisfies RecipeName).toBe('gpt3-pretrain');
});
