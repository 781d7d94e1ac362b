/** How a model is trained, as data. */
import { InvalidConfigError } from '@gpt-ts/core';
import type { PresetName } from '@gpt-ts/model';

/** All settings of a run except its model and its text. */
export interface Recipe {
  /** Sequences per update. */
  batchSize: number;
  /** Updates in all. */
  maxSteps: number;
  /** Peak learning rate. */
  learningRate: number;
  /** Where the cosine ends. */
  minLearningRate: number;
  /** Updates of linear warm-up. */
  warmupSteps: number;
  /** Decay of the mean of gradients. */
  beta1: number;
  /** Decay of the mean of squared gradients. */
  beta2: number;
  /** Added to the root in AdamW. */
  eps: number;
  /** Decoupled decay, on matrices and embeddings only. */
  weightDecay: number;
  /** Largest global norm of the gradient; larger ones are scaled down. */
  clipNorm: number;
  /** Updates between evaluations; there is one before the first and one after the last. */
  evalEvery: number;
  /** Updates between checkpoints; there is one before the first and one after the last. */
  checkpointEvery: number;
  /** Seed of the weights and of the batches. 0 counts. */
  seed: number;
}

const adamW = { beta1: 0.9, beta2: 0.95, eps: 1e-8, weightDecay: 0.1, clipNorm: 1 };

/** The paper gives only the batch of 512 sequences; the rest is nanoGPT's `config/train_gpt2.py`. */
const gpt2: Recipe = {
  ...adamW,
  batchSize: 512,
  maxSteps: 600_000,
  learningRate: 6e-4,
  minLearningRate: 6e-5,
  warmupSteps: 2000,
  evalEvery: 1000,
  checkpointEvery: 1000,
  seed: 1337,
};

/**
 * GPT-3 table 2.1 and appendix B, 300 billion tokens: the cosine here ends with them, the paper's after 260 billion, and
 * the batch is whole from the start.
 */
function gpt3(batchTokens: number, learningRate: number): Recipe {
  return {
    ...gpt2,
    batchSize: Math.round(batchTokens / 2048),
    maxSteps: Math.ceil(300e9 / batchTokens),
    learningRate,
    minLearningRate: learningRate / 10,
    warmupSteps: Math.round(375e6 / batchTokens),
  };
}

/** Recipes for the presets of `@gpt-ts/model`, by the same names. */
export const recipes: Readonly<Record<PresetName, Recipe>> = {
  /** Chosen here: seconds on any machine. */
  nano: {
    ...adamW,
    batchSize: 8,
    maxSteps: 200,
    learningRate: 3e-3,
    minLearningRate: 3e-4,
    warmupSteps: 20,
    evalEvery: 100,
    checkpointEvery: 100,
    seed: 0,
  },
  /** Chosen here by trying sizes, rates and decays for two minutes each. */
  stories: {
    ...adamW,
    batchSize: 4,
    maxSteps: 1900,
    learningRate: 5e-3,
    minLearningRate: 2.5e-4,
    warmupSteps: 100,
    beta2: 0.99,
    weightDecay: 0,
    evalEvery: 475,
    checkpointEvery: 475,
    seed: 0,
  },
  /** nanoGPT's settings for CPUs (its README): validation loss 1.88 nats in its own run. */
  'shakespeare-char': {
    ...adamW,
    batchSize: 12,
    maxSteps: 2000,
    learningRate: 1e-3,
    minLearningRate: 1e-4,
    warmupSteps: 100,
    beta2: 0.99,
    evalEvery: 250,
    checkpointEvery: 500,
    seed: 1337,
  },
  /** GPT-1 section 4.1; 100 epochs of a corpus of about a billion tokens (its size in tokens is not published). */
  gpt1: {
    ...adamW,
    batchSize: 64,
    maxSteps: 3_000_000,
    learningRate: 2.5e-4,
    minLearningRate: 0,
    warmupSteps: 2000,
    beta2: 0.999,
    weightDecay: 0.01,
    evalEvery: 1000,
    checkpointEvery: 1000,
    seed: 42,
  },
  gpt2,
  'gpt2-medium': gpt2,
  'gpt2-large': gpt2,
  'gpt2-xl': gpt2,
  'gpt3-small': gpt3(0.5e6, 6e-4),
  'gpt3-medium': gpt3(0.5e6, 3e-4),
  'gpt3-large': gpt3(0.5e6, 2.5e-4),
  'gpt3-xl': gpt3(1e6, 2e-4),
  'gpt3-2.7b': gpt3(1e6, 1.6e-4),
  'gpt3-6.7b': gpt3(2e6, 1.2e-4),
  'gpt3-13b': gpt3(2e6, 1e-4),
  'gpt3-175b': gpt3(3.2e6, 0.6e-4),
};

/**
 * Checks a recipe.
 *
 * @param source - What to call it in the error: a file name, or `'recipe'`.
 * @throws InvalidConfigError naming the field and its value.
 */
export function checkRecipe(recipe: Recipe, source = 'recipe'): Recipe {
  if (typeof recipe !== 'object' || recipe === null) {
    const expected = 'a JSON object';
    throw new InvalidConfigError({ source, field: 'the recipe', expected, received: recipe });
  }
  const check = (field: keyof Recipe, expected: string, holds: (value: number) => boolean) => {
    const value: unknown = recipe[field];
    if (typeof value !== 'number' || !holds(value)) {
      throw new InvalidConfigError({ source, field, expected, received: value });
    }
  };
  for (const field of ['batchSize', 'maxSteps', 'evalEvery', 'checkpointEvery'] as const) {
    check(field, 'a positive integer', (value) => Number.isSafeInteger(value) && value >= 1);
  }
  for (const field of ['warmupSteps', 'seed'] as const) {
    check(field, 'an integer of 0 or more', (value) => Number.isSafeInteger(value) && value >= 0);
  }
  for (const field of ['learningRate', 'eps', 'clipNorm'] as const) {
    check(field, 'a positive number', (value) => value > 0 && Number.isFinite(value));
  }
  for (const field of ['minLearningRate', 'weightDecay'] as const) {
    check(field, 'a number of 0 or more', (value) => value >= 0 && Number.isFinite(value));
  }
  for (const field of ['beta1', 'beta2'] as const) {
    check(field, 'at least 0 and below 1', (value) => value >= 0 && value < 1);
  }
  return recipe;
}
