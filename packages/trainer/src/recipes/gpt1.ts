import type { FineTuningRecipe, Recipe } from './recipe.js';

const adam = {
  optimizer: 'adam-gpt1',
  beta1: 0.9,
  beta2: 0.999,
  eps: 1e-8,
  weightDecay: 0.01,
  clipNorm: 1,
} as const;

/** GPT-1 section 4.1. */
export const gpt1Pretrain: Recipe = {
  about: 'GPT-1: L1 on long contiguous text.',
  source:
    'Radford et al. 2018, section 4.1; betas, epsilon and clipping are those of its fine-tuning code, since the paper gives none. Not published: the size of the corpus in tokens; maxSteps is 100 epochs of a billion tokens.',
  models: { gpt1: {} },
  settings: {
    ...adam,
    batchSize: 64,
    maxSteps: 3_000_000,
    learningRate: 2.5e-4,
    schedule: 'gpt1-cosine',
    warmupSteps: 2000,
    evalEvery: 1000,
    checkpointEvery: 1000,
    seed: 42,
  },
  tokenizer: { kind: 'gpt1-bpe', nVocab: 40_478 },
  documents: 'packed',
  replacement: false,
  expected: {
    curve: 'token perplexity 18.4 on its corpus, 2.91 nats (paper)',
    time: 'a month',
    machine: '8 GPUs of 2018 (OpenAI, 2018-06-11)',
  },
};

/** GPT-1 section 4.1, "fine-tuning details", and the defaults of the released code. */
export const gpt1Finetune: FineTuningRecipe = {
  about: 'GPT-1: L3 = L2 + 0.5 L1 on labelled examples.',
  source:
    'Radford et al. 2018, section 4.1; openai/finetune-transformer-lm train.py for clipping, betas, epsilon and seed.',
  epochs: 3,
  warmupShare: 0.002,
  lmCoef: 0.5,
  clfPdrop: 0.1,
  settings: { ...adam, batchSize: 32, learningRate: 6.25e-5, schedule: 'gpt1-linear', seed: 42 },
  expected: {
    curve: 'accuracy on development rows rises within the first epoch',
    time: 'minutes for models of a few million parameters',
    machine: '2 cores; docs/curves/fine-tuning.md has our runs',
  },
};
