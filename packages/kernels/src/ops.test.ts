/** What the ops accept and refuse; their values are in the conformance suite. */
import { InvalidArgumentError, Random, ShapeError } from '@gpt-ts/core';
import { beforeAll, describe, expect, test } from 'vitest';
import { type AdamSettings, adamGpt1, adamW } from './adam/adam.js';
import { add } from './add/add.js';
import { cachedAttention } from './cached-attention/cached-attention.js';
import type { AttentionOptions } from './causal-attention/attention-options.js';
import { causalAttention } from './causal-attention/causal-attention.js';
import { crossEntropy, IGNORED_TARGET } from './cross-entropy/cross-entropy.js';
import { dropout } from './dropout/dropout.js';
import { embedding } from './embedding/embedding.js';
import { DtypeError } from './errors/dtype-error.js';
import { gelu } from './gelu/gelu.js';
import { languageModelLoss } from './language-model-loss/language-model-loss.js';
import { layerNorm } from './layer-norm/layer-norm.js';
import { linear } from './linear/linear.js';
import { matMul } from './mat-mul/mat-mul.js';
import { useReferenceBackend } from './reference.js';
import { globalNorm } from './sum-of-squares/global-norm.js';
import { dispose, idTensor, memory, parameter, type Tensor, tensor, tidy } from './tensor.js';

const x = (...shape: number[]) => tensor(new Float32Array(shape.reduce((a, b) => a * b, 1)), shape);
const ids = (...values: number[]) => idTensor(Int32Array.from(values), [values.length]);

const cache = (...shape: number[]) => parameter(new Float32Array(shape.reduce((a, b) => a * b, 1)), shape);
const source = { seed: 0, name: 'test', step: 0 };

describe('each op', () => {
  beforeAll(useReferenceBackend);

  test.each<[string, () => Tensor, number[]]>([
    ['add', () => add(x(2, 3), x(2, 3)), [2, 3]],
    ['matMul', () => matMul(x(4, 2, 3), x(3, 5)), [4, 2, 5]],
    ['matMul, b transposed', () => matMul(x(4, 2, 3), x(5, 3), { transposeB: true }), [4, 2, 5]],
    ['matMul, a transposed', () => matMul(x(3, 2), x(3, 5), { transposeA: true }), [2, 5]],
    ['linear', () => linear(x(2, 3), x(3, 5), x(5)), [2, 5]],
    ['layerNorm', () => layerNorm(x(2, 3), x(3), x(3)), [2, 3]],
    ['embedding', () => embedding(x(4, 3), ids(3, 0)), [2, 3]],
    ['causalAttention', () => causalAttention(x(2, 3, 24), 4), [2, 3, 8]],
    ['crossEntropy', () => crossEntropy(x(2, 3), ids(0, 2)).nll, [2]],
    ['languageModelLoss', () => languageModelLoss(x(2, 3), x(5, 3), ids(0, 4)).nll, [2]],
    ['dropout', () => dropout(x(2, 3), 0.5, source), [2, 3]],
    ['cachedAttention', () => cachedAttention(x(2, 1, 24), cache(2, 7, 16), [0, 6], 4), [2, 1, 8]],
  ])('%s gives the shape it promises', (_, op, shape) => {
    expect(tidy(op).shape).toEqual(shape);
  });

  test.each<[string, number[][], (...tensors: Tensor[]) => Tensor]>([
    [
      'add',
      [
        [2, 3],
        [2, 3],
      ],
      (a, b) => add(a, b),
    ],
    [
      'matMul',
      [
        [2, 3],
        [3, 4],
      ],
      (a, b) => matMul(a, b),
    ],
    ['linear', [[2, 3], [3, 5], [5]], (a, w, b) => linear(a, w, b)],
    ['layerNorm', [[2, 3], [3], [3]], (a, g, b) => layerNorm(a, g, b)],
    ['gelu', [[2, 3]], (a) => gelu(a)],
    ['causalAttention', [[2, 3, 24]], (qkv) => causalAttention(qkv, 4)],
    [
      'causalAttention with dropout',
      [[2, 3, 24]],
      (qkv) => causalAttention(qkv, 4, { dropout: { rate: 0.5, source } }),
    ],
    ['dropout', [[2, 3]], (a) => dropout(a, 0.5, source)],
  ])('%s leaves its result and nothing else, also outside tidy', (_, shapes, op) => {
    const inputs = shapes.map((shape) => x(...shape));
    const before = memory().numTensors;
    const result = op(...inputs);
    expect(memory().numTensors).toBe(before + 1);
    dispose([result, ...inputs]);
  });

  test('weights make the loss a mean of rows, each the mean of its own targets', () => {
    const random = new Random(0);
    const draw = (...shape: number[]) => {
      const values = Float32Array.from({ length: shape.reduce((a, b) => a * b, 1) }, () => random.normal());
      return tensor(values, shape);
    };
    const [head, first, second] = [draw(7, 4), draw(3, 4), draw(3, 4)];
    const rows: [Tensor, number[]][] = [
      [first, [2, 6, -1]],
      [second, [0, -1, -1]],
    ];
    const hidden = tensor(Float32Array.from(rows.flatMap(([row]) => [...row.dataSync()])), [2, 3, 4]);
    const targets = idTensor(Int32Array.from(rows.flatMap(([, row]) => row)), [2, 3]);
    const weights = tensor(Float32Array.of(1 / 4, 1 / 4, 9, 1 / 2, Number.NaN, 9), [2, 3]); // 1 / (rows x targets of the row)
    const want = rows.reduce((sum, [row, ofRow]) => {
      return sum + languageModelLoss(row, head, ids(...ofRow)).loss.dataSync()[0] / rows.length;
    }, 0);
    const together = languageModelLoss(hidden, head, targets, weights);
    const ofLogits = crossEntropy(matMul(hidden, head, { transposeB: true }), targets, weights);
    for (const { loss, nll } of [together, ofLogits]) {
      expect(loss.dataSync()[0]).toBeCloseTo(want, 6);
      expect(nll.dataSync()).toEqual(
        crossEntropy(matMul(hidden, head, { transposeB: true }), targets).nll.dataSync(),
      );
    }
  });

  test('linear refuses an activation that it does not have', () => {
    const layer = (activation: string) =>
      linear(x(2, 3), x(3, 5), x(5), { activation: activation as 'gelu' });
    expect(() => tidy(() => layer('relu'))).toThrow(InvalidArgumentError);
    expect(() => tidy(() => layer('toString'))).toThrow(
      "activation must be 'none', 'gelu' or 'gelu-exact', got \"toString\".",
    );
  });

  test.each<[string, () => unknown]>([
    ['GptEmbedding: ids must be int32, got float32.', () => embedding(x(4, 3), x(2))],
    [
      'GptEmbedding: table must be float32, got int32.',
      () => embedding(idTensor(new Int32Array(6), [2, 3]), ids(0)),
    ],
    ['GptCrossEntropy: targets must be int32, got float32.', () => crossEntropy(x(2, 3), x(2))],
    [
      'GptLanguageModelLoss: targets must be int32, got float32.',
      () => languageModelLoss(x(2, 3), x(4, 3), x(2)),
    ],
    [
      'GptLanguageModelLoss: weights must be float32, got int32.',
      () => languageModelLoss(x(2, 3), x(4, 3), ids(0, 1), ids(1, 1)),
    ],
    ['GptGelu: x must be float32, got int32.', () => gelu(ids(1, 2))],
  ])('of the wrong kind of number: %s', (message, op) => {
    const before = memory().numTensors;
    expect(() => tidy(op as () => Tensor)).toThrow(DtypeError);
    expect(() => tidy(op as () => Tensor)).toThrow(message);
    expect(memory().numTensors).toBe(before);
  });

  test.each<[string, () => unknown]>([
    ['add: b must be [2, 3], got [3].', () => add(x(2, 3), x(3))],
    ['matMul: b must be [3, N], got [2, 5].', () => matMul(x(2, 3), x(2, 5))],
    ['matMul: b must be [N, 3], got [3, 5].', () => matMul(x(2, 3), x(3, 5), { transposeB: true })],
    ['matMul: b must be a matrix, got [3, 5, 1].', () => matMul(x(2, 3), x(3, 5, 1))],
    ['matMul: a must be of 2 or more dimensions, got [3].', () => matMul(x(3), x(3, 5))],
    [
      'matMul: a must be a matrix when transposed, got [1, 3, 2].',
      () => matMul(x(1, 3, 2), x(3, 5), { transposeA: true }),
    ],
    ['linear: weight must be [3, 5], got [2, 5].', () => linear(x(2, 3), x(2, 5), x(5))],
    ['linear: bias must be [5], got [1].', () => linear(x(2, 3), x(3, 5), x(1))],
    ['layerNorm: gain must be [3], got [2].', () => layerNorm(x(2, 3), x(2), x(3))],
    ['layerNorm: bias must be [3], got [3, 1].', () => layerNorm(x(2, 3), x(3), x(3, 1))],
    ['embedding: table must be of 2 or more dimensions, got [4].', () => embedding(x(4), ids(0))],
    [
      'causalAttention: qkv must be [B, T, 3 x 4 heads x dHead], got [2, 3, 22].',
      () => causalAttention(x(2, 3, 22), 4),
    ],
    [
      'causalAttention: qkv must be [B, T, 3 x 0 heads x dHead], got [2, 3, 24].',
      () => causalAttention(x(2, 3, 24), 0),
    ],
    ['crossEntropy: targets must be [2], got [3].', () => crossEntropy(x(2, 3), ids(0, 1, 2))],
    ['crossEntropy: weights must be [2], got [3].', () => crossEntropy(x(2, 3), ids(0, 1), x(3))],
    [
      'languageModelLoss: weights must be [2], got [2, 1].',
      () => languageModelLoss(x(2, 3), x(5, 3), ids(0, 1), x(2, 1)),
    ],
    ['linear: residual must be [2, 5], got [5].', () => linear(x(2, 3), x(3, 5), x(5), { residual: x(5) })],
    [
      'layerNorm: residual must be [2, 3], got [3].',
      () => layerNorm(x(2, 3), x(3), x(3), { residual: x(3) }),
    ],
    [
      'languageModelLoss: head must be [5, 3], got [5, 2].',
      () => languageModelLoss(x(2, 3), x(5, 2), ids(0, 1)),
    ],
    [
      'languageModelLoss: targets must be [2], got [3].',
      () => languageModelLoss(x(2, 3), x(5, 3), ids(0, 1, 2)),
    ],
  ])('%s', (message, op) => {
    const before = memory().numTensors;
    expect(() => tidy(() => void op())).toThrow(ShapeError);
    expect(() => tidy(() => void op())).toThrow(message);
    expect(memory().numTensors).toBe(before);
  });
});

describe('cachedAttention', () => {
  beforeAll(useReferenceBackend);

  test('gives, position by position or many at once, what attention over the whole text gives', async () => {
    const random = new Random(4);
    const [t, nHead, width] = [11, 2, 24];
    const values = Float32Array.from({ length: t * width }, () => random.normal());
    const part = (from: number, to: number) =>
      tensor(values.slice(from * width, to * width), [1, to - from, width]);
    const pattern = { kind: 'strided', stride: 3 } as const;
    const whole = await causalAttention(part(0, t), nHead, { pattern, scale: 0.7 }).data();
    const kept = cache(1, t, 16);
    const before = memory().numTensors;
    for (const [from, to] of [
      [0, 4],
      [4, 5],
      [5, 6],
      [6, 11],
    ]) {
      const out = tidy(() => cachedAttention(part(from, to), kept, [from], nHead, { pattern, scale: 0.7 }));
      expect(await out.data()).toEqual(whole.slice(from * 8, to * 8));
      out.dispose();
    }
    expect(memory().numTensors).toBe(before);
  });

  test.each<[string, number[], number[], number[]]>([
    ['starts must be 2 integers from 0 to 5, got [0,6].', [2, 2, 24], [2, 7, 16], [0, 6]],
    ['starts must be 2 integers from 0 to 5, got [0].', [2, 2, 24], [2, 7, 16], [0]],
    ['starts must be 1 integers from 0 to 6, got [-1].', [1, 1, 24], [1, 7, 16], [-1]],
    ['cachedAttention: cache must be [1, nCtx, 16], got [2, 7, 16].', [1, 1, 24], [2, 7, 16], [0]],
    ['cachedAttention: cache must be [1, nCtx, 16], got [1, 16].', [1, 1, 24], [1, 16], [0]],
  ])('%s', (message, qkv, kv, starts) => {
    expect(() => cachedAttention(x(...qkv), cache(...kv), starts, 4)).toThrow(message);
  });
});

describe('options of attention', () => {
  beforeAll(useReferenceBackend);

  test.each<[string, AttentionOptions]>([
    ['scale must be a positive float32, got 0.', { scale: 0 }],
    ['scale must be a positive float32, got -1.', { scale: -1 }],
    ['scale must be a positive float32, got NaN.', { scale: Number.NaN }],
    ['scale must be a positive float32, got Infinity.', { scale: Number.POSITIVE_INFINITY }],
    ['scale must be a positive float32, got 1e+39.', { scale: 1e39 }],
    ['pattern.window must be a positive integer, got 0.', { pattern: { kind: 'banded', window: 0 } }],
    ['rate must be a number in [0, 1), got 1.', { dropout: { rate: 1, source } }],
    [
      'seed must be an integer from 0 to 2^53 - 1, got -1.',
      { dropout: { rate: 0, source: { ...source, seed: -1 } } },
    ],
  ])('%s', (message, options) => {
    const ops = [() => causalAttention(x(2, 1, 24), 4, options)];
    if (!options.dropout) ops.push(() => cachedAttention(x(2, 1, 24), cache(2, 7, 16), [0, 6], 4, options));
    for (const op of ops) {
      expect(op).toThrow(InvalidArgumentError);
      expect(op).toThrow(message);
    }
  });

  test('dropout in another update, or under another name, is another one', async () => {
    const qkv = tensor(
      Float32Array.from({ length: 240 }, (_, i) => Math.sin(i)),
      [1, 10, 24],
    );
    const out = (change: object) =>
      causalAttention(qkv, 2, { dropout: { rate: 0.5, source: { ...source, ...change } } }).data();
    const first = await out({});
    expect(await out({})).toEqual(first);
    for (const change of [{ seed: 1 }, { name: 'other' }, { step: 1 }])
      expect(await out(change)).not.toEqual(first);
  });
});

describe('dropout', () => {
  beforeAll(useReferenceBackend);
  const ones = tensor.bind(undefined, new Float32Array(4000).fill(1), [4000]);

  test('drops the share it is asked for and keeps the mean', async () => {
    const y = await dropout(ones(), 0.25, source).data();
    const dropped = y.filter((value) => value === 0).length / y.length;
    expect(dropped).toBeCloseTo(0.25, 1); // 0.25 +- 0.007
    expect(new Set(y)).toEqual(new Set([0, Math.fround(4 / 3)]));
  });

  test('has one mask a seed, name and step', async () => {
    const mask = (change: object) => dropout(ones(), 0.5, { ...source, ...change }).data();
    const first = await mask({});
    expect(await mask({})).toEqual(first);
    for (const change of [{ seed: 1 }, { seed: 2 ** 32 }, { name: 'other' }, { step: 1 }]) {
      expect(await mask(change)).not.toEqual(first);
    }
  });

  test('at a rate of 0 changes nothing', async () => {
    expect(await dropout(ones(), 0, source).data()).toEqual(await ones().data());
  });

  test.each<[string, number, object]>([
    ['rate must be a number in [0, 1), got 1.', 1, {}],
    ['rate must be a number in [0, 1), got -0.1.', -0.1, {}],
    ['rate must be a number in [0, 1), got NaN.', Number.NaN, {}],
    ['step must be an integer from 0 to 2^32 - 1, got 0.5.', 0.5, { step: 0.5 }],
    ['seed must be an integer from 0 to 2^53 - 1, got -1.', 0.5, { seed: -1 }],
  ])('%s', (message, rate, change) => {
    const refused = () => dropout(ones(), rate, { ...source, ...change });
    expect(refused).toThrow(InvalidArgumentError);
    expect(refused).toThrow(message);
  });
});

describe('crossEntropy', () => {
  beforeAll(useReferenceBackend);

  test('leaves its two results and nothing else, also outside tidy', () => {
    const [logits, targets] = [x(2, 3), ids(0, 2)];
    const before = memory().numTensors;
    const { loss, nll } = crossEntropy(logits, targets);
    expect(memory().numTensors).toBe(before + 2);
    dispose([loss, nll, logits, targets]);
    expect(memory().numTensors).toBe(before - 2);
  });

  test('leaves ignored targets out of the mean, and a batch of nothing else costs nothing', async () => {
    const logits = tensor(Float32Array.of(0, 0, 9, 0), [2, 2]);
    const some = crossEntropy(logits, ids(0, IGNORED_TARGET));
    expect((await some.loss.data())[0]).toBeCloseTo(Math.LN2, 7);
    expect((await some.nll.data())[1]).toBe(0);
    const none = crossEntropy(logits, ids(IGNORED_TARGET, IGNORED_TARGET));
    expect((await none.loss.data())[0]).toBe(0);
  });

  test('refuses a target that is no id, and says where it is', () => {
    const logits = x(2, 3);
    for (const target of [3, -2]) {
      expect(() => crossEntropy(logits, ids(0, target))).toThrow(
        `token ${target} at position 1 is not an id from 0 to 2.`,
      );
    }
  });
});

describe('the optimizer ops', () => {
  beforeAll(useReferenceBackend);

  test('globalNorm takes several tensors as one vector', async () => {
    const before = memory().numTensors;
    const tensors = [Float32Array.of(3), Float32Array.of(0, 4, 12)].map((data) =>
      tensor(data, [data.length]),
    );
    expect(await globalNorm(tensors)).toBe(13);
    expect(await globalNorm([])).toBe(0);
    expect(memory().numTensors).toBe(before + 2);
  });

  test.each([
    ['adamW', adamW],
    ['adamGpt1', adamGpt1],
  ] as const)('%s refuses moments of another shape', (name, update) => {
    const [param, m] = [parameter(new Float32Array(4), [2, 2]), parameter(new Float32Array(4), [4])];
    const attrs = { learningRate: 1, beta1: 0, beta2: 0, eps: 1, weightDecay: 0, step: 1, gradScale: 1 };
    expect(() => update(param, x(2, 2), m, m, attrs)).toThrow(`${name}: m must be [2, 2], got [4].`);
    expect(() => update(param, x(4), param, param, attrs)).toThrow(`${name}: grad must be [2, 2], got [4].`);
  });
});

describe('five updates', () => {
  beforeAll(useReferenceBackend);
  const settings = { learningRate: 0.003, beta1: 0.9, beta2: 0.999, eps: 1e-3, weightDecay: 0.5 }; // an eps that shows

  test.each<[string, typeof adamW, Rule]>([
    ['adamW', adamW, algorithm2],
    ['adamGpt1', adamGpt1, optPy],
  ])('of %s are those of the published rule, in double precision', async (_, update, rule) => {
    const random = new Random(0);
    let want = { p: random.normal(), m: 0, v: 0 };
    const [p, m, v] = [want.p, 0, 0].map((value) => parameter(Float32Array.of(value), [1]));
    for (let step = 1; step <= 5; step++) {
      const [g, gradScale] = [random.normal(), step % 2 ? 1 : 0.25];
      want = rule(want, g * gradScale, { ...settings, step, gradScale });
      update(p, tensor(Float32Array.of(g), [1]), m, v, { ...settings, step, gradScale });
      expect((await p.data())[0]).toBeCloseTo(want.p, 6);
      expect((await m.data())[0]).toBeCloseTo(want.m, 6);
      expect((await v.data())[0]).toBeCloseTo(want.v, 6);
    }
  });
});

type State = { p: number; m: number; v: number };
type Rule = (state: State, g: number, settings: AdamSettings) => State;

/** Loshchilov & Hutter 2019, algorithm 2, line by line; their alpha is in the rate. */
function algorithm2({ p, m, v }: State, g: number, s: AdamSettings): State {
  const m1 = s.beta1 * m + (1 - s.beta1) * g;
  const v1 = s.beta2 * v + (1 - s.beta2) * g * g;
  const mHat = m1 / (1 - s.beta1 ** s.step);
  const vHat = v1 / (1 - s.beta2 ** s.step);
  const rate = s.learningRate;
  return { p: p - rate * (mHat / (Math.sqrt(vHat) + s.eps) + s.weightDecay * p), m: m1, v: v1 };
}

/** `adam` of openai/finetune-transformer-lm, line by line; `learningRate` is the scheduled rate. */
function optPy({ p, m, v }: State, g: number, s: AdamSettings): State {
  const lrt = (s.learningRate * (1 - s.beta2 ** s.step) ** 0.5) / (1 - s.beta1 ** s.step);
  const mt = s.beta1 * m + (1 - s.beta1) * g;
  const vt = s.beta2 * v + (1 - s.beta2) * g * g;
  const pt = p - lrt * (mt / (Math.sqrt(vt) + s.eps));
  return { p: pt - lrt * s.weightDecay * p, m: mt, v: vt };
}
