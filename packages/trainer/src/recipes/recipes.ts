import { InvalidArgumentError } from '@gpt-ts/core';
import type { PresetName } from '@gpt-ts/model';
import { checkSettings, type TrainSettings } from '../settings.js';
import { gpt1Pretrain } from './gpt1.js';
import { gpt2Pretrain } from './gpt2.js';
import { gpt3Pretrain } from './gpt3.js';
import type { Recipe } from './recipe.js';
import { nano, shakespeareChar, stories } from './small.js';

/** Recipes of pre-training, by name. `gpt1Finetune` is that of fine-tuning. */
export const recipes: {
  readonly 'gpt1-pretrain': Recipe;
  readonly 'gpt2-pretrain': Recipe;
  readonly 'gpt3-pretrain': Recipe;
  readonly 'shakespeare-char': Recipe;
  readonly stories: Recipe;
  readonly nano: Recipe;
} = {
  'gpt1-pretrain': gpt1Pretrain,
  'gpt2-pretrain': gpt2Pretrain,
  'gpt3-pretrain': gpt3Pretrain,
  'shakespeare-char': shakespeareChar,
  stories,
  nano,
};

/** A name of {@link recipes}. */
export type RecipeName = keyof typeof recipes;

/** The recipe that trains a preset. */
export function recipeFor(preset: PresetName): RecipeName {
  const names = Object.keys(recipes) as RecipeName[];
  return names.find((name) => preset in recipes[name].models)!;
}

/**
 * A recipe's settings for one of its models, with some replaced.
 *
 * A warm-up that was not given stays within a tenth of the run, and the rate ends at the same share of a peak that was.
 *
 * @param changes - Fields that are `undefined` change nothing.
 * @throws InvalidArgumentError when the recipe does not train the preset.
 * @throws InvalidConfigError when the outcome is no run.
 */
export function settingsOf(
  name: RecipeName,
  preset: PresetName,
  changes: Partial<TrainSettings> = {},
  source?: string,
): TrainSettings {
  const { models, settings } = recipes[name];
  if (!(preset in models)) {
    const expected = `one that ${name} trains: ${Object.keys(models).join(', ')}`;
    throw new InvalidArgumentError({ argument: 'preset', expected, received: preset });
  }
  const base = { ...settings, ...models[preset] };
  const given = Object.fromEntries(Object.entries(changes).filter(([, value]) => value !== undefined));
  const merged: TrainSettings = { ...base, ...given };
  if (changes.minLearningRate === undefined && base.minLearningRate !== undefined) {
    merged.minLearningRate = (merged.learningRate * base.minLearningRate) / base.learningRate;
  }
  if (changes.warmupSteps === undefined && base.warmupSteps !== undefined) {
    merged.warmupSteps = Math.min(base.warmupSteps, Math.floor(merged.maxSteps / 10));
  }
  return checkSettings(merged, source);
}
