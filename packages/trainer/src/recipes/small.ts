/** Recipes for a laptop. */
import { adamW } from './adam-w.js';
import type { Recipe } from './recipe.js';

/** Seconds on any machine, to see that everything works. */
export const nano: Recipe = {
  about: 'The smallest run: seconds, for trying things out.',
  source: 'Chosen here.',
  models: { nano: {} },
  settings: {
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
  tokenizer: { kind: 'byte-bpe', nVocab: 2048 },
  documents: 'packed',
  replacement: false,
  expected: { curve: 'the loss falls', time: 'seconds', machine: 'any' },
};

/** The built-in story world. */
export const stories: Recipe = {
  about: 'A model that tells stories of the built-in world.',
  source: 'Chosen here by trying sizes, rates and decays for two minutes each.',
  models: { stories: {} },
  settings: {
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
  tokenizer: { kind: 'byte-bpe', nVocab: 2048 },
  documents: 'aligned',
  replacement: true,
  expected: {
    curve: '0.46 nats on held-back stories (docs/curves/stories.md)',
    time: 'one to two minutes',
    machine: '2 cores',
  },
};

/** Tiny Shakespeare, letter by letter. */
export const shakespeareChar: Recipe = {
  about: 'Tiny Shakespeare, character by character.',
  source: "nanoGPT's settings for CPUs (its README).",
  models: { 'shakespeare-char': {} },
  settings: {
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
  tokenizer: { kind: 'char' },
  documents: 'packed',
  replacement: true,
  expected: {
    curve:
      "1.89 nats on the last tenth of the text (docs/curves/shakespeare-char.md); 1.88 in nanoGPT's own run",
    time: 'three minutes',
    machine: '2 cores',
  },
};
