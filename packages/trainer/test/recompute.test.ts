/** Recomputing changes what is held, and no bit of what is found. */
import { useWasmBackend } from '@gpt-ts/backend-wasm';
import { MemoryStorage } from '@gpt-ts/core';
import { GPT } from '@gpt-ts/model';
import { beforeAll, expect, test } from 'vitest';
import { LanguageModelling } from '../src/objectives/language-modelling.js';
import { Trainer } from '../src/trainer.js';
import { collect, data, readLog, settings, sizes, stepsOf, tensorsOf } from './support/tiny-run.js';
import { forms, startTask, taskData } from './support/tiny-tasks.js';

const rates = { embdPdrop: 0.2, attnPdrop: 0.2, residPdrop: 0.2 };
const more = { batchSize: 6, microBatchSize: 4, emaDecay: 0.9 };

/** All that a run tells of its updates and evaluations but the memory it held, and all tensors it kept. */
function outcome(storage: MemoryStorage): unknown {
  const steps = stepsOf(readLog(storage)).map((event) => ({ ...event, memoryBytes: undefined }));
  const evaluations = readLog(storage).filter(({ type }) => type === 'eval-end');
  expect([steps.length, evaluations.length]).toEqual([10, 4]);
  return { steps, evaluations, tensors: [5, 10].map((step) => tensorsOf(storage, step)) };
}

beforeAll(async () => {
  await useWasmBackend();
});

test.each(['pre', 'post'] as const)('L1 with %s-norm, dropout, accumulation and averaging', async (norm) => {
  const outcomes = [];
  for (const recompute of [false, true]) {
    const storage = new MemoryStorage();
    const objective = new LanguageModelling(GPT.random({ ...sizes, ...rates, norm, nLayer: 2 }, 0));
    using trainer = await Trainer.start(objective, { ...settings, ...more, keepLast: 9, recompute }, storage);
    await collect(trainer, data);
    outcomes.push(outcome(storage));
  }
  expect(outcomes[1]).toEqual(outcomes[0]);
});

test.each(forms)('L3 of %s', async (form) => {
  const outcomes = [];
  for (const recompute of [false, true]) {
    const storage = new MemoryStorage();
    const changes = { ...more, keepLast: 9, recompute };
    using trainer = await startTask(form, storage, {
      settings: changes,
      dropout: 0.2,
      config: { nLayer: 2 },
    });
    await collect(trainer, taskData(form));
    outcomes.push(outcome(storage));
  }
  expect(outcomes[1]).toEqual(outcomes[0]);
});
