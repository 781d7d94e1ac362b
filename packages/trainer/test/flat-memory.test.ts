/** Memory stays where it is: over a thousand updates, and over failures in the middle of them. */
import { useWasmBackend } from '@gpt-ts/backend-wasm';
import { benchHooks } from '@gpt-ts/backend-wasm/bench';
import { TokenRangeError } from '@gpt-ts/core';
import { memory } from '@gpt-ts/kernels';
import { GPT, type TokenBatch } from '@gpt-ts/model';
import { beforeAll, describe, expect, test } from 'vitest';
import { NonFiniteLossError } from '../src/errors/non-finite-loss-error.js';
import { LanguageModelling } from '../src/objectives/language-modelling.js';
import type { TrainSettings } from '../src/settings.js';
import { Trainer, type TrainOptions } from '../src/trainer.js';
import { collect, drawBatch, settings, sizes } from './support/tiny-run.js';
import { drawExamples, startTask } from './support/tiny-tasks.js';

const changes: Partial<TrainSettings> = {
  ...{ batchSize: 3, microBatchSize: 2, emaDecay: 0.9, maxSteps: 1000, warmupSteps: 0 },
  ...{ evalEvery: 1000, checkpointEvery: 1000 },
};
const rates = { embdPdrop: 0.1, attnPdrop: 0.1, residPdrop: 0.1 };
const languageModelling = () =>
  Trainer.start(new LanguageModelling(GPT.random({ ...sizes, ...rates })), { ...settings, ...changes });
const fineTuning = () => startTask('similarity', undefined, { settings: changes, dropout: 0.1 });
const batch = (first: number, count: number) => drawBatch(`batch from ${first % 30}`, count);
const examples = (first: number, count: number) => drawExamples('similarity', first % 30, count);

/** Tensors, bytes, and the WebAssembly heap. */
const held = () => ({ ...memory(), heap: benchHooks().heapBytes() });

beforeAll(async () => {
  await useWasmBackend({ threads: 1 });
});

async function expectFlat<B>(trainer: Trainer<B>, options: TrainOptions<B>): Promise<void> {
  let first: object | undefined;
  let steps = 0;
  for await (const event of trainer.run(options)) {
    if (event.type !== 'step-end' || ++steps < 10) continue;
    const now = held();
    first ??= now;
    if (event.step % 10 === 0) expect(now).toEqual(first);
  }
  expect(steps).toBe(1000);
}

describe('over 1,000 updates', () => {
  test('of language modelling, with accumulation, dropout and an average', async () => {
    using trainer = await languageModelling();
    await expectFlat(trainer, { batch });
  });

  test('of fine-tuning', async () => {
    using trainer = await fineTuning();
    await expectFlat(trainer, { batch: examples });
  });
});

/** Makes 200 updates fail in turn by each of the ways, a good one between every ten, and looks at what is held. */
async function expectFlatThroughFailures<B>(
  trainer: Trainer<B>,
  good: TrainOptions<B>['batch'],
  ways: [(first: number, count: number) => B, new (...args: never[]) => Error][],
): Promise<void> {
  const update = () => collect(trainer, { batch: good }, ({ type }) => type === 'step-end');
  for (let i = 0; i < 10; i++) await update();
  const before = held();
  for (let i = 0; i < 200; i++) {
    const { step } = trainer;
    const [bad, kind] = ways[i % ways.length];
    await expect(collect(trainer, { batch: bad })).rejects.toThrow(kind);
    expect(trainer.step).toBe(step);
    if (i % 10 === 0) await update();
    expect(held()).toEqual(before);
  }
  expect(trainer.step).toBe(30);
}

class NoData extends Error {}
const throws = () => {
  throw new NoData('no data');
};

describe('over 200 updates that fail', () => {
  test('of language modelling: no data, an id out of range in the last piece, a loss that is not finite', async () => {
    using trainer = await languageModelling();
    const outOfRange = (first: number, count: number) => {
      const bad = batch(first, count);
      bad.inputs[bad.inputs.length - 1] = sizes.nVocab;
      return bad;
    };
    const infinite = (first: number, count: number): TokenBatch => {
      const bad = batch(first, count);
      return { ...bad, weights: new Float32Array(bad.inputs.length).fill(1e38) };
    };
    const ways = [
      [throws, NoData],
      [outOfRange, TokenRangeError],
      [infinite, NonFiniteLossError],
    ] as const;
    await expectFlatThroughFailures(
      trainer,
      batch,
      ways.map(([bad, kind]) => [bad, kind]),
    );
  });

  test('of fine-tuning: no data, an id out of range in the last piece', async () => {
    using trainer = await fineTuning();
    const outOfRange = (first: number, count: number) => {
      const bad = examples(first, count);
      bad.tokens[bad.tokens.length - sizes.nCtx] = sizes.nVocab;
      return bad;
    };
    await expectFlatThroughFailures(trainer, examples, [
      [throws, NoData],
      [outOfRange, TokenRangeError],
    ]);
  });

  test('of runs that are stopped by their signal', async () => {
    using trainer = await languageModelling();
    const stopped = async () => {
      const controller = new AbortController();
      await collect(trainer, {
        signal: controller.signal,
        batch(first, count) {
          controller.abort();
          return batch(first, count);
        },
      });
    };
    for (let i = 0; i < 10; i++) await stopped();
    const before = held();
    for (let i = 0; i < 200; i++) await stopped();
    expect(trainer.step).toBe(210);
    expect(held()).toEqual(before);
  });
});
