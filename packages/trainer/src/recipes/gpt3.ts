import type { TrainSettings } from '../settings.js';
import { adamW } from './adam-w.js';
import type { Recipe } from './recipe.js';

const CONTEXT = 2048;
const TOKENS = 300e9;
const FIRST_BATCH = 32_768;

/** GPT-3 table 2.1 and appendix B. */
export const gpt3Pretrain: Recipe = {
  about: 'GPT-3: 300 billion tokens, rate and batch by tokens.',
  source:
    'Brown et al. 2020, table 2.1 and appendix B. The ramp takes "4 to 12 billion tokens, depending on the model size"; which size takes how many is not published: 4 up to large, 8 up to 6.7B and 12 beyond are chosen here.',
  models: {
    'gpt3-small': size(0.5e6, 6e-4, 4e9),
    'gpt3-medium': size(0.5e6, 3e-4, 4e9),
    'gpt3-large': size(0.5e6, 2.5e-4, 4e9),
    'gpt3-xl': size(1e6, 2e-4, 8e9),
    'gpt3-2.7b': size(1e6, 1.6e-4, 8e9),
    'gpt3-6.7b': size(2e6, 1.2e-4, 8e9),
    'gpt3-13b': size(2e6, 1e-4, 12e9),
    'gpt3-175b': size(3.2e6, 0.6e-4, 12e9),
  },
  settings: {
    ...adamW,
    ...size(0.5e6, 6e-4, 4e9),
    schedule: 'gpt3-cosine',
    warmupTokens: 375e6,
    decayTokens: 260e9,
    evalEvery: 1000,
    checkpointEvery: 1000,
    seed: 1337,
  },
  tokenizer: { kind: 'byte-bpe', nVocab: 50_257 },
  documents: 'packed',
  replacement: false,
  expected: {
    curve: 'loss = 2.57 C^-0.048 nats at C petaflop/s-days of compute (paper, figure 3.1)',
    time: '2.6 petaflop/s-days for small, 3640 for 175B (paper, table D.1)',
    machine: 'a cluster of V100 GPUs',
  },
};

type Sized = Pick<
  TrainSettings,
  'batchSize' | 'rampFrom' | 'rampTokens' | 'maxSteps' | 'learningRate' | 'minLearningRate'
>;

function size(batchTokens: number, learningRate: number, rampTokens: number): Sized {
  // While updates grow from b to B tokens in a line over r tokens, there are r ln(B / b) / (B - b) of them.
  const ramp = (rampTokens * Math.log(batchTokens / FIRST_BATCH)) / (batchTokens - FIRST_BATCH);
  return {
    batchSize: Math.round(batchTokens / CONTEXT),
    rampFrom: FIRST_BATCH / CONTEXT,
    rampTokens,
    maxSteps: Math.ceil(ramp + (TOKENS - rampTokens) / batchTokens),
    learningRate,
    minLearningRate: learningRate / 10,
  };
}
