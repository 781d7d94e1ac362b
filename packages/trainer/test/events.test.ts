/** What a run tells: samples, growing updates, shares of the ceiling, warnings; and its log, which has all of it. */
import { useWasmBackend } from '@gpt-ts/backend-wasm';
import { MemoryStorage, type Storage } from '@gpt-ts/core';
import { GPT, type TokenBatch, trainingFlops } from '@gpt-ts/model';
import { beforeAll, describe, expect, test } from 'vitest';
import type { SampleEnd, TrainEvent, TrainWarning } from '../src/events.js';
import { LOG_FILE } from '../src/log.js';
import { LanguageModelling } from '../src/objectives/language-modelling.js';
import type { TrainSettings } from '../src/settings.js';
import { Trainer, type TrainOptions } from '../src/trainer.js';
import {
  collect,
  data,
  drawBatch,
  readLog,
  resumeTiny,
  run,
  settings,
  sizes,
  startTiny,
  stepsOf,
} from './support/tiny-run.js';
import { startTask, taskData } from './support/tiny-tasks.js';

beforeAll(async () => {
  await useWasmBackend();
});

const linesOf = (storage: MemoryStorage): unknown[] =>
  new TextDecoder()
    .decode(storage.files.get(LOG_FILE))
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line));

describe('the log', () => {
  test('is what was told, of every kind', async () => {
    const storage = new MemoryStorage();
    const changes = { sampleEvery: 5, patience: 20, evalEvery: 1, microBatchSize: 2, emaDecay: 0.5 };
    using trainer = await startTask('classification', storage, { settings: changes });
    const validation = () => [taskData('classification').batch(2000, 5)]; // other labels than can be learned
    const sample = async (_: GPT, step: number) => [`after ${step}`, 'ü'];
    const events = await collect(trainer, { ...taskData('classification'), validation, sample });
    expect(linesOf(storage)).toEqual(JSON.parse(JSON.stringify(events)));
    const types = new Set(events.map(({ type }) => type));
    expect([...types].sort()).toEqual([
      'checkpoint-end',
      'eval-end',
      'sample-end',
      'step-end',
      'train-end',
      'train-start',
      'warning', // a plateau
    ]);
  });
});

describe('samples', () => {
  const changes = { sampleEvery: 3, checkpointEvery: 4 };
  const sampling = (asked: number[]): TrainOptions<TokenBatch> => ({
    ...data,
    async sample(model, step) {
      asked.push(step);
      const first = (await model.parameters.get('wte.weight')!.data())[0];
      return [`${first}`];
    },
  });

  test('are made every so many updates, at both ends, and come from the model as it is then', async () => {
    const asked: number[] = [];
    using trainer = await startTiny(new MemoryStorage(), changes);
    const events = await run(trainer, sampling(asked));
    const samples = events.filter((event): event is SampleEnd => event.type === 'sample-end');
    expect(samples.map(({ step }) => step)).toEqual([0, 3, 6, 9, 10]);
    expect(asked).toEqual([0, 3, 6, 9, 10]);
    expect(new Set(samples.map(({ texts }) => texts[0])).size).toBe(5);
    const last = (await trainer.objective.gpt.parameters.get('wte.weight')!.data())[0];
    expect(samples.at(-1)!.texts).toEqual([`${last}`]);
  });

  test('are the same in a run that is resumed', async () => {
    const [whole, cut] = [new MemoryStorage(), new MemoryStorage()];
    {
      using trainer = await startTiny(whole, changes);
      await run(trainer, sampling([]));
    }
    {
      using trainer = await startTiny(cut, changes);
      await run(trainer, sampling([]), (event) => event.type === 'sample-end' && event.step === 6);
    }
    using trainer = await resumeTiny(cut);
    await run(trainer, sampling([]));
    const samples = (storage: MemoryStorage) => readLog(storage).filter(({ type }) => type === 'sample-end');
    expect(samples(cut)).toEqual(samples(whole));
  });

  test('are left out when nobody asks for them', async () => {
    const asked: number[] = [];
    using trainer = await startTiny();
    await run(trainer, sampling(asked));
    expect(asked).toEqual([]);
  });
});

describe('updates that grow', () => {
  const changes: Partial<TrainSettings> = {
    ...{ batchSize: 8, rampFrom: 2, rampTokens: 120, microBatchSize: 3 },
    ...{ schedule: 'gpt3-cosine', warmupTokens: 60, decayTokens: 300, warmupSteps: undefined },
  };
  // 6 tokens a sequence: 2 + 6 min(1, seen / 120), rounded down
  const sequences = [2, 2, 3, 4, 5, 6, 8, 8, 8, 8];
  const seen = [12, 24, 42, 66, 96, 132, 180, 228, 276, 324];
  const rates = seen.map((n) => {
    const [peak, min] = [1e-2, 1e-3];
    if (n < 60) return (peak * n) / 60;
    return min + ((peak - min) * (1 + Math.cos(Math.PI * Math.min(1, n / 300)))) / 2;
  });

  async function expectRamp(steps: readonly ReturnType<typeof stepsOf>[number][], from = 0): Promise<void> {
    expect(steps.map((step) => step.sequences)).toEqual(sequences.slice(from));
    expect(steps.map(({ tokens }) => tokens)).toEqual(sequences.slice(from).map((n) => 6 * n));
    expect(steps.map(({ tokensSeen }) => tokensSeen)).toEqual(seen.slice(from));
    for (const [i, { learningRate }] of steps.entries())
      expect(learningRate).toBeCloseTo(rates[from + i], 15);
  }

  test('have their sizes, tokens and rates, and take sequences in order', async () => {
    const asked: number[][] = [];
    using trainer = await startTiny(undefined, changes);
    const batch = (first: number, count: number) => {
      asked.push([first, count]);
      return data.batch(first, count);
    };
    await expectRamp(stepsOf(await run(trainer, { batch })));
    let first = 0;
    const want = sequences.map((count) => [(first += count) - count, count]);
    expect(asked).toEqual(want);
  });

  test('go on growing in a run that is resumed', async () => {
    const storage = new MemoryStorage();
    {
      using trainer = await startTiny(storage, changes);
      await run(trainer, data, (event) => event.type === 'checkpoint-end' && event.step === 4);
    }
    using trainer = await resumeTiny(storage);
    await expectRamp(stepsOf(await run(trainer)), 4);
  });
});

describe('the share of the ceiling', () => {
  test('is the operations of an update, by its time, by what the machine can do', async () => {
    using trainer = await startTiny(undefined, {}, { ceilingFlops: 1e9 });
    const flops = trainingFlops(trainer.objective.gpt.config, { batchSize: 3, seqLen: 6 });
    for (const { ceilingShare, elapsedMs } of stepsOf(await run(trainer))) {
      expect(ceilingShare! * 1e9 * (elapsedMs / 1000)).toBeCloseTo(flops, 3);
    }
  });

  test('counts all rows of an example, and is left out where no ceiling is known', async () => {
    using trainer = await startTask('multiple-choice');
    const steps = stepsOf(await collect(trainer, taskData('multiple-choice')));
    expect(steps.map(({ tokens }) => tokens)).toEqual(new Array(10).fill(3 * 3 * 6));
    expect(steps.map(({ ceilingShare }) => ceilingShare)).toEqual(new Array(10).fill(undefined));
  });
});

describe('warnings', () => {
  /** Large initial weights, a jump of the loss at update 60, and validation that cannot be learned. */
  const start = async (storage: Storage) => {
    const random = GPT.random(sizes, 0);
    const values = new Map(
      [...(await random.values())].map(([name, { data: each }]) => [name, each as Float32Array]),
    );
    random[Symbol.dispose]();
    values.set(
      'wte.weight',
      values.get('wte.weight')!.map((x) => 40 * x),
    );
    const changes = {
      maxSteps: 70,
      learningRate: 3e-2,
      minLearningRate: 0,
      evalEvery: 10,
      checkpointEvery: 9,
      keepLast: 2,
    };
    const objective = new LanguageModelling(GPT.fromValues(sizes, values));
    return Trainer.start(objective, { ...settings, ...changes }, storage);
  };
  const options: TrainOptions<TokenBatch> = {
    batch(first, count) {
      const batch = drawBatch('by heart', count);
      if (first === 3 * 59) return { ...batch, targets: batch.targets.map((id) => (id + 3) % sizes.nVocab) };
      return batch;
    },
    validation: () => [drawBatch('something else', 8)],
  };
  const warningsOf = (events: readonly TrainEvent[]) =>
    events.filter((event): event is TrainWarning => event.type === 'warning');
  let whole: MemoryStorage;
  beforeAll(async () => {
    whole = new MemoryStorage();
    using trainer = await start(whole);
    await run(trainer, options);
  });

  test('come when they should, each once', () => {
    const told = warningsOf(readLog(whole)).map(({ kind, step }) => `${kind} ${step}`);
    expect(told.filter((each) => !each.startsWith('plateau'))).toEqual(['first-loss 1', 'spike 60']);
    expect(told.filter((each) => each.startsWith('plateau')).length).toBeGreaterThan(0);
    expect(new Set(told).size).toBe(told.length);
  });

  test.each([1, 30, 58, 60, 61, 69])(
    'are the same in a run that was killed after update %d',
    async (step) => {
      const storage = new MemoryStorage();
      {
        using trainer = await start(storage);
        await run(trainer, options, (event) => event.type === 'step-end' && event.step === step);
      }
      using trainer = await resumeTiny(storage);
      await run(trainer, options);
      expect(warningsOf(readLog(storage))).toEqual(warningsOf(readLog(whole)));
    },
  );
});
