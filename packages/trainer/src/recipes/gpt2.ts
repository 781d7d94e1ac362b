import { adamW } from './adam-w.js';
import type { Recipe } from './recipe.js';

/** GPT-2, with what its paper leaves open filled in from nanoGPT. */
export const gpt2Pretrain: Recipe = {
  about: 'GPT-2: 300 billion tokens of web text.',
  source:
    'Radford et al. 2019, section 2.3, gives the batch of 512 and the context of 1024 alone; the rest is nanoGPT config/train_gpt2.py (its batch is 480).',
  models: { gpt2: {}, 'gpt2-medium': {}, 'gpt2-large': {}, 'gpt2-xl': {} },
  settings: {
    ...adamW,
    batchSize: 512,
    maxSteps: 600_000,
    learningRate: 6e-4,
    minLearningRate: 6e-5,
    warmupSteps: 2000,
    evalEvery: 1000,
    checkpointEvery: 1000,
    seed: 1337,
  },
  tokenizer: { kind: 'byte-bpe', nVocab: 50_257 },
  documents: 'packed',
  replacement: false,
  expected: {
    curve: '2.85 nats on OpenWebText for the 124M model (nanoGPT README)',
    time: '4 days',
    machine: '8 A100 GPUs (nanoGPT README)',
  },
};
