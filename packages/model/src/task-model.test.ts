import { useWasmBackend } from '@gpt-ts/backend-wasm';
import { InvalidArgumentError, Random } from '@gpt-ts/core';
import { dispose, memory, type Tensor, tidy, valueAndGrads } from '@gpt-ts/kernels';
import { beforeAll, describe, expect, test, vi } from 'vitest';
import { GPT } from './gpt.js';
import { type LabelledBatch, type TaskForm, TaskModel } from './task-model.js';

const sizes = { nLayer: 2, nHead: 2, nEmbd: 12, nCtx: 9, nVocab: 15, norm: 'post', initStd: 0.3 } as const;
const EXTRACT = 14;
const random = new Random(0, 'task-model');

async function take(tensor: Tensor): Promise<number[]> {
  const values = Array.from(await tensor.data());
  tensor.dispose();
  return values;
}

/** Rows of random lengths that end in the extract token. */
function draw(batchSize: number, nRows: number): LabelledBatch {
  const rows = batchSize * nRows;
  const { nCtx } = sizes;
  const lengths = Array.from({ length: rows }, () => 3 + random.int(nCtx - 2));
  const tokens = new Int32Array(rows * nCtx);
  const mask = new Float32Array(rows * nCtx);
  for (const [r, length] of lengths.entries()) {
    for (let t = 0; t < length; t++) {
      tokens[r * nCtx + t] = t === length - 1 ? EXTRACT : random.int(EXTRACT);
      mask[r * nCtx + t] = 1;
    }
  }
  const extractIndex = Int32Array.from(lengths, (length) => length - 1);
  return { batchSize, nRows, tokens, mask, extractIndex, labels: new Int32Array(batchSize).fill(1) };
}

const model = (form: TaskForm, nClasses?: number, clfPdrop?: number) =>
  new TaskModel(GPT.random(sizes, 1), { form, nClasses, clfPdrop });

/** The first state of each row at its extract token, by the definition. */
async function extractStates({ gpt }: TaskModel, batch: LabelledBatch): Promise<number[][]> {
  const all = await take(tidy(() => gpt.hidden(batch.tokens, batch.batchSize * batch.nRows)));
  const { nCtx, nEmbd } = sizes;
  return Array.from(batch.extractIndex, (at, r) =>
    all.slice((r * nCtx + at) * nEmbd, (r * nCtx + at + 1) * nEmbd),
  );
}

async function scoresOf({ parameters }: TaskModel, state: number[]): Promise<number[]> {
  const weight = await parameters.get('clf.weight')!.data();
  const bias = Array.from(await parameters.get('clf.bias')!.data());
  return bias.map((b, n) => state.reduce((sum, x, c) => sum + x * weight[c * bias.length + n], b));
}

function expectClose(got: number[], want: number[]): void {
  expect(got.length).toBe(want.length);
  for (const [i, x] of got.entries()) expect(Math.abs(x - want[i])).toBeLessThan(1e-6); // seen: 1.5e-7
}

beforeAll(async () => {
  await useWasmBackend();
});

describe('scores follow from the states of the extract tokens', () => {
  test('classification: one linear layer', async () => {
    using task = model('classification', 4);
    const batch = draw(3, 1);
    const want = await Promise.all((await extractStates(task, batch)).map((state) => scoresOf(task, state)));
    expectClose(await take(task.logits(batch)), want.flat());
  });

  test('similarity: of the sum of both orders', async () => {
    using task = model('similarity', 2);
    const batch = draw(3, 2);
    const states = await extractStates(task, batch);
    const sums = [0, 1, 2].map((b) => states[2 * b].map((x, c) => x + states[2 * b + 1][c]));
    expectClose(
      await take(task.logits(batch)),
      (await Promise.all(sums.map((sum) => scoresOf(task, sum)))).flat(),
    );
  });

  test('multiple choice: one of each row', async () => {
    using task = model('multiple-choice');
    const batch = draw(2, 3);
    const want = await Promise.all((await extractStates(task, batch)).map((state) => scoresOf(task, state)));
    const logits = task.logits(batch);
    expect(logits.shape).toEqual([2, 3]);
    expectClose(await take(logits), want.flat());
  });
});

describe('losses', () => {
  test('L3 is L2 and lmCoef times L1, in which every row counts the same', async () => {
    using task = model('multiple-choice');
    const batch = draw(2, 2);
    const { loss, l2, weightedL1 } = task.losses(batch, { lmCoef: 0.25 });
    const { tokens, mask } = batch;
    const targets = tokens.map((_, i) => ((i + 1) % sizes.nCtx && mask[i + 1] ? tokens[i + 1] : -1));
    const { loss: mean, nll } = task.gpt.loss({ inputs: tokens, targets, batchSize: 4 });
    mean.dispose();
    const all = await take(nll);
    const rows = [0, 1, 2, 3].map((r) => {
      const counted = all.filter((_, i) => Math.floor(i / sizes.nCtx) === r && targets[i] >= 0);
      return counted.reduce((sum, x) => sum + x, 0) / counted.length;
    });
    const l1 = rows.reduce((sum, x) => sum + x, 0) / 4;
    const [l3, supervised, weighted] = [await take(loss), await take(l2), await take(weightedL1!)].flat();
    expectClose([weighted, l3], [0.25 * l1, supervised + 0.25 * l1]);
  });

  test('without L1 nothing of the language model is computed', async () => {
    using task = model('classification', 3);
    const { loss, l2, weightedL1 } = task.losses(draw(2, 1), { lmCoef: 0 });
    expect(weightedL1).toBeUndefined();
    expect(await take(loss)).toEqual(await take(l2));
  });

  test('all parameters get a gradient, and nothing else stays', async () => {
    for (const [form, nClasses, nRows] of [
      ['classification', 3, 1],
      ['similarity', 2, 2],
      ['multiple-choice', undefined, 3],
    ] as const) {
      using task = model(form, nClasses);
      const before = memory().numTensors;
      const parameters = [...task.parameters.values()];
      const masks = { dropout: { seed: 1, step: 2 } };
      const { value, grads } = valueAndGrads(() => task.losses(draw(2, nRows), masks).loss, parameters);
      expect(memory().numTensors).toBe(before + 1 + parameters.length);
      expect(grads.map(({ shape }) => shape)).toEqual(parameters.map(({ shape }) => shape));
      dispose([value, ...grads]);
    }
  });

  test('training drops the same of all options of an example', async () => {
    using task = model('multiple-choice', 1, 0.5);
    const one = draw(1, 1);
    const twice = <T extends Int32Array | Float32Array>(x: T): T => {
      const out =
        x.constructor === Int32Array ? new Int32Array(2 * x.length) : new Float32Array(2 * x.length);
      out.set(x);
      out.set(x, x.length);
      return out as T;
    };
    const same: LabelledBatch = {
      ...{ batchSize: 1, nRows: 2, labels: Int32Array.of(0) },
      ...{ tokens: twice(one.tokens), mask: twice(one.mask), extractIndex: twice(one.extractIndex) },
    };
    const l2 = async (step: number) => {
      const { loss, l2 } = task.losses(same, { lmCoef: 0, dropout: { seed: 3, step } });
      loss.dispose();
      return (await take(l2))[0];
    };
    for (let step = 0; step < 5; step++) expect(await l2(step)).toBeCloseTo(Math.log(2), 6);
  });
});

describe('an update in parts', () => {
  const cut = (batch: LabelledBatch, from: number, to: number): LabelledBatch => {
    const { nRows: k, tokens, mask, extractIndex, labels } = batch;
    const [first, last] = [from * k, to * k];
    const t = sizes.nCtx;
    return {
      ...{ batchSize: to - from, nRows: k, labels: labels.slice(from, to) },
      ...{ tokens: tokens.slice(first * t, last * t), mask: mask.slice(first * t, last * t) },
      extractIndex: extractIndex.slice(first, last),
    };
  };

  test.each([
    ['classification', 3, 1],
    ['similarity', 2, 2],
    ['multiple-choice', undefined, 3],
  ] as const)(
    '%s: losses and gradients of 4 parts of 3 add up to those of 12',
    async (form, nClasses, nRows) => {
      using task = model(form, nClasses);
      const parameters = [...task.parameters.values()];
      const before = memory();
      const batch = draw(12, nRows);
      const whole = valueAndGrads(() => task.losses(batch).loss, parameters);
      let sums: Tensor[] | undefined;
      let loss = 0;
      for (let from = 0; from < 12; from += 3) {
        const part = cut(batch, from, from + 3);
        const lossOfPart = () => task.losses(part, { examples: 12 }).loss;
        const { value, grads } = valueAndGrads(lossOfPart, parameters, sums);
        sums = grads;
        loss += (await take(value))[0];
      }
      expectClose([loss], await take(whole.value)); // seen: 1.2e-7; of gradients 1.5e-7
      for (const [i, grad] of whole.grads.entries()) expectClose(await take(sums![i]), await take(grad));
      expect(memory()).toEqual(before);
    },
  );

  test('the number of examples is that of the whole', () => {
    using task = model('classification', 3);
    const before = memory().numTensors;
    for (const examples of [2, 3.5, 0, Number.NaN]) {
      expect(() => task.losses(draw(3, 1), { examples })).toThrow(
        'examples must be a whole number, at least the 3 of the batch',
      );
    }
    expect(memory().numTensors).toBe(before);
  });
});

test('recomputing blocks changes no bit of L3 and its gradients', async () => {
  for (const [form, nClasses, nRows] of [
    ['classification', 3, 1],
    ['similarity', 2, 2],
    ['multiple-choice', undefined, 3],
  ] as const) {
    using task = model(form, nClasses);
    const parameters = [...task.parameters.values()];
    const batch = draw(2, nRows);
    const bits = async (recompute: boolean) => {
      const pass = { dropout: { seed: 1, step: 2 }, recompute };
      const { value, grads } = valueAndGrads(() => task.losses(batch, pass).loss, parameters);
      return Promise.all([value, ...grads].map(take));
    };
    expect(await bits(true)).toEqual(await bits(false));
  }
});

test('a head of parameters that exist is taken as it is', async () => {
  using first = model('similarity', 2);
  const before = memory();
  const second = new TaskModel(first.gpt, { form: 'similarity', nClasses: 2 }, first.parameters);
  expect(memory()).toEqual(before);
  for (const [name, parameter] of first.parameters) expect(second.parameters.get(name)).toBe(parameter);
  const wrong = new Map([...first.parameters, ['clf.bias', first.parameters.get('clf.weight')!]]);
  const config = { form: 'similarity', nClasses: 2 } as const;
  expect(() => new TaskModel(first.gpt, config, wrong)).toThrow('clf.bias must be 2 values, got 24.');
});

describe('refused', () => {
  test('classes and rows that do not go with the form', () => {
    using gpt = GPT.random(sizes);
    expect(() => new TaskModel(gpt, { form: 'classification', nClasses: 1 })).toThrow(
      'nClasses must be two or more, got 1.',
    );
    expect(() => new TaskModel(gpt, { form: 'similarity' })).toThrow(InvalidArgumentError);
    expect(() => new TaskModel(gpt, { form: 'multiple-choice', nClasses: 2 })).toThrow('1 or left out');
    expect(() => new TaskModel(gpt, { form: 'similarity', nClasses: 2 }, new Map())).toThrow(
      'clf.weight must be 24 values, got undefined.',
    );
    using task = model('similarity', 2);
    const before = memory().numTensors;
    expect(() => task.logits(draw(2, 3))).toThrow('nRows must be 2 for similarity, got 3.');
    const batch = draw(2, 2);
    for (const at of [-1, sizes.nCtx]) {
      const extractIndex = batch.extractIndex.with(1, at);
      expect(() => task.logits({ ...batch, extractIndex })).toThrow(
        'extractIndex must be 4 positions from 0 to 8',
      );
    }
    expect(memory().numTensors).toBe(before);
  });

  test('a mask that is not of zeros and ones, before anything is computed', () => {
    using task = model('classification', 2);
    const batch = draw(2, 1);
    const hidden = vi.spyOn(task.gpt, 'hidden');
    for (const value of [0.5, 2, -1, Number.NaN]) {
      const odd = { ...batch, mask: batch.mask.with(4, value) };
      const message = `mask must be 0 or 1 everywhere, got "${value} at index 4".`;
      expect(() => task.losses(odd)).toThrow(message);
      expect(() => task.losses(odd, { lmCoef: 0 })).toThrow(InvalidArgumentError);
      expect(() => task.logits(odd)).toThrow(message);
    }
    expect(() => task.losses({ ...batch, mask: batch.mask.slice(1) })).toThrow(
      'mask must be 18 values, got "17 values".',
    );
    expect(() => task.losses({ ...batch, tokens: batch.tokens.slice(1) })).toThrow(
      'tokens must be 2 rows of one or more ids, got "17 ids".',
    );
    expect(hidden).not.toHaveBeenCalled();
    task.logits(batch).dispose();
    expect(hidden).toHaveBeenCalledOnce();
  });
});
