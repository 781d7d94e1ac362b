/** The average of a run's weights is what its definition says, and is what counts. */
import { useWasmBackend } from '@gpt-ts/backend-wasm';
import { MemoryStorage } from '@gpt-ts/core';
import { memory } from '@gpt-ts/kernels';
import { type GPT, loadModel } from '@gpt-ts/model';
import { beforeAll, expect, test } from 'vitest';
import type { TrainEvent } from '../src/events.js';
import { LOG_FILE } from '../src/log.js';
import { LanguageModelling } from '../src/objectives/language-modelling.js';
import { collect, data, readLog, resumeTiny, run, startTiny, tensorsOf } from './support/tiny-run.js';

const changes = { emaDecay: 0.6, maxSteps: 20, keepLast: 99 };

beforeAll(async () => {
  await useWasmBackend();
});

const weightsOf = async (gpt: GPT) =>
  new Map(
    [...(await gpt.values())].map(([name, { data: values }]) => [
      name,
      Float64Array.from(values as Float32Array),
    ]),
  );

test('is decay a + (1 - decay) w after each of 20 updates, the decay at most (1 + n) / (10 + n)', async () => {
  const storage = new MemoryStorage();
  using trainer = await startTiny(storage, changes);
  const want = await weightsOf(trainer.objective.gpt);
  for await (const event of trainer.run({ batch: data.batch })) {
    if (event.type !== 'step-end') continue;
    const decay = Math.min(0.6, (1 + event.step) / (10 + event.step));
    for (const [name, weights] of await weightsOf(trainer.objective.gpt)) {
      const average = want.get(name)!;
      for (const [i, w] of weights.entries()) average[i] = decay * average[i] + (1 - decay) * w;
    }
  }
  let largest = 0;
  let moved = 0;
  const kept = tensorsOf(storage, 20);
  for (const [name, average] of want) {
    const got = kept.get(`average.${name}`)!;
    const weights = kept.get(`model.${name}`)!;
    for (const [i, a] of average.entries()) {
      largest = Math.max(largest, Math.abs(got[i] - a));
      moved = Math.max(moved, Math.abs(weights[i] - a));
    }
  }
  expect(largest).toBeLessThan(5e-7); // seen: 8.8e-8
  expect(moved).toBeGreaterThan(1e-3); // the weights themselves are elsewhere: 2.3e-3
});

test('is what is evaluated, sampled and saved as the model', async () => {
  const storage = new MemoryStorage();
  using trainer = await startTiny(storage, { ...changes, sampleEvery: 10 });
  const sampled: Float32Array[] = [];
  const events = await run(trainer, {
    ...data,
    async sample(model) {
      sampled.push((await model.parameters.get('wte.weight')!.data()) as Float32Array);
      return [];
    },
  });
  expect(sampled).toEqual([0, 10, 20].map((step) => tensorsOf(storage, step).get('average.wte.weight')));
  using model = await loadModel(storage);
  const saved = [...(await model.values())].map(([name, value]) => [`average.${name}`, value.data]);
  const kept = [...tensorsOf(storage, 20)].filter(([name]) => name.startsWith('average.'));
  expect(saved).toEqual(kept);
  const { loss } = await new LanguageModelling(model).evaluate(data.validation!());
  const last = events.findLast((event) => event.type === 'eval-end');
  expect(last).toMatchObject({ step: 20, loss });
  expect((await trainer.objective.evaluate(data.validation!())).loss).not.toBe(loss);
});

test('goes on where it was when a run is resumed', async () => {
  const [whole, cut] = [new MemoryStorage(), new MemoryStorage()];
  {
    using trainer = await startTiny(whole, changes);
    await run(trainer);
  }
  {
    using trainer = await startTiny(cut, changes);
    await run(trainer, data, (event: TrainEvent) => event.type === 'step-end' && event.step === 14);
  }
  using trainer = await resumeTiny(cut);
  await run(trainer);
  expect(readLog(cut).filter(({ type }) => type !== 'train-start')).toEqual(
    readLog(whole).filter(({ type }) => type !== 'train-start'),
  );
  expect([...cut.files.keys()].sort()).toEqual([...whole.files.keys()].sort());
  for (const [name, bytes] of whole.files)
    if (name !== LOG_FILE) expect(cut.files.get(name), name).toEqual(bytes);
});

test('leaves no tensor, started or resumed; of 0, there is none', async () => {
  const storage = new MemoryStorage();
  const before = memory();
  {
    using trainer = await startTiny(storage, { ...changes, maxSteps: 2 });
    expect(memory().numTensors - before.numTensors).toBe(4 * trainer.objective.parameters.size);
    await collect(trainer, data);
  }
  expect(memory()).toEqual(before);
  {
    using _ = await resumeTiny(storage);
  }
  expect(memory()).toEqual(before);
  using trainer = await startTiny(undefined, { emaDecay: 0 });
  expect(memory().numTensors - before.numTensors).toBe(3 * trainer.objective.parameters.size);
});
