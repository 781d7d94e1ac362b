/** A run small enough for tests: its model, settings and batches. */
import { type MemoryStorage, Random, type Storage } from '@gpt-ts/core';
import { GPT, type TokenBatch } from '@gpt-ts/model';
import { checkpointName } from '../../src/checkpoint/checkpoint-name.js';
import type { StepEnd, TrainEvent } from '../../src/events.js';
import { LOG_FILE } from '../../src/log.js';
import { LanguageModelling } from '../../src/objectives/language-modelling.js';
import type { TrainSettings } from '../../src/settings.js';
import { Trainer, type TrainerOptions, type TrainOptions } from '../../src/trainer.js';

export const sizes = { nLayer: 1, nHead: 2, nEmbd: 8, nCtx: 6, nVocab: 7 };

export const settings: TrainSettings = {
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
export function drawBatch(stream: string, batchSize = settings.batchSize): TokenBatch {
  const random = new Random(settings.seed, stream);
  const inputs = new Int32Array(batchSize * sizes.nCtx);
  const targets = new Int32Array(inputs.length);
  for (let i = 0; i < inputs.length; i++) {
    inputs[i] = i % sizes.nCtx === 0 ? random.int(sizes.nVocab) : targets[i - 1];
    targets[i] = (inputs[i] + 1 + random.int(2)) % sizes.nVocab;
  }
  return { inputs, targets, batchSize };
}

export const data: TrainOptions<TokenBatch> = {
  batch: (first, count) => drawBatch(`batch from ${first}`, count),
  validation: () => [drawBatch('validation'), drawBatch('more validation', 2)],
};

export async function startTiny(
  storage?: Storage,
  changes: Partial<TrainSettings> = {},
  options?: TrainerOptions,
): Promise<Trainer<TokenBatch>> {
  const objective = new LanguageModelling(GPT.random(sizes, settings.seed));
  try {
    return await Trainer.start(objective, { ...settings, ...changes }, storage, options);
  } catch (error) {
    objective[Symbol.dispose]();
    throw error;
  }
}

export function resumeTiny(storage: Storage, options?: TrainerOptions): Promise<Trainer<TokenBatch>> {
  return Trainer.resume(LanguageModelling, storage, options);
}

/** Runs to the end, or to the first event that `until` holds of, as if the program had been killed there. */
export async function collect<B>(
  trainer: Trainer<B>,
  options: TrainOptions<B>,
  until: (event: TrainEvent) => boolean = () => false,
): Promise<TrainEvent[]> {
  const events: TrainEvent[] = [];
  for await (const event of trainer.run(options)) {
    events.push(event);
    if (until(event)) break;
  }
  return events;
}

/** {@link collect} with the batches of this file. */
export function run(
  trainer: Trainer<TokenBatch>,
  options: TrainOptions<TokenBatch> = data,
  until?: (event: TrainEvent) => boolean,
): Promise<TrainEvent[]> {
  return collect(trainer, options, until);
}

/** The updates among events. */
export const stepsOf = (events: readonly TrainEvent[]): StepEnd[] =>
  events.filter((event): event is StepEnd => event.type === 'step-end');

/** The numbers of a checkpoint by tensor name, without its text and files. */
export function tensorsOf(storage: MemoryStorage, step: number): Map<string, Float32Array> {
  const { buffer } = storage.files.get(checkpointName(step))!.slice();
  const start = 8 + Number(new DataView(buffer).getBigUint64(0, true));
  const header = JSON.parse(new TextDecoder().decode(new Uint8Array(buffer, 8, start - 8)));
  const tensors = new Map<string, Float32Array>();
  for (const [name, { dtype, data_offsets: offsets }] of Object.entries<Entry>(header)) {
    if (dtype !== 'F32') continue;
    const [begin, end] = offsets.map((at) => start + at);
    tensors.set(name, new Float32Array(buffer.slice(begin, end)));
  }
  return tensors;
}

interface Entry {
  dtype?: string;
  data_offsets: number[];
}

/** Events without the time they took. */
export function timeless(events: readonly object[]): object[] {
  return events.map((event) => ({ ...event, elapsedMs: undefined, tokensPerSecond: undefined }));
}

/** The events of a run's log, without their times. */
export function readLog(storage: MemoryStorage): TrainEvent[] {
  const lines = new TextDecoder().decode(storage.files.get(LOG_FILE)).trimEnd().split('\n');
  return timeless(lines.map((line) => JSON.parse(line))) as TrainEvent[];
}
