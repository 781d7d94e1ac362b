import { InvalidConfigError } from '@gpt-ts/core';
import { describe, expect, test } from 'vitest';
import { recipes } from './recipes/recipes.js';
import { checkSettings, type TrainSettings } from './settings.js';

const good = recipes.nano.settings;
const message = (settings: unknown, source?: string): string => {
  try {
    checkSettings(settings, source);
    return 'no error';
  } catch (error) {
    expect(error).toBeInstanceOf(InvalidConfigError);
    return (error as Error).message;
  }
};

describe('checkSettings', () => {
  const edges: Partial<TrainSettings>[] = [
    { batchSize: 1, maxSteps: 1, evalEvery: 1, checkpointEvery: 1, keepLast: 1 },
    { warmupSteps: 0, seed: 0, minLearningRate: 0, weightDecay: 0, beta1: 0, beta2: 0, clipNorm: 0 },
    { warmupSteps: 10_000, clipNorm: 1e9, emaDecay: 0, patience: 0, sampleEvery: 0 },
    { batchSize: 8, microBatchSize: 8, rampFrom: 8, rampTokens: 1, recompute: true },
    { schedule: 'gpt3-cosine', decayTokens: 10, warmupTokens: 0 },
    { optimizer: 'adam-gpt1', schedule: 'gpt1-linear', warmupSteps: 0.276 },
  ];
  test.each(edges)('%o can run', (change) => {
    expect(checkSettings({ ...good, ...change })).toEqual({ ...good, ...change });
  });

  const { NaN: nan, POSITIVE_INFINITY: infinity } = Number;
  const never = [null, '1', true, nan, infinity, -1];
  const cases: Record<string, unknown[]> = {
    ...Object.fromEntries(
      ['batchSize', 'maxSteps', 'evalEvery', 'checkpointEvery', 'keepLast', 'microBatchSize', 'rampFrom'].map(
        (field) => [field, [...never, 0, 1.5, 2 ** 53]],
      ),
    ),
    ...Object.fromEntries(['seed', 'patience', 'sampleEvery'].map((field) => [field, [...never, 0.5]])),
    ...Object.fromEntries(
      ['learningRate', 'eps', 'decaySteps', 'decayTokens', 'rampTokens'].map((field) => [
        field,
        [...never, 0],
      ]),
    ),
    ...Object.fromEntries(
      ['minLearningRate', 'weightDecay', 'clipNorm', 'warmupSteps', 'warmupTokens'].map((field) => [
        field,
        never,
      ]),
    ),
    ...Object.fromEntries(['beta1', 'beta2', 'emaDecay'].map((field) => [field, [...never, 1]])),
    recompute: [null, 'yes', 1],
    optimizer: ['sgd', null, 1],
    schedule: ['cosin', null, 1],
  };
  test.each(Object.entries(cases))('%s is checked', (field, bad) => {
    for (const value of bad)
      expect(message({ ...good, [field]: value })).toContain(`settings: ${field} must be `);
  });

  test.each(Object.keys(good))('%s must be there', (field) => {
    const optional = ['minLearningRate', 'warmupSteps'].includes(field);
    const left = message({ ...good, [field]: undefined });
    expect(left).toContain(optional ? 'no error' : `settings: ${field} must be `);
  });

  test('a misspelt field is named, with what it is close to', () => {
    expect(message({ ...good, learningrate: 1 }, 'run.toml')).toBe(
      'run.toml: learningrate must be left out: there is no such field, got 1. Did you mean learningRate?',
    );
    expect(message({ ...good, warmup: 1 })).toBe(
      'settings: warmup must be left out: there is no such field, got 1.',
    );
  });

  test.each([
    [{ microBatchSize: 9 }, 'microBatchSize must be at most batchSize, 8, got 9'],
    [{ rampFrom: 9, rampTokens: 1 }, 'rampFrom must be at most batchSize, 8, got 9'],
    [{ rampFrom: 2 }, 'rampTokens must be given too'],
    [{ rampTokens: 2 }, 'rampFrom must be given too'],
    [{ schedule: 'gpt3-cosine' }, 'decayTokens must be given'],
    [{ schedule: 'cosinus' }, 'schedule must be one of cosine, linear'],
    [{ maxSteps: '100' }, 'maxSteps must be a finite number, got "100"'],
    [{ maxSteps: 1.5 }, 'maxSteps must be a whole number, got 1.5'],
    [{ seed: -1 }, 'seed must be at least 0, got -1'],
    [{ eps: 0 }, 'eps must be more than 0, got 0'],
    [{ beta1: 1 }, 'beta1 must be below 1, got 1'],
  ] as [object, string][])('%o: %s', (change, expected) => {
    expect(message({ ...good, ...change })).toContain(`settings: ${expected}`);
  });

  test.each([[null], [undefined], ['text'], [7], [[]]])('%s are no settings', (value) => {
    expect(message(value)).toContain('settings: the whole must be an object, got ');
  });
});
