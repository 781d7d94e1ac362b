/** What the ops accept and refuse; their values are in the conformance suite. */
import { ShapeError } from '@gpt-ts/core';
import { beforeAll, describe, expect, test } from 'vitest';
import { adamW } from './adam-w/adam-w.js';
import { add } from './add/add.js';
import { causalAttention } from './causal-attention/causal-attention.js';
import { crossEntropy, IGNORED_TARGET } from './cross-entropy/cross-entropy.js';
import { embedding } from './embedding/embedding.js';
import { gelu } from './gelu/gelu.js';
import { layerNorm } from './layer-norm/layer-norm.js';
import { linear } from './linear/linear.js';
import { matMul } from './mat-mul/mat-mul.js';
import { useReferenceBackend } from './reference.js';
import { globalNorm } from './sum-of-squares/global-norm.js';
import { dispose, idTensor, memory, parameter, type Tensor, tensor, tidy } from './tensor.js';

const x = (...shape: number[]) => tensor(new Float32Array(shape.reduce((a, b) => a * b, 1)), shape);
const ids = (...values: number[]) => idTensor(Int32Array.from(values), [values.length]);

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
  ])('%s leaves its result and nothing else, also outside tidy', (_, shapes, op) => {
    const inputs = shapes.map((shape) => x(...shape));
    const before = memory().numTensors;
    const result = op(...inputs);
    expect(memory().numTensors).toBe(before + 1);
    dispose([result, ...inputs]);
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
  ])('%s', (message, op) => {
    const before = memory().numTensors;
    expect(() => tidy(() => void op())).toThrow(ShapeError);
    expect(() => tidy(() => void op())).toThrow(message);
    expect(memory().numTensors).toBe(before);
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

  test('adamW refuses moments of another shape', () => {
    const [param, m] = [parameter(new Float32Array(4), [2, 2]), parameter(new Float32Array(4), [4])];
    const attrs = { learningRate: 1, beta1: 0, beta2: 0, eps: 1, weightDecay: 0, step: 1, gradScale: 1 };
    expect(() => adamW(param, x(2, 2), m, m, attrs)).toThrow('adamW: m must be [2, 2], got [4].');
    expect(() => adamW(param, x(4), param, param, attrs)).toThrow('adamW: grad must be [2, 2], got [4].');
  });
});
