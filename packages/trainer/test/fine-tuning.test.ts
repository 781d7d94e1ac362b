/** Fine-tuning with the trainer: L3 and its parts, accuracy, and runs that go on where they were. */
import { useWasmBackend } from '@gpt-ts/backend-wasm';
import {
  InvalidArgumentError,
  InvalidConfigError,
  InvalidFileError,
  MemoryStorage,
  TokenRangeError,
} from '@gpt-ts/core';
import { memory } from '@gpt-ts/kernels';
import { GPT, gptConfig, type LabelledBatch, loadTaskModel, TaskModel } from '@gpt-ts/model';
import { beforeAll, describe, expect, test } from 'vitest';
import type { EvalEnd, TrainEvent } from '../src/events.js';
import { LOG_FILE } from '../src/log.js';
import { FineTuning } from '../src/objectives/fine-tuning.js';
import { LanguageModelling } from '../src/objectives/language-modelling.js';
import { Trainer } from '../src/trainer.js';
import { collect, readLog, run, sizes, startTiny, stepsOf } from './support/tiny-run.js';
import { drawExamples, forms, startTask, taskData } from './support/tiny-tasks.js';

beforeAll(async () => {
  await useWasmBackend();
});

const isEval = (event: TrainEvent): event is EvalEnd => event.type === 'eval-end';
const config = gptConfig(sizes);
/** Rates above 0 and an average, so that all of a run's state counts. */
const changes = { settings: { emaDecay: 0.9, microBatchSize: 2, sampleEvery: 3 }, dropout: 0.1 };

describe.each(forms)('%s', (form) => {
  const data = { ...taskData(form), sample: async () => ['text'] };

  test.each([1, 4, 5, 8, 10])('killed after update %d, it is the run that was left alone', async (step) => {
    const [whole, cut] = [new MemoryStorage(), new MemoryStorage()];
    {
      using trainer = await startTask(form, whole, changes);
      await collect(trainer, data);
    }
    {
      using trainer = await startTask(form, cut, changes);
      await collect(trainer, data, (event) => event.type === 'step-end' && event.step === step);
    }
    using trainer = await Trainer.resume(FineTuning, cut);
    await collect(trainer, data);
    const told = (storage: MemoryStorage) => readLog(storage).filter(({ type }) => type !== 'train-start');
    expect(told(cut)).toEqual(told(whole));
    expect([...cut.files.keys()].sort()).toEqual([...whole.files.keys()].sort());
    for (const [name, bytes] of whole.files) {
      if (name !== LOG_FILE) expect(cut.files.get(name), name).toEqual(bytes);
    }
  });

  test('the loss is the sum of its parts, in the log as in memory', async () => {
    const storage = new MemoryStorage();
    using trainer = await startTask(form, storage);
    await collect(trainer, data);
    const steps = stepsOf(readLog(storage));
    expect(steps).toHaveLength(10);
    for (const { loss, parts } of steps) {
      expect(Object.keys(parts!)).toEqual(['l2', 'weightedL1']);
      const { l2, weightedL1 } = parts!;
      expect(Math.abs(l2 + weightedL1 - loss)).toBeLessThan(5e-7); // seen: 1.2e-7
      expect(Math.min(l2, weightedL1)).toBeGreaterThan(0.3);
    }
  });

  test('with lmCoef 0 it is L2 alone', async () => {
    using trainer = await startTask(form, undefined, { lmCoef: 0 });
    const steps = stepsOf(await collect(trainer, data));
    for (const { loss, parts } of steps) expect(parts).toEqual({ l2: loss });
    using both = await startTask(form, undefined, { lmCoef: 0.5 });
    const [first] = stepsOf(await collect(both, data));
    expect(first.parts!.l2).toBeCloseTo(steps[0].loss, 6);
  });

  test('learns: more answers are right, and the model it leaves gives them', async () => {
    const storage = new MemoryStorage();
    using trainer = await startTask(form, storage, {
      settings: { batchSize: 8, maxSteps: 150, learningRate: 3e-2, evalEvery: 150, checkpointEvery: 150 },
    });
    const examples = [drawExamples(form, 0, 40)];
    const batch = (first: number, count: number) => drawExamples(form, first % 40, count);
    const [before, after] = (await collect(trainer, { batch, validation: () => examples })).filter(isEval);
    expect(after.metrics!.accuracy).toBeGreaterThan(0.6); // seen: 0.975, 0.95 and 0.75, from 0.25 to 0.55
    expect(after.loss).toBeLessThan(before.loss);
    using model = await loadTaskModel(storage);
    const again = await new FineTuning(model).evaluate(examples);
    expect(again).toEqual({ loss: after.loss, count: 40, metrics: after.metrics });
  });
});

describe('evaluation', () => {
  /** A model whose extract state does not matter: the scores are the bias. */
  const biased = (scores: number[]) => {
    const clf = new Map([
      ['clf.weight', new Float32Array(sizes.nEmbd * scores.length)],
      ['clf.bias', Float32Array.from(scores)],
    ]);
    const model = new TaskModel(GPT.random(sizes), { form: 'classification', nClasses: scores.length }, clf);
    return new FineTuning(model);
  };
  const labelled = (labels: number[]): LabelledBatch => ({
    ...drawExamples('classification', 0, labels.length),
    labels: Int32Array.from(labels),
  });

  test('counts right answers and means the loss over all examples, however they are cut into batches', async () => {
    using objective = biased([0, Math.log(2), Math.log(5)]); // 1/8, 2/8, 5/8
    const nats = [0, 1, 2].map((label) => -Math.log([1 / 8, 2 / 8, 5 / 8][label]));
    const { loss, count, metrics } = await objective.evaluate([labelled([2, 0, 2, 1]), labelled([2])]);
    expect([count, metrics]).toEqual([5, { accuracy: 3 / 5 }]);
    expect(loss).toBeCloseTo((3 * nats[2] + nats[0] + nats[1]) / 5, 6);
  });

  test('of equal scores, the first is the answer', async () => {
    using objective = biased([1, 1, 0]);
    const { metrics } = await objective.evaluate([labelled([0, 1, 1, 2])]);
    expect(metrics).toEqual({ accuracy: 1 / 4 });
  });

  test('examples without a label do not count', async () => {
    using objective = biased([0, 0, Math.log(2)]); // 1/4, 1/4, 2/4
    const { loss, count, metrics } = await objective.evaluate([
      labelled([-1, 2, -1]),
      labelled([-1]),
      labelled([0]),
    ]);
    expect([count, metrics]).toEqual([2, { accuracy: 1 / 2 }]);
    expect(loss).toBeCloseTo((Math.log(2) + Math.log(4)) / 2, 6);
  });

  test('scores an option by its own row', async () => {
    using model = new TaskModel(GPT.random(sizes, 3), { form: 'multiple-choice' });
    const batch = drawExamples('multiple-choice', 0, 6);
    using scores = asDisposable(model.logits(batch));
    const values = await scores.tensor.data(); // [6, 3]
    const best = Int32Array.from({ length: 6 }, (_, i) => {
      const row = [...values.subarray(3 * i, 3 * i + 3)];
      return row.indexOf(Math.max(...row));
    });
    const objective = new FineTuning(model);
    const wrong = best.map((answer, i) => (i < 2 ? (answer + 1) % 3 : answer));
    expect((await objective.evaluate([{ ...batch, labels: best }])).metrics).toEqual({ accuracy: 1 });
    expect((await objective.evaluate([{ ...batch, labels: wrong }])).metrics).toEqual({ accuracy: 4 / 6 });
  });

  test('leaves no tensor, also when an id is wrong', async () => {
    using objective = biased([0, 1]);
    const before = memory();
    const bad = labelled([0, 1]);
    bad.tokens[0] = sizes.nVocab;
    await objective.evaluate([labelled([0, 1])]);
    await expect(objective.evaluate([labelled([0]), bad])).rejects.toThrow(TokenRangeError);
    expect(memory()).toEqual(before);
  });
});

const asDisposable = <T extends { dispose(): void }>(tensor: T) => ({
  tensor,
  [Symbol.dispose]: () => tensor.dispose(),
});

describe('a checkpoint of another kind of run', () => {
  test('of language modelling is not resumed as fine-tuning', async () => {
    const storage = new MemoryStorage();
    {
      using trainer = await startTiny(storage, { maxSteps: 1 });
      await run(trainer);
    }
    const before = memory();
    const resumed = Trainer.resume(FineTuning, storage);
    await expect(resumed).rejects.toThrow(InvalidFileError);
    await expect(resumed).rejects.toThrow(
      'checkpoint-00000001.safetensors: objective: is of a run of language-modelling, not of fine-tuning',
    );
    expect(memory()).toEqual(before);
  });

  test('of fine-tuning is not resumed as language modelling', async () => {
    const storage = new MemoryStorage();
    {
      using trainer = await startTask('similarity', storage, { settings: { maxSteps: 1 } });
      await collect(trainer, taskData('similarity'));
    }
    const before = memory();
    await expect(Trainer.resume(LanguageModelling, storage)).rejects.toThrow(
      'checkpoint-00000001.safetensors: objective: is of a run of fine-tuning, not of language-modelling',
    );
    expect(memory()).toEqual(before);
  });
});

describe('settings of a head from outside', () => {
  const good = { form: 'classification', nClasses: 3, clfPdrop: 0.1, lmCoef: 0.5 };

  test('become a head', () => {
    using objective = FineTuning.restore(config, good, 'x');
    expect(objective.settings()).toEqual(good);
    expect([...objective.parameters].slice(-2).map(([name, { shape }]) => [name, shape])).toEqual([
      ['clf.weight', [8, 3]],
      ['clf.bias', [3]],
    ]);
  });

  test.each<[unknown, string]>([
    [null, 'the whole must be an object'],
    [{}, 'form must be one of classification, similarity, multiple-choice'],
    [{ ...good, form: 'entailment' }, 'form must be one of'],
    [{ ...good, nClasses: 1 }, 'nClasses must be at least 2 for classification, got 1'],
    [{ ...good, nClasses: 2.5 }, 'nClasses must be a whole number'],
    [{ ...good, nClasses: 2 ** 40 }, 'nClasses must be at most 65536'],
    [{ ...good, form: 'multiple-choice' }, 'nClasses must be 1 for multiple-choice, got 3'],
    [{ ...good, clfPdrop: 1 }, 'clfPdrop must be below 1'],
    [{ ...good, lmCoef: -1 }, 'lmCoef must be at least 0'],
    [{ ...good, lmCoef: null }, 'lmCoef must be a finite number'],
    [{ ...good, lmcoef: 1 }, 'lmcoef must be left out: there is no such field, got 1. Did you mean lmCoef?'],
  ])('%o is refused before a tensor is made', (settings, message) => {
    const before = memory();
    const restore = () => FineTuning.restore(config, settings, 'run.safetensors: objective_settings');
    expect(restore).toThrow(InvalidConfigError);
    expect(restore).toThrow(`run.safetensors: objective_settings: ${message}`);
    expect(memory()).toEqual(before);
  });

  test('in a checkpoint that was made to mislead end in an error, not in a run', async () => {
    const storage = new MemoryStorage();
    using trainer = await startTask('classification', storage);
    Object.assign(trainer.objective, { settings: () => ({ ...good, nClasses: 4 }) });
    for await (const _ of trainer.save());
    const before = memory();
    await expect(Trainer.resume(FineTuning, storage)).rejects.toThrow(
      'checkpoint-00000000.safetensors: model.clf.weight: expected the shape [8, 4], got [8, 3]',
    );
    expect(memory()).toEqual(before);
  });
});

describe('the weight of L1', () => {
  test.each([-0.1, Number.NaN, Number.POSITIVE_INFINITY])('is not %d', (lmCoef) => {
    using model = new TaskModel(GPT.random(sizes), { form: 'similarity', nClasses: 2 });
    expect(() => new FineTuning(model, { lmCoef })).toThrow(InvalidArgumentError);
  });

  test('is above 0 where an untied head learns from L1 alone', () => {
    using model = new TaskModel(GPT.random({ ...sizes, head: 'untied' }), {
      form: 'similarity',
      nClasses: 2,
    });
    const expected = 'lmCoef must be above 0: an untied head learns from L1 alone';
    expect(() => new FineTuning(model, { lmCoef: 0 })).toThrow(expected);
    expect(new FineTuning(model, { lmCoef: 0.1 }).lmCoef).toBe(0.1);
    const settings = { form: 'similarity', nClasses: 2, clfPdrop: 0, lmCoef: 0 };
    expect(() => FineTuning.restore(gptConfig({ ...sizes, head: 'untied' }), settings, 'x')).toThrow(
      `x: ${expected}`,
    );
  });

  test.each(['untied', 'joint'] as const)('a %s head learns, and its run resumes', async (head) => {
    const storage = new MemoryStorage();
    const data = taskData('classification');
    {
      using trainer = await startTask('classification', storage, { config: { head } });
      await collect(trainer, data, (event) => event.type === 'step-end' && event.step === 7);
    }
    using trainer = await Trainer.resume(FineTuning, storage);
    expect(stepsOf(await collect(trainer, data))).toHaveLength(5);
  });
});
