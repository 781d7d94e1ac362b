import { useWasmBackend } from '@gpt-ts/backend-wasm';
import { InvalidConfigError, MemoryStorage, type Storage, TokenRangeError } from '@gpt-ts/core';
import { memory } from '@gpt-ts/kernels';
import { GPT, loadModel, preset, type TokenBatch } from '@gpt-ts/model';
import { beforeAll, describe, expect, test } from 'vitest';
import {
  data,
  drawBatch,
  readLog,
  resumeTiny,
  run,
  settings,
  sizes,
  startTiny,
  timeless,
} from '../test/support/tiny-run.js';
import { checkpointName } from './checkpoint/checkpoint-name.js';
import { MemoryPlanError } from './errors/memory-plan-error.js';
import { NonFiniteLossError } from './errors/non-finite-loss-error.js';
import type { StepEnd, TrainEvent } from './events.js';
import { LOG_FILE } from './log.js';
import { memoryPlan } from './memory-plan.js';
import { LanguageModelling } from './objectives/language-modelling.js';
import { recipes } from './recipes/recipes.js';
import { learningRateAt } from './schedule.js';
import { Trainer } from './trainer.js';

const lossesOf = (events: readonly TrainEvent[]) =>
  events.flatMap((event) => (event.type === 'step-end' ? [event.loss] : []));
const savedAt = (step: number) => (event: TrainEvent) =>
  event.type === 'checkpoint-end' && event.step === step;
const finished = (step: number) => (event: TrainEvent) => event.type === 'step-end' && event.step === step;

beforeAll(async () => {
  await useWasmBackend();
});

describe('a run', () => {
  test('tells what happens, in order', async () => {
    using trainer = await startTiny(new MemoryStorage());
    expect((await run(trainer)).map(({ type, step }) => `${type} ${step}`)).toEqual([
      'train-start 0',
      'checkpoint-end 0',
      'eval-end 0',
      ...[1, 2, 3, 4].map((step) => `step-end ${step}`),
      'checkpoint-end 4', // a new best
      'eval-end 4',
      'step-end 5',
      'checkpoint-end 5',
      ...[6, 7, 8].map((step) => `step-end ${step}`),
      'checkpoint-end 8',
      'eval-end 8',
      'step-end 9',
      'step-end 10',
      'checkpoint-end 10',
      'eval-end 10',
      'train-end 10',
    ]);
    expect(trainer.step).toBe(10);
  });

  test('says of each step what a plot needs', async () => {
    using trainer = await startTiny();
    const events = await run(trainer);
    const steps = events.filter((event): event is StepEnd => event.type === 'step-end');
    for (const [i, event] of steps.entries()) {
      expect(event.learningRate).toBe(learningRateAt({ step: i, tokens: 18 * i, nextTokens: 18 }, settings));
      expect(event.tokens).toBe(18);
      expect(event.loss).toBeGreaterThan(0);
      expect(event.gradNorm).toBeGreaterThan(0);
      expect(event.elapsedMs).toBeGreaterThanOrEqual(0);
    }
    expect(Math.abs(steps[0].loss - Math.log(7))).toBeLessThan(0.05); // seen: 0.023
    expect(events.at(-1)).toEqual({ type: 'train-end', step: 10, reason: 'done', bestStep: 10 });
    const evals = events.filter(({ type }) => type === 'eval-end');
    expect(evals.map((event) => 'count' in event && event.count)).toEqual([30, 30, 30, 30]);
    expect(evals.every((event) => 'best' in event && event.best)).toBe(true);
  });

  test('without validation evaluates nothing, without storage saves nothing', async () => {
    using trainer = await startTiny();
    const types = (await run(trainer, { batch: data.batch })).map(({ type }) => type);
    expect(types).toEqual(['train-start', ...new Array(10).fill('step-end'), 'train-end']);
  });

  test('keeps a log of all of it, and a model that can be loaded by itself', async () => {
    const storage = new MemoryStorage();
    using trainer = await startTiny(storage);
    const events = await run(trainer);
    expect(readLog(storage)).toEqual(JSON.parse(JSON.stringify(timeless(events))));
    using model = await loadModel(storage);
    expect(await model.values()).toEqual(await trainer.objective.gpt.values());
  });

  test('begins its log anew in the storage of an earlier one', async () => {
    const storage = new MemoryStorage();
    storage.files.set(LOG_FILE, new TextEncoder().encode('{"type":"train-start","step":0}\n{"type":'));
    using trainer = await startTiny(storage);
    const events = await run(trainer);
    expect(readLog(storage)).toHaveLength(events.length);
  });

  test('repeats digit for digit with the same seed', async () => {
    const [first, second] = [new MemoryStorage(), new MemoryStorage()];
    for (const storage of [first, second]) {
      using trainer = await startTiny(storage);
      await run(trainer);
    }
    expect(readLog(second)).toEqual(readLog(first));
    first.files.delete(LOG_FILE); // holds times
    second.files.delete(LOG_FILE);
    expect(second.files).toEqual(first.files);
  });

  test('learns: a nano model knows a small batch by heart', async () => {
    const config = { ...preset('nano').config, nVocab: 16 };
    const ids = Int32Array.from({ length: 4 * 33 }, (_, i) => (i * i + (i >> 3)) % 16);
    const rows = (offset: number) =>
      Int32Array.from({ length: 4 * 32 }, (_, i) => ids[Math.floor(i / 32) * 33 + (i % 32) + offset]);
    const batch = { inputs: rows(0), targets: rows(1), batchSize: 4 };
    const objective = new LanguageModelling(GPT.random(config, 0));
    using trainer = await Trainer.start(objective, { ...recipes.nano.settings, maxSteps: 80 });
    const losses = lossesOf(await run(trainer, { batch: () => batch }));
    expect(losses[0]).toBeGreaterThan(2.5); // seen: 2.74; ln 16 is 2.77
    expect(losses.at(-1)).toBeLessThan(0.5); // seen: 0.11
  });

  test('holds the same tensors and bytes after every step, evaluation and save', async () => {
    const before = memory();
    {
      using trainer = await startTiny(new MemoryStorage(), { maxSteps: 30 });
      const held = memory();
      for await (const _ of trainer.run(data)) expect(memory()).toEqual(held);
    }
    expect(memory()).toEqual(before);
  });

  test('settings that cannot run are refused at the start', async () => {
    using objective = new LanguageModelling(GPT.random(sizes));
    const start = Trainer.start(objective, { ...settings, clipNorm: -1 });
    await expect(start).rejects.toThrow(InvalidConfigError);
    await expect(start).rejects.toThrow('settings: clipNorm must be at least 0, got -1');
  });

  test('says what it holds in memory, and is refused where that is too much, before it holds more', async () => {
    using objective = new LanguageModelling(GPT.random(sizes));
    const before = memory();
    const { config } = objective.gpt;
    const { total } = memoryPlan(config, settings);
    const limits = { memoryLimitBytes: total - 1 };
    await expect(Trainer.start(objective, settings, undefined, limits)).rejects.toThrow(MemoryPlanError);
    expect(memory()).toEqual(before);
    const storage = new MemoryStorage();
    using trainer = await startTiny(storage, {}, { memoryLimitBytes: total });
    expect(trainer.plan).toEqual(memoryPlan(config, settings, total));
    for await (const _ of trainer.save());
    const held = memory();
    await expect(resumeTiny(storage, limits)).rejects.toThrow(MemoryPlanError);
    expect(memory()).toEqual(held);
  });

  test('a batch with an id outside the vocabulary ends the run, and leaves no tensor and the parameters alone', async () => {
    using trainer = await startTiny();
    const values = await trainer.objective.gpt.values();
    const held = memory();
    const bad = drawBatch('bad');
    bad.targets[4] = 7;
    await expect(run(trainer, { batch: () => bad })).rejects.toThrow(TokenRangeError);
    expect(memory()).toEqual(held);
    expect(await trainer.objective.gpt.values()).toEqual(values);
    expect(trainer.step).toBe(0);
    expect(lossesOf(await run(trainer))).toHaveLength(10); // and better batches can follow
  });
});

describe('a resumed run is the run that was not interrupted', () => {
  let whole: MemoryStorage;
  beforeAll(async () => {
    whole = new MemoryStorage();
    using trainer = await startTiny(whole);
    await run(trainer);
  });

  async function expectSameRun(storage: MemoryStorage): Promise<void> {
    expect(sittings(readLog(storage))).toEqual(sittings(readLog(whole)));
    expect([...storage.files.keys()].sort()).toEqual([...whole.files.keys()].sort());
    for (const [name, bytes] of whole.files) {
      if (name !== LOG_FILE) expect(storage.files.get(name), name).toEqual(bytes); // weights, moments, step, recipe
    }
  }

  /** A log without the starts of its sittings, and without the checkpoints that ends of sittings asked for. */
  const sittings = (log: TrainEvent[]) =>
    log.filter(
      ({ type, step }) =>
        type !== 'train-start' && !(type === 'checkpoint-end' && ![0, 4, 5, 8, 10].includes(step)),
    );

  async function resume(storage: MemoryStorage): Promise<TrainEvent[]> {
    using trainer = await resumeTiny(storage);
    return await run(trainer); // before the trainer is disposed
  }

  test.each<[string, (event: TrainEvent) => boolean]>([
    ['right after the first checkpoint', savedAt(0)],
    ['at its first evaluation', (event) => event.type === 'eval-end'],
    ['in the middle, right after a checkpoint', savedAt(5)],
    ['three steps after a checkpoint', finished(8)],
    [
      'after an evaluation later than the checkpoint',
      (event) => event.type === 'eval-end' && event.step === 8,
    ],
    ['just before the end', finished(10)],
    ['at the end', savedAt(10)],
  ])('killed %s', async (_, until) => {
    const storage = new MemoryStorage();
    {
      using trainer = await startTiny(storage);
      await run(trainer, data, until);
    }
    const events = await resume(storage);
    expect(events.at(-1)).toEqual({ type: 'train-end', step: 10, reason: 'done', bestStep: 10 });
    await expectSameRun(storage);
  });

  test('with dropout, whose masks depend on the number of the sequence alone', async () => {
    const start = (storage: Storage, rate: number) => {
      const rates = { embdPdrop: rate, attnPdrop: rate, residPdrop: rate };
      const model = GPT.random({ ...sizes, ...rates }, settings.seed);
      return Trainer.start(new LanguageModelling(model), settings, storage);
    };
    const [plain, once, twice] = [new MemoryStorage(), new MemoryStorage(), new MemoryStorage()];
    for (const [storage, rate] of [
      [plain, 0],
      [once, 0.2],
    ] as const) {
      using trainer = await start(storage, rate);
      await run(trainer);
    }
    {
      using trainer = await start(twice, 0.2);
      await run(trainer, data, finished(8));
    }
    await resume(twice);
    expect(twice.files.get(checkpointName(10))).toEqual(once.files.get(checkpointName(10)));
    expect(lossesOf(readLog(twice))).toEqual(lossesOf(readLog(once)));
    expect(lossesOf(readLog(once))).not.toEqual(lossesOf(readLog(plain)));
  });

  test('killed again and again', async () => {
    const storage = new MemoryStorage();
    {
      using trainer = await startTiny(storage);
      await run(trainer, data, finished(3));
    }
    for (const step of [2, 5, 6, 7, 9]) {
      using trainer = await resumeTiny(storage);
      await run(trainer, data, finished(step));
    }
    await resume(storage);
    await expectSameRun(storage);
  });

  test.each([1, 4, 7])('stopped by its signal in step %d: it is saved there', async (step) => {
    const storage = new MemoryStorage();
    const controller = new AbortController();
    {
      using trainer = await startTiny(storage);
      const batch = (first: number, count: number) => {
        if (first === 3 * (step - 1)) controller.abort();
        return data.batch(first, count);
      };
      const events = await run(trainer, { ...data, batch, signal: controller.signal });
      expect(events.slice(-2)).toMatchObject([
        { type: 'checkpoint-end', step },
        { type: 'train-end', step, reason: 'aborted' },
      ]);
    }
    const events = await resume(storage);
    expect(lossesOf(events)).toHaveLength(10 - step);
    await expectSameRun(storage);
  });

  test('stopped during an evaluation, which is not logged', async () => {
    const storage = new MemoryStorage();
    const controller = new AbortController();
    {
      using trainer = await startTiny(storage);
      let evaluations = 0;
      const validation = () => {
        if (++evaluations === 2) controller.abort();
        return data.validation!();
      };
      const events = await run(trainer, { ...data, validation, signal: controller.signal });
      expect(events.at(-1)).toMatchObject({ type: 'train-end', step: 4, reason: 'aborted' });
      expect(readLog(storage).filter(({ type }) => type === 'eval-end')).toHaveLength(1);
    }
    await resume(storage);
    await expectSameRun(storage);
  });

  test('stopped before it began', async () => {
    const storage = new MemoryStorage();
    {
      using trainer = await startTiny(storage);
      const events = await run(trainer, { ...data, signal: AbortSignal.abort() });
      expect(events.map(({ type }) => type)).toEqual(['train-start', 'checkpoint-end', 'train-end']);
    }
    await resume(storage);
    await expectSameRun(storage);
  });

  test('with a log whose last line was cut short', async () => {
    const storage = new MemoryStorage();
    {
      using trainer = await startTiny(storage);
      await run(trainer, data, finished(7));
    }
    const log = storage.files.get(LOG_FILE)!;
    storage.files.set(LOG_FILE, log.subarray(0, log.length - 20));
    await resume(storage);
    await expectSameRun(storage);
  });

  test('run on by the same trainer after a stop', async () => {
    const storage = new MemoryStorage();
    using trainer = await startTiny(storage);
    const controller = new AbortController();
    const batch = (first: number, count: number) => {
      if (first === 15) controller.abort();
      return data.batch(first, count);
    };
    await run(trainer, { ...data, batch, signal: controller.signal });
    await run(trainer);
    expect(lossesOf(readLog(storage))).toEqual(lossesOf(readLog(whole)));
    const last = checkpointName(10);
    expect(storage.files.get(last)).toEqual(whole.files.get(last));
  });

  test('resuming what is done trains no more, and leaves no tensor', async () => {
    const before = memory();
    const storage = new MemoryStorage();
    for (const [name, bytes] of whole.files) storage.files.set(name, bytes.slice());
    const events = await resume(storage);
    expect(events.map(({ type }) => type)).toEqual([
      'train-start',
      'checkpoint-end',
      'eval-end',
      'train-end',
    ]);
    await expectSameRun(storage);
    expect(memory()).toEqual(before);
  });

  test('there is nothing to resume in an empty storage', async () => {
    await expect(resumeTiny(new MemoryStorage())).rejects.toThrow(
      'checkpoint-00000000.safetensors: there is no checkpoint to resume from',
    );
  });
});

describe('a run that diverges', () => {
  async function diverge(
    storage?: Storage,
  ): Promise<{ trainer: Trainer<TokenBatch>; error: NonFiniteLossError; last: StepEnd }> {
    const trainer = await startTiny(storage, {
      learningRate: 1e6,
      maxSteps: 500,
      warmupSteps: 0,
      checkpointEvery: 2,
    });
    let last: StepEnd | undefined;
    let values = await trainer.objective.gpt.values();
    try {
      for await (const event of trainer.run(data)) {
        if (event.type !== 'step-end') continue;
        last = event;
        values = await trainer.objective.gpt.values();
      }
    } catch (error) {
      expect(error).toBeInstanceOf(NonFiniteLossError);
      expect(await trainer.objective.gpt.values()).toEqual(values); // the failing step has changed nothing
      return { trainer, error: error as NonFiniteLossError, last: last! };
    }
    throw new Error('it did not diverge');
  }

  test('stops with an error that says where, and what to lower', async () => {
    const { trainer, error, last } = await diverge(new MemoryStorage());
    trainer[Symbol.dispose]();
    const { step } = error;
    expect(step).toBe(last.step + 1);
    expect(Number.isFinite(last.loss)).toBe(true);
    const saved = step - 1 - ((step - 1) % 2);
    expect(error.message).toMatch(
      new RegExp(
        `^step ${step}: the loss is \\S+, the gradient norm \\S+\\. The checkpoint of step ${saved} is untouched\\. ` +
          'Lower the learning rate \\(it was \\d.*\\) or lengthen the warm-up\\.$',
      ),
    );
    expect(Number.isFinite(error.loss) && Number.isFinite(error.gradNorm)).toBe(false);
    expect(error.code).toBe('non-finite-loss');
  });

  test('says so when nothing was kept', async () => {
    const { trainer, error } = await diverge();
    trainer[Symbol.dispose]();
    expect(error.message).toContain('There is no checkpoint yet. Lower the learning rate');
  });

  test('leaves the last checkpoint untouched, and no tensor', async () => {
    const before = memory();
    const storage = new MemoryStorage();
    const writes: string[] = [];
    const counted: Storage = {
      read: (name) => storage.read(name),
      open: (name) => storage.open(name),
      write: (name, chunks) => {
        if (name.startsWith('checkpoint-')) writes.push(name);
        return storage.write(name, chunks);
      },
      append: (name, bytes) => storage.append(name, bytes),
      list: () => storage.list(),
      remove: (name) => storage.remove(name),
    };
    const { trainer, error } = await diverge(counted);
    trainer[Symbol.dispose]();
    expect(writes).toHaveLength(1 + Math.floor((error.step - 1) / 2)); // steps 0, 2, 4 ... and none for the failure
    using resumed = await resumeTiny(storage);
    expect(resumed.step).toBe((writes.length - 1) * 2);
    resumed[Symbol.dispose]();
    expect(memory()).toEqual(before);
  });
});
