/** A run that stops improving: it ends with its best weights, however often it was killed. */
import { useWasmBackend } from '@gpt-ts/backend-wasm';
import { MemoryStorage, type Storage } from '@gpt-ts/core';
import { loadModel, type TokenBatch } from '@gpt-ts/model';
import { beforeAll, describe, expect, test } from 'vitest';
import type { EvalEnd, TrainEvent } from '../src/events.js';
import { LOG_FILE } from '../src/log.js';
import type { TrainSettings } from '../src/settings.js';
import type { TrainOptions } from '../src/trainer.js';
import { expectSameRun } from './support/same-run.js';
import { drawBatch, readLog, resumeTiny, run, startTiny, tensorsOf } from './support/tiny-run.js';

/** Four rows learned by heart, and others to be judged by: better at first, then worse. */
const data: TrainOptions<TokenBatch> = {
  batch: (_, count) => drawBatch('by heart', count),
  validation: () => [drawBatch('something else', 16)],
};
const changes: Partial<TrainSettings> = {
  ...{ batchSize: 2, maxSteps: 200, learningRate: 2e-2, schedule: 'constant', weightDecay: 0 },
  ...{ evalEvery: 2, patience: 4, checkpointEvery: 7, keepLast: 1 },
};

beforeAll(async () => {
  await useWasmBackend();
});

describe.each([0, 0.5])('with an average that keeps %d', (emaDecay) => {
  const start = (storage: Storage) => startTiny(storage, { ...changes, emaDecay });
  let whole: MemoryStorage;
  let events: TrainEvent[];
  let best: EvalEnd;
  beforeAll(async () => {
    whole = new MemoryStorage();
    using trainer = await start(whole);
    events = await run(trainer, data);
    best = events.findLast((event): event is EvalEnd => event.type === 'eval-end' && event.best)!;
  });

  test('stops after that many evaluations without a new best, and says which was the best', () => {
    expect(best.step).toBeGreaterThan(4);
    expect(best.step).toBeLessThan(150);
    const end = { type: 'train-end', step: best.step + 8, reason: 'early-stop', bestStep: best.step };
    expect(events.at(-1)).toEqual(end);
    const bestless = events.filter((event) => event.type === 'eval-end' && event.step > best.step);
    expect(bestless).toHaveLength(4);
    expect(Math.min(...bestless.map((event) => (event as EvalEnd).loss))).toBeGreaterThan(best.loss);
  });

  test('the model it leaves has the weights of the best checkpoint, which outlived the newer ones', async () => {
    const last = best.step + 8;
    const checkpoints = [...whole.files.keys()].filter((name) => name.startsWith('checkpoint-')).sort();
    expect(checkpoints.map((name) => Number(name.slice(11, 19)))).toEqual([best.step, last]);
    using model = await loadModel(whole);
    const saved = [...(await model.values())].map(([name, value]) => [name, value.data] as const);
    const section = emaDecay > 0 ? 'average' : 'model';
    for (const [name, values] of saved) {
      expect(values).toEqual(tensorsOf(whole, best.step).get(`${section}.${name}`));
      expect(values).not.toEqual(tensorsOf(whole, last).get(`${section}.${name}`));
    }
  });

  test.each([0, 2, 5, 8])('killed %d updates after its best, it ends the same', async (later) => {
    const storage = new MemoryStorage();
    const step = best.step + later;
    {
      using trainer = await start(storage);
      await run(trainer, data, (event) => event.type === 'step-end' && event.step === step);
    }
    using trainer = await resumeTiny(storage);
    expect((await run(trainer, data)).at(-1)).toEqual(events.at(-1));
    expectSameRun(storage, whole);
  });

  test('stopped by its signal at any evaluation or save from its best on, it is not judged twice', async () => {
    const moments = events.flatMap(({ type, step }, i) => {
      return step >= best.step && ['eval-end', 'checkpoint-end'].includes(type) ? [i] : [];
    });
    expect(moments.length).toBeGreaterThan(5);
    for (const moment of moments) {
      const storage = new MemoryStorage();
      {
        const controller = new AbortController();
        using trainer = await start(storage);
        let seen = 0;
        for await (const _ of trainer.run({ ...data, signal: controller.signal })) {
          if (seen++ === moment) controller.abort();
        }
      }
      using trainer = await resumeTiny(storage);
      expect((await run(trainer, data)).at(-1), `event ${moment}`).toEqual(events.at(-1));
      expectSameRun(storage, whole);
    }
  });

  test('run on by the same trainer after a stop, it is not judged twice', async () => {
    const storage = new MemoryStorage();
    using trainer = await start(storage);
    for (let stops = 0; stops < 6; stops++) {
      const controller = new AbortController();
      let evaluations = 0;
      for await (const { type } of trainer.run({ ...data, signal: controller.signal })) {
        if (type === 'eval-end' && ++evaluations === 2) controller.abort();
      }
    }
    expect((await run(trainer, data)).at(-1)).toEqual(events.at(-1));
    for (const [name, bytes] of whole.files)
      if (name !== LOG_FILE) expect(storage.files.get(name)).toEqual(bytes);
  });

  test('resumed when it is over, it says so again and changes no file', async () => {
    const storage = new MemoryStorage();
    for (const [name, bytes] of whole.files) storage.files.set(name, bytes.slice());
    using trainer = await resumeTiny(storage);
    expect((await run(trainer, data)).at(-1)).toEqual(events.at(-1));
    expectSameRun(storage, whole);
    expect(storage.files.size).toBe(whole.files.size);
  });
});

test('without validation nothing stops early', async () => {
  using trainer = await startTiny(undefined, { ...changes, maxSteps: 30 });
  const events = await run(trainer, { batch: data.batch });
  expect(events.at(-1)).toEqual({ type: 'train-end', step: 30, reason: 'done', bestStep: undefined });
});

test('a loss that is not a number is no best: the run stops, and can be resumed', async () => {
  const storage = new MemoryStorage();
  const nothing = { ...data, validation: () => [] }; // 0 of 0 tokens
  using trainer = await startTiny(storage, changes);
  const end = { type: 'train-end', step: 6, reason: 'early-stop', bestStep: undefined };
  expect((await run(trainer, nothing)).at(-1)).toEqual(end);
  using resumed = await resumeTiny(storage);
  expect((await run(resumed, nothing)).at(-1)).toEqual(end);
  expect(readLog(storage).filter(({ type }) => type === 'eval-end')).toHaveLength(4);
});
