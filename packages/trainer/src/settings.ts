/** How a model is trained, as data: every number a run depends on, besides its model and its text. */
import { InvalidConfigError } from '@gpt-ts/core';
import { z } from 'zod';
import { checkSchema } from './check-schema.js';
import { type ScheduleName, scheduleNames } from './schedule.js';

/** All settings of a run. */
export interface TrainSettings {
  /** Sequences per update. */
  batchSize: number;
  /** Sequences in memory at a time; the gradients of an update's parts are added up. Default: `batchSize`. */
  microBatchSize?: number;
  /** Sequences of the first update. Updates grow from there to `batchSize`, in a line over `rampTokens`. */
  rampFrom?: number;
  /** Tokens over which updates grow. */
  rampTokens?: number;
  /** Updates in all. */
  maxSteps: number;
  /** `adamw`: Loshchilov & Hutter; `adam-gpt1`: that of GPT-1's `opt.py`. Default: `adamw`. */
  optimizer?: 'adamw' | 'adam-gpt1';
  /** Peak learning rate. */
  learningRate: number;
  /** Where the rate ends. Default: 0. */
  minLearningRate?: number;
  /** How the rate gets there. Default: `cosine`. */
  schedule?: ScheduleName;
  /** Updates of linear warm-up. Default: 0. */
  warmupSteps?: number;
  /** The update at which the rate has come to its minimum. Default: `maxSteps`. */
  decaySteps?: number;
  /** Tokens of linear warm-up, for `gpt3-cosine`. */
  warmupTokens?: number;
  /** Tokens after which `gpt3-cosine` has come to its minimum. */
  decayTokens?: number;
  /** Decay of the mean of gradients. */
  beta1: number;
  /** Decay of the mean of squared gradients. */
  beta2: number;
  /** Added to the root. */
  eps: number;
  /** Decoupled decay, on matrices and embeddings only. */
  weightDecay: number;
  /** Largest global norm of the gradient; larger ones are scaled down. 0: no limit. */
  clipNorm: number;
  /** Share of the old value in a running average of the weights, which is then evaluated and saved. 0: none. Default: 0. */
  emaDecay?: number;
  /** Keep only each block's input and compute the block again on the way back: a third more work, far less memory. */
  recompute?: boolean;
  /** Updates between evaluations; there is one before the first and one after the last. */
  evalEvery: number;
  /** Evaluations in a row without a new best after which training stops. 0: never. Default: 0. */
  patience?: number;
  /** Updates between samples. 0: none. Default: 0. */
  sampleEvery?: number;
  /** Updates between checkpoints; there is one before the first and one after the last. */
  checkpointEvery: number;
  /** Checkpoints to keep besides the best. Default: 2. */
  keepLast?: number;
  /** Seed of the weights, the batches and the dropout. 0 counts. */
  seed: number;
}

const positive = z.number().positive();
const share = z.number().min(0).lt(1);
const count = z.int().min(0);
const atLeastOne = z.int().min(1);

/** For those who check settings as a part of something larger. */
export const settingsSchema: z.ZodObject<
  { [K in keyof TrainSettings]-?: z.ZodType<TrainSettings[K]> },
  z.core.$strict
> = z.strictObject({
  batchSize: atLeastOne.describe('sequences per update'),
  microBatchSize: atLeastOne.optional().describe('sequences in memory at a time'),
  rampFrom: atLeastOne.optional().describe('sequences of the first update; they grow to batchSize'),
  rampTokens: positive.optional().describe('tokens over which updates grow'),
  maxSteps: atLeastOne.describe('updates in all'),
  optimizer: z.enum(['adamw', 'adam-gpt1']).optional().describe('adamw, or adam-gpt1 as in its opt.py'),
  learningRate: positive.describe('peak'),
  minLearningRate: z.number().min(0).optional().describe('where the rate ends'),
  schedule: z.enum(scheduleNames).optional().describe('how the rate goes'),
  warmupSteps: z.number().min(0).optional().describe('updates of linear warm-up'),
  decaySteps: positive.optional().describe('the update at which the rate is at its minimum'),
  warmupTokens: z.number().min(0).optional().describe('tokens of warm-up, for gpt3-cosine'),
  decayTokens: positive.optional().describe('tokens until the minimum, for gpt3-cosine'),
  beta1: share.describe('decay of the mean of gradients'),
  beta2: share.describe('decay of the mean of squared gradients'),
  eps: positive.describe('added to the root'),
  weightDecay: z.number().min(0).describe('decoupled decay, on matrices and embeddings'),
  clipNorm: z.number().min(0).describe('largest global norm of the gradient; 0: no limit'),
  emaDecay: share.optional().describe('of a running average of the weights; 0: none'),
  recompute: z.boolean().optional().describe('blocks keep their input alone: slower, far less memory'),
  evalEvery: atLeastOne.describe('updates between evaluations'),
  patience: count.optional().describe('evaluations without a new best until it stops; 0: never'),
  sampleEvery: count.optional().describe('updates between samples; 0: none'),
  checkpointEvery: atLeastOne.describe('updates between checkpoints'),
  keepLast: atLeastOne.optional().describe('checkpoints kept besides the best'),
  seed: count.describe('of weights, batches and dropout'),
});

/**
 * Checks settings from outside: a file, flags, a checkpoint.
 *
 * @param source - What to call them in the error: a file name, or `'settings'`.
 * @throws InvalidConfigError naming the field, what it must be and what it is; of a misspelt one, what it is close to.
 * @example
 * checkSettings({ ...recipes.nano.settings, learningrate: 1 }); // throws: ... did you mean learningRate?
 */
export function checkSettings(value: unknown, source = 'settings'): TrainSettings {
  const settings = checkSchema(settingsSchema, value, source);
  const { batchSize, microBatchSize = 1, rampFrom, rampTokens, schedule } = settings;
  const refuse = (field: keyof TrainSettings, expected: string) => {
    throw new InvalidConfigError({ source, field, expected, received: settings[field] });
  };
  if (microBatchSize > batchSize) refuse('microBatchSize', `at most batchSize, ${batchSize}`);
  if ((rampFrom ?? 1) > batchSize) refuse('rampFrom', `at most batchSize, ${batchSize}`);
  if ((rampFrom === undefined) !== (rampTokens === undefined)) {
    refuse(rampFrom === undefined ? 'rampFrom' : 'rampTokens', 'given too: a ramp has both');
  }
  if (schedule === 'gpt3-cosine' && settings.decayTokens === undefined) refuse('decayTokens', 'given');
  return settings;
}
