/** Every op of a GPT at the sizes of the smallest GPT-2, with fewer tokens where the peer would take seconds. */
import {
  type AttentionPattern,
  adamW,
  add,
  cachedAttention,
  causalAttention,
  crossEntropy,
  dispose,
  dropout,
  embedding,
  gelu,
  globalNorm,
  idTensor,
  languageModelLoss,
  layerNorm,
  linear,
  type Parameter,
  type Tensor,
  tidy,
  valueAndGrads,
} from '@gpt-ts/kernels';
import { ids, parameters, toColumn } from './inputs.js';
import type { Subject, SubjectSpec } from './subject.js';

const [T, C, HEADS, INNER, V] = [128, 768, 12, 3072, 4096];
const ROWS = 1024; // of the ops that are not products
const KEYS = 256;

const PATTERNS: AttentionPattern[] = [
  { kind: 'dense' },
  { kind: 'banded', window: 64 },
  { kind: 'column', stride: 16 },
  { kind: 'strided', stride: 16 },
  { kind: 'block', stride: 16 },
  { kind: 'fixed', stride: 16, summary: 4 },
];

/** The ops, forward and, where there is a gradient, forward and backward. */
export const opSubjects: SubjectSpec[] = [
  ...op('linear', `${T}x${C} · ${C}x${INNER}`, [[T, C], [C, INNER], [INNER]], ([x, w, b]) => linear(x, w, b)),
  ...op('linear, GELU', `${T}x${C} · ${C}x${INNER}`, [[T, C], [C, INNER], [INNER]], ([x, w, b]) =>
    linear(x, w, b, { activation: 'gelu' }),
  ),
  ...op(
    'linear, residual',
    `${T}x${INNER} · ${INNER}x${C}`,
    [[T, INNER], [INNER, C], [C], [T, C]],
    ([x, w, b, residual]) => linear(x, w, b, { residual }),
  ),
  forward('linear, one row', `1x${C} · ${C}x${INNER}`, [[1, C], [C, INNER], [INNER]], ([x, w, b]) =>
    linear(x, w, b),
  ),
  ...op('layer norm', `${ROWS}x${C}`, [[ROWS, C], [C], [C]], ([x, gain, bias]) => layerNorm(x, gain, bias)),
  ...op(
    'layer norm, residual',
    `${ROWS}x${C}`,
    [[ROWS, C], [C], [C], [ROWS, C]],
    ([x, gain, bias, residual]) => layerNorm(x, gain, bias, { residual }),
  ),
  ...PATTERNS.flatMap((pattern) =>
    op(
      `attention, ${pattern.kind}`,
      `1x${KEYS}, ${HEADS} heads of ${C / HEADS}`,
      [[1, KEYS, 3 * C]],
      ([qkv]) => causalAttention(qkv, HEADS, { pattern }),
    ),
  ),
  forward(
    'attention, cached',
    `1 after ${ROWS - 1}, ${HEADS} heads of ${C / HEADS}`,
    [
      [1, 1, 3 * C],
      [1, ROWS, 2 * C],
    ],
    ([qkv, cache]) => cachedAttention(qkv, cache, [ROWS - 1], HEADS),
  ),
  ...op('embedding', `${T} of ${V}x${C}`, [[V, C]], ([table]) => embedding(table, idTensor(ids(T, V), [T]))),
  ...op(
    'language-model loss',
    `${T}x${C}, ${V} tokens`,
    [
      [T, C],
      [V, C],
    ],
    ([x, head]) => languageModelLoss(x, head, idTensor(ids(T, V), [T])).loss,
  ),
  ...op('cross-entropy', `${T}x${V}`, [[T, V]], ([x]) => crossEntropy(x, idTensor(ids(T, V), [T])).loss),
  ...op('dropout', `${ROWS}x${C}`, [[ROWS, C]], ([x]) =>
    dropout(x, 0.1, { seed: 0, name: 'bench', step: 0 }),
  ),
  ...op('GELU', `${ROWS}x${INNER}`, [[ROWS, INNER]], ([x]) => gelu(x)),
  ...op(
    'add',
    `${ROWS}x${C}`,
    [
      [ROWS, C],
      [ROWS, C],
    ],
    ([a, b]) => add(a, b),
  ),
  {
    name: 'AdamW',
    shape: `${C}x${INNER}`,
    prepare() {
      const [param, grad, m, v] = parameters([C, INNER], [C, INNER], [C, INNER], [C, INNER]);
      const betas = { beta1: 0.9, beta2: 0.95, eps: 1e-8, weightDecay: 0.1 };
      const settings = { ...betas, learningRate: 1e-6, step: 1000, gradScale: 1 };
      return {
        run: () => adamW(param, grad, m, v, settings),
        [Symbol.dispose]: () => dispose([param, grad, m, v]),
      };
    },
  },
  {
    name: 'global norm',
    shape: `${C}x${INNER}`,
    prepare() {
      const tensors = parameters([C, INNER]);
      return {
        run: async () => void (await globalNorm(tensors)),
        [Symbol.dispose]: () => dispose(tensors),
      };
    },
  },
];

type Apply = (inputs: Parameter[]) => Tensor;

/** An op, forward alone and with its gradients. */
function op(name: string, shape: string, inputs: number[][], apply: Apply): SubjectSpec[] {
  return [forward(name, shape, inputs, apply), withGradients(name, shape, inputs, apply)];
}

function forward(name: string, shape: string, inputs: number[][], apply: Apply): SubjectSpec {
  return { name, shape, prepare: () => over(inputs, (each) => tidy(() => apply(each)).dispose()) };
}

/** A column reduces the result first, so that the way back begins with a small gradient and not with one of its size. */
function withGradients(name: string, shape: string, inputs: number[][], apply: Apply): SubjectSpec {
  const run = (each: Parameter[]) => {
    const { value, grads } = valueAndGrads(() => toColumn(apply(each)), each);
    dispose([value, ...grads]);
  };
  return { name: `${name}, forward+backward`, shape, prepare: () => over(inputs, run) };
}

function over(inputs: number[][], run: (inputs: Parameter[]) => void): Subject {
  const made = parameters(...inputs);
  return { run: () => run(made), [Symbol.dispose]: () => dispose(made) };
}
