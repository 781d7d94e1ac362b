/** A run small enough for tests: its model, recipe and batches. */
import { type MemoryStorage, Random, type Storage } from '@gpt-ts/core';
import { GPT, type TokenBatch } from '@gpt-ts/model';
import type { TrainEvent } from '../../src/events.js';
import { LOG_FILE } from '../../src/log.js';
import type { Recipe } from '../../src/recipe.js';
import { Trainer, type TrainOptions } from '../../src/trainer.js';

export const sizes = { nLayer: 1, nHead: 2, nEmbd: 8, nCtx: 6, nVocab: 7 };

export const recipe: Recipe = {
  batchSize: 3,
  maxSteps: 10,
  learningRate: 1e-2,
  minLearningRate: 1e-3,
  warmupSteps: 2,
  beta1: 0.9,
  beta2: 0.95,
  eps: 1e-8,
  weightDecay: 0.1,
  clipNorm: 1,
  evalEvery: 4,
  checkpointEvery: 5,
  seed: 0,
};

/** Rows that count in steps of 1 or 2, whichever comes: something to learn, and something that cannot be known. */
export function drawBatch(stream: string, batchSize = recipe.batchSize): TokenBatch {
  const random = new Random(recipe.seed, stream);
  const inputs = new Int32Array(batchSize * sizes.nCtx);
  const targets = new Int32Array(inputs.length);
  for (let i = 0; i < inputs.length; i++) {
    inputs[i] = i % sizes.nCtx === 0 ? random.int(sizes.nVocab) : targets[i - 1];
    targets[i] = (inputs[i] + 1 + random.int(2)) % sizes.nVocab;
  }
  return { inputs, targets, batchSize };
}

export const data: TrainOptions = {
  batch: (step) => drawBatch(`batch ${step}`),
  validation: () => [drawBatch('validation'), drawBatch('more validation', 2)],
};

export function startTiny(storage?: Storage, changes: Partial<Recipe> = {}): Trainer {
  return Trainer.start(GPT.random(sizes, recipe.seed), { ...recipe, ...changes }, storage);
}

/** Runs to the end, or to the first event that `until` holds of, as if the program had been killed there. */
export async function run(
  trainer: Trainer,
  options: TrainOptions = data,
  until: (event: TrainEvent) => boolean = () => false,
): Promise<TrainEvent[]> {
  const events: TrainEvent[] = [];
  for await (const event of trainer.run(options)) {
    events.push(event);
    if (until(event)) break;
  }
  return events;
}

/** Events without the time they took. */
export function timeless(events: readonly object[]): object[] {
  return events.map((event) => ({ ...event, elapsedMs: undefined }));
}

/** The events of a run's log, without their times. */
export function readLog(storage: MemoryStorage): object[] {
  const lines = new TextDecoder().decode(storage.files.get(LOG_FILE)).trimEnd().split('\n');
  return timeless(lines.map((line) => JSON.parse(line)));
}
