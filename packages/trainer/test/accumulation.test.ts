/** An update made in pieces is the update made at once. */
import { useWasmBackend } from '@gpt-ts/backend-wasm';
import { MemoryStorage, Random, type Storage } from '@gpt-ts/core';
import { memory } from '@gpt-ts/kernels';
import { GPT, type TokenBatch } from '@gpt-ts/model';
import { beforeAll, describe, expect, test } from 'vitest';
import type { TrainEvent } from '../src/events.js';
import { FineTuning } from '../src/objectives/fine-tuning.js';
import { LanguageModelling } from '../src/objectives/language-modelling.js';
import type { TrainSettings } from '../src/settings.js';
import { Trainer, type TrainOptions } from '../src/trainer.js';
import { collect, drawBatch, readLog, settings, sizes, stepsOf, tensorsOf } from './support/tiny-run.js';
import { drawExamples, forms, startTask } from './support/tiny-tasks.js';

const PIECES = [3, 5, 1];
/** An eps far above rounding: the gradient of a key's bias is 0, and Adam would make steps of what rounding leaves of it. */
const base = { ...settings, batchSize: 12, maxSteps: 5, eps: 1e-3 };

/** Rows of which the first counts once, the last six times; three rows in a row not at all. */
const uneven = (first: number, count: number): TokenBatch => {
  const batch = drawBatch(`batch from ${first}`, count);
  const random = new Random(1, `gaps of ${first}`);
  for (let row = 0; row < count; row++) {
    const left = row === 0 ? 1 : [3, 4, 5].includes(row) ? 0 : row === count - 1 ? 6 : 1 + random.int(6);
    batch.targets.fill(-1, row * sizes.nCtx + left, (row + 1) * sizes.nCtx);
  }
  return batch;
};

/** Losses, norms and parts of each update, and the parameters after the last. */
async function trajectory<B>(
  trainer: Trainer<B>,
  options: TrainOptions<B>,
): Promise<Map<string, Float32Array>> {
  using _ = trainer;
  const before = memory();
  const steps = stepsOf(await collect(trainer, options));
  expect(memory()).toEqual(before);
  expect(steps).toHaveLength(5);
  const values = new Map<string, Float32Array>([
    ['loss', Float32Array.from(steps, ({ loss }) => loss)],
    ['gradNorm', Float32Array.from(steps, ({ gradNorm }) => gradNorm)],
  ]);
  for (const part of trainer.objective.parts) {
    values.set(
      part,
      Float32Array.from(steps, ({ parts }) => parts![part]),
    );
  }
  for (const [name, each] of trainer.objective.parameters) {
    values.set(name, (await each.data()) as Float32Array);
  }
  return values;
}

/** The largest difference of losses, norms and parts, and of parameters. */
function largestDifference(got: Map<string, Float32Array>, want: Map<string, Float32Array>): number[] {
  const largest = [0, 0];
  expect([...got.keys()]).toEqual([...want.keys()]);
  for (const [name, values] of want) {
    const isParameter = name.includes('.') ? 1 : 0;
    for (const [i, value] of values.entries()) {
      largest[isParameter] = Math.max(largest[isParameter], Math.abs(got.get(name)![i] - value));
    }
  }
  return largest;
}

beforeAll(async () => {
  await useWasmBackend();
});

describe('without dropout, pieces add up', () => {
  const l1 = (microBatchSize?: number) => {
    const objective = new LanguageModelling(GPT.random(sizes, 0));
    return Trainer.start(objective, { ...base, microBatchSize });
  };

  test.each(PIECES)('L1 with targets that do not count, %d sequences at a time', async (size) => {
    const want = await trajectory(await l1(), { batch: uneven });
    const got = await trajectory(await l1(size), { batch: uneven });
    const [told, parameters] = largestDifference(got, want);
    expect(told).toBeLessThan(1e-6); // seen: 1.2e-7
    expect(parameters).toBeLessThan(5e-7); // seen: 6.0e-8
  });

  test.each(forms.flatMap((form) => PIECES.map((size) => [form, size] as const)))(
    'L3 of %s, %d examples at a time',
    async (form, size) => {
      const start = (microBatchSize?: number) =>
        startTask(form, undefined, { settings: { ...base, microBatchSize } });
      const options = { batch: (first: number, count: number) => drawExamples(form, first, count) };
      const want = await trajectory(await start(), options);
      const [told, parameters] = largestDifference(await trajectory(await start(size), options), want);
      expect(told).toBeLessThan(1e-6); // seen: 2.4e-7
      expect(parameters).toBeLessThan(3e-6); // seen: 7.2e-7, in the bias of a choice, whose gradient is 0; else 3.7e-8
    },
  );

  test('what a piece counts shows: means of pieces, in place of shares of the whole, are something else', async () => {
    const whole = await trajectory(await l1(), { batch: uneven });
    const objective = new LanguageModelling(GPT.random(sizes, 0));
    const { losses } = objective;
    objective.losses = (piece, _, pass) => losses.call(objective, piece, piece, pass);
    const trainer = await Trainer.start(objective, { ...base, microBatchSize: 3 });
    const [told, parameters] = largestDifference(await trajectory(trainer, { batch: uneven }), whole);
    expect([told > 1, parameters > 1e-3]).toEqual([true, true]); // the comparison can fail
  });

  test('weights of its own go with each sequence', async () => {
    const weighted = (first: number, count: number) => {
      const batch = uneven(first, count);
      const random = new Random(2, `weights of ${first}`);
      return { ...batch, weights: Float32Array.from(batch.targets, () => random.uniform() / 36) };
    };
    const want = await trajectory(await l1(), { batch: weighted });
    const [told, parameters] = largestDifference(await trajectory(await l1(5), { batch: weighted }), want);
    expect(told).toBeLessThan(1e-6); // seen: 1.2e-7
    expect(parameters).toBeLessThan(5e-7); // seen: 1.1e-8
  });
});

describe('with dropout, a run in pieces', () => {
  const changes: Partial<TrainSettings> = { batchSize: 7, microBatchSize: 3 };
  const rates = { embdPdrop: 0.2, attnPdrop: 0.2, residPdrop: 0.2 };
  const l1 = (storage: Storage) => {
    const objective = new LanguageModelling(GPT.random({ ...sizes, ...rates }, 0));
    return Trainer.start(objective, { ...settings, ...changes }, storage);
  };
  const batch = (first: number, count: number) => drawBatch(`batch from ${first}`, count);
  const examples = (first: number, count: number) => drawExamples('multiple-choice', first, count);
  const l3 = (storage: Storage) => startTask('multiple-choice', storage, { settings: changes, dropout: 0.2 });
  const stopped = (event: TrainEvent) => event.type === 'step-end' && event.step === 8;

  async function expectRepeatable<B>(
    start: (storage: Storage) => Promise<Trainer<B>>,
    resume: (storage: Storage) => Promise<Trainer<B>>,
    options: TrainOptions<B>,
  ): Promise<void> {
    const [once, again, cut] = [new MemoryStorage(), new MemoryStorage(), new MemoryStorage()];
    for (const storage of [once, again]) {
      using trainer = await start(storage);
      await collect(trainer, options);
    }
    {
      using trainer = await start(cut);
      await collect(trainer, options, stopped);
    }
    {
      using trainer = await resume(cut);
      expect(trainer.step).toBe(5);
      await collect(trainer, options);
    }
    for (const storage of [again, cut]) {
      expect(tensorsOf(storage, 10)).toEqual(tensorsOf(once, 10));
      expect(stepsOf(readLog(storage))).toEqual(stepsOf(readLog(once)));
    }
  }

  test('repeats digit for digit, and goes on where it was stopped: L1', async () => {
    await expectRepeatable(l1, (storage) => Trainer.resume(LanguageModelling, storage), { batch });
  });

  test('repeats digit for digit, and goes on where it was stopped: L3', async () => {
    await expectRepeatable(l3, (storage) => Trainer.resume(FineTuning, storage), { batch: examples });
  });

  test('drops something else in every piece', async () => {
    const same = drawBatch('one row', 1);
    const rows = {
      inputs: new Int32Array(2 * sizes.nCtx),
      targets: new Int32Array(2 * sizes.nCtx),
      batchSize: 2,
    };
    for (const row of [0, 1]) {
      rows.inputs.set(same.inputs, row * sizes.nCtx);
      rows.targets.set(same.targets, row * sizes.nCtx);
    }
    const lossOf = async (each: TokenBatch, microBatchSize?: number) => {
      const objective = new LanguageModelling(GPT.random({ ...sizes, ...rates }, 0));
      const { batchSize } = each;
      using trainer = await Trainer.start(objective, { ...settings, batchSize, microBatchSize, maxSteps: 1 });
      return stepsOf(await collect(trainer, { batch: () => each }))[0].loss;
    };
    const [one, two] = [await lossOf(same), await lossOf(rows, 1)];
    expect(Math.abs(two - one)).toBeGreaterThan(1e-4); // the same row twice under one mask would have its loss
  });
});
