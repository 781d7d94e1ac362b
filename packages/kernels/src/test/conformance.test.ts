/** Does the conformance suite bite? A backend with a single mistake must fail the cases that are about it. */
import { readFileSync } from 'node:fs';
import type { PlainTensor } from '@gpt-ts/core';
import { setBackend } from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, test } from 'vitest';
import { sees } from '../causal-attention/attention-pattern.js';
import { dropoutKeeps } from '../dropout/dropout-keeps.js';
import type { AttentionAttrs, KernelName, KernelTable } from '../kernel-table.js';
import { geluFormOf } from '../linear/activation.js';
import { plainAccess, referenceKernels } from '../reference.js';
import { registerKernels } from '../register.js';
import { lastDim } from '../shape.js';
import {
  type ConformanceCase,
  definitionCases,
  goldenCases,
  gradientCases,
  kernelCases,
  readGoldenFiles,
} from '../test.js';
import { MismatchError } from './close.js';

type Mistake = Partial<KernelTable<PlainTensor>>;

const golden = new URL('../../../../tooling/golden/', import.meta.url);
const files = readGoldenFiles((path) => readFileSync(new URL(path, golden)));
const allCases = [...kernelCases(), ...goldenCases(files), ...definitionCases(), ...gradientCases()];

/** Names of the cases that fail on a backend which has the reference's kernels, save for the mistake. */
async function failures(cases: readonly ConformanceCase[], mistake: Mistake): Promise<string[]> {
  const table: KernelTable<PlainTensor> = { ...referenceKernels, ...mistake };
  registerKernels('cpu', table, plainAccess);
  const failed: string[] = [];
  for (const { name, check } of cases) {
    await check().catch((error) => {
      expect(error).toBeInstanceOf(MismatchError);
      failed.push(name);
    });
  }
  return failed;
}

const map = ({ shape, data }: PlainTensor, f: (value: number, i: number) => number): PlainTensor => {
  return { shape, data: Float32Array.from(data, f) };
};

beforeAll(async () => {
  await setBackend('cpu');
});

test('a backend without mistakes passes', async () => {
  expect(await failures(allCases, {})).toEqual([]);
});

test('so does one that writes over its inputs wherever it may', async () => {
  const over = (target: PlainTensor, { data }: PlainTensor) => {
    (target.data as Float32Array).set(data);
    return target;
  };
  const inPlace: Mistake = {
    GptAdam(inputs, attrs) {
      const updated = referenceKernels.GptAdam(inputs, attrs);
      return [inputs.param, inputs.m, inputs.v].map((each, i) => over(each, updated[i]));
    },
    GptBlend: (inputs, attrs) => [over(inputs.target, referenceKernels.GptBlend(inputs, attrs)[0])],
    GptCachedAttention(inputs, attrs) {
      const [out, cache] = referenceKernels.GptCachedAttention(inputs, attrs);
      return [out, over(inputs.cache, cache)];
    },
    GptEmbeddingGrad(inputs, attrs) {
      const [dTable] = referenceKernels.GptEmbeddingGrad(inputs, attrs);
      return [inputs.sum ? over(inputs.sum, dTable) : dTable];
    },
    GptScale: (inputs, attrs) => [over(inputs.x, referenceKernels.GptScale(inputs, attrs)[0])],
    GptWrite: (inputs, attrs) => [over(inputs.x, referenceKernels.GptWrite(inputs, attrs)[0])],
  };
  expect(await failures(allCases, inPlace)).toEqual([]);
});

describe('every kernel has cases, and each of them notices', () => {
  const spoiled: [string, (output: PlainTensor) => PlainTensor][] = [
    [
      'one element off by 0.1 %',
      (x) => map(x, (v, i) => (i === x.data.length - 1 ? v + 1e-3 * (1 + Math.abs(v)) : v)),
    ],
    ['one NaN', (x) => map(x, (v, i) => (i === 0 ? Number.NaN : v))],
    ['a wrong shape', ({ shape, data }) => ({ shape: [1, ...shape], data })],
  ];
  const names = Object.keys(referenceKernels) as KernelName[];

  test.each(names.flatMap((name) => spoiled.map(([what, spoil]) => ({ name, what, spoil }))))(
    '$what in $name',
    async ({ name, spoil }) => {
      const kernel = referenceKernels[name] as (inputs: never, attrs: never) => PlainTensor[];
      const mistake = { [name]: (inputs: never, attrs: never) => kernel(inputs, attrs).map(spoil) };
      const cases = kernelCases().filter((each) => each.name.startsWith(`${name} `));
      expect(cases.length).toBeGreaterThanOrEqual(4);
      expect(await failures(cases, mistake as Mistake)).toEqual(cases.map((each) => each.name));
    },
  );
});

describe('the mistakes people make are noticed', () => {
  /** A mistake, and the beginnings of some of the cases that must fail. */
  const mistakes: [title: string, mistake: Mistake, fail: string[]][] = [
    [
      'values that are written to the beginning wherever they belong',
      { GptWrite: (inputs, { values }) => referenceKernels.GptWrite(inputs, { values, offset: 0 }) },
      ['GptWrite x [7] {"offset":6'],
    ],
    [
      'GELU with erf in place of tanh',
      { GptGelu: (inputs) => referenceKernels.GptGelu(inputs, { form: 'exact' }) },
      ['GptGelu x [7, 48] {"form":"tanh"', 'golden gelu'],
    ],
    [
      'GELU with tanh in place of erf',
      { GptGelu: (inputs) => referenceKernels.GptGelu(inputs, { form: 'tanh' }) },
      ['GptGelu x [7, 48] {"form":"exact"', 'golden exact gelu'],
    ],
    [
      'a layer that has only one GELU',
      {
        GptLinear: (inputs, { activation, keepSlope }) =>
          referenceKernels.GptLinear(inputs, {
            activation: activation === 'none' ? 'none' : 'gelu',
            keepSlope,
          }),
      },
      ['GptLinear x [33, 66] weight [66, 17] bias [17] {"activation":"gelu-exact"'],
    ],
    [
      'a GELU that writes over its input',
      {
        GptGelu({ x }, attrs) {
          const [y] = referenceKernels.GptGelu({ x }, attrs);
          (x.data as Float32Array).set(y.data);
          return [y];
        },
      },
      ['GptGelu x [7, 48]'],
    ],
    [
      'a GELU gradient that takes the cube for linear',
      { GptGeluGrad: ({ dy, x }) => [map(x, (v, i) => dy.data[i] * 0.5 * (1 + Math.tanh(0.798 * v)))] },
      ['GptGeluGrad', 'golden gelu', 'gradient of gelu'],
    ],
    [
      'attention that sees the next position',
      {
        GptCausalAttention: ({ qkv }, attrs) =>
          attention(qkv, attrs, (h, i, j) => sees(attrs.pattern, h, i, j) || j === i + 1),
      },
      ['GptCausalAttention qkv [2, 5, 36]', 'golden attention case1', 'gradient of causalAttention'],
    ],
    [
      'attention that stops one position short of its own',
      {
        GptCausalAttention: ({ qkv }, attrs) =>
          attention(qkv, attrs, (h, i, j) => j < i && sees(attrs.pattern, h, i, j)),
      },
      ['GptCausalAttention qkv [2, 5, 36]', 'golden attention case1', 'gradient of causalAttention'],
    ],
    [
      'scores divided by the root of the model width',
      {
        GptCausalAttention: ({ qkv }, attrs) =>
          referenceKernels.GptCausalAttention({ qkv }, { ...attrs, scale: (lastDim(qkv.shape) / 3) ** -0.5 }),
      },
      ['GptCausalAttention qkv [2, 5, 36]', 'golden attention case1', 'gradient of causalAttention'],
    ],
    [
      'a band that is one key too wide',
      {
        GptCausalAttention: ({ qkv }, { pattern, ...attrs }) =>
          attention(qkv, attrs, (h, i, j) =>
            pattern.kind === 'banded' ? j <= i && i - pattern.window <= j : sees(pattern, h, i, j),
          ),
      },
      ['GptCausalAttention .*banded', 'golden sparse attention strided_local', 'gradient of .*banded'],
    ],
    [
      'a fixed pattern that takes the first columns of a block',
      {
        GptCausalAttention: ({ qkv }, { pattern, ...attrs }) =>
          attention(qkv, attrs, (h, i, j) =>
            pattern.kind === 'fixed'
              ? j <= i &&
                (sees({ ...pattern, kind: 'block' }, h, i, j) || j % pattern.stride < pattern.summary)
              : sees(pattern, h, i, j),
          ),
      },
      ['GptCausalAttention .*fixed', 'golden sparse attention fixed_union', 'gradient of .*fixed'],
    ],
    [
      'a fixed pattern whose heads all take the same columns',
      {
        GptCausalAttention: ({ qkv }, attrs) =>
          attention(qkv, attrs, (_, i, j) => sees(attrs.pattern, 0, i, j)),
      },
      ['GptCausalAttention .*groups', 'golden sparse attention fixed_heads', 'gradient of .*groups'],
    ],
    [
      'an attention gradient that ignores the pattern',
      {
        GptCausalAttentionGrad: (inputs, attrs) =>
          referenceKernels.GptCausalAttentionGrad(inputs, { ...attrs, pattern: { kind: 'dense' } }),
      },
      ['GptCausalAttentionGrad .*banded', 'golden sparse attention strided_column', 'gradient of .*"block"'],
    ],
    [
      'attention dropout whose mask is of the pairs that the pattern shows',
      {
        GptCausalAttention({ qkv }, attrs) {
          let shown = 0; // keys are met in this order
          const see = (h: number, i: number, j: number) => sees(attrs.pattern, h, i, j);
          return attention(qkv, attrs, see, () => shown++);
        },
      },
      [
        'GptCausalAttention .*"column".*dropout',
        'definition of .*"block".*dropout',
        'gradient of .* dropout',
      ],
    ],
    [
      'attention dropout with one mask for all heads',
      {
        GptCausalAttention: ({ qkv }, attrs) =>
          attention(
            qkv,
            attrs,
            (h, i, j) => sees(attrs.pattern, h, i, j),
            (row, j, t) => (Math.floor(row / t / attrs.nHead) * attrs.nHead * t + (row % t)) * t + j,
          ),
      },
      ['GptCausalAttention .*"dense".*dropout', 'definition of .*"dense".*dropout', 'gradient of .* dropout'],
    ],
    [
      'an attention gradient without the mask of its dropout',
      {
        GptCausalAttentionGrad: (inputs, { dropout: _, ...attrs }) =>
          referenceKernels.GptCausalAttentionGrad(inputs, attrs),
      },
      ['GptCausalAttentionGrad .*dropout', 'gradient of causalAttention .*"dense".* with dropout'],
    ],
    [
      'a cache whose scores are always divided by the root of dHead',
      {
        GptCachedAttention: (inputs, attrs) => {
          const dHead = lastDim(inputs.qkv.shape) / 3 / attrs.nHead;
          return referenceKernels.GptCachedAttention(inputs, { ...attrs, scale: dHead ** -0.5 });
        },
      },
      ['GptCachedAttention .*"scale":1,'],
    ],
    [
      'a cache in which every text is as long as the first',
      {
        GptCachedAttention: (inputs, { starts, ...attrs }) =>
          referenceKernels.GptCachedAttention(inputs, { ...attrs, starts: starts.map(() => starts[0]) }),
      },
      ['GptCachedAttention qkv [2, 1, 54]', 'GptCachedAttention qkv [2, 4, 54]'],
    ],
    [
      'layer norm with the unbiased variance',
      {
        GptLayerNorm({ gain, ...inputs }, attrs) {
          const c = lastDim(gain.shape);
          const smaller = map(gain, (v) => v * Math.sqrt((c - 1) / c));
          return referenceKernels.GptLayerNorm({ gain: smaller, ...inputs }, attrs);
        },
      },
      ['GptLayerNorm x [7, 48]', 'golden layer norm case0', 'gradient of layerNorm'],
    ],
    [
      'layer norm with an epsilon of 1e-6',
      { GptLayerNorm: (inputs) => referenceKernels.GptLayerNorm(inputs, { eps: 1e-6, statistics: true }) },
      ['golden layer norm case0'],
    ],
    [
      'a loss averaged over ignored targets too',
      {
        GptCrossEntropy(inputs, attrs) {
          const [, nll, logSumExp] = referenceKernels.GptCrossEntropy(inputs, attrs);
          const total = Array.from(nll.data).reduce((sum, value) => sum + value, 0);
          return [{ shape: [], data: Float32Array.of(total / nll.data.length) }, nll, logSumExp];
        },
      },
      ['GptCrossEntropy', 'gradient of crossEntropy'],
    ],
    [
      'a language model loss whose gradients are not divided by the number of targets',
      {
        GptLanguageModelLoss(inputs, attrs) {
          const [loss, nll, ...grads] = referenceKernels.GptLanguageModelLoss(inputs, attrs);
          const counted = inputs.targets.data.filter((target) => target >= 0).length;
          return [loss, nll, ...grads.map((grad) => map(grad, (v) => v * counted))];
        },
      },
      ['GptLanguageModelLoss .*"grads":true', 'gradient of languageModelLoss', 'gradient of one table'],
    ],
    [
      'a weighted loss that is divided by the number of targets all the same',
      {
        GptCrossEntropy(inputs, attrs) {
          const [loss, ...rest] = referenceKernels.GptCrossEntropy(inputs, attrs);
          const counted = inputs.targets.data.filter((target) => target >= 0).length;
          return [inputs.weights ? map(loss, (v) => v / counted) : loss, ...rest];
        },
      },
      ['GptCrossEntropy logits [258, 3] targets [258] weights', 'gradient of crossEntropy, weighted'],
    ],
    [
      'a weighted loss whose gradient forgets the weights',
      {
        GptCrossEntropyGrad: ({ weights, ...inputs }, attrs) =>
          referenceKernels.GptCrossEntropyGrad(inputs, attrs),
      },
      ['GptCrossEntropyGrad .*weights', 'gradient of crossEntropy, weighted'],
    ],
    [
      'an ignored target whose weight is multiplied by 0, NaN or not',
      {
        GptLanguageModelLoss({ weights, ...inputs }, attrs) {
          const [loss, ...rest] = referenceKernels.GptLanguageModelLoss({ ...inputs, weights }, attrs);
          if (!weights) return [loss, ...rest];
          const total = Array.from(rest[0].data).reduce((sum, nll, r) => sum + nll * weights.data[r], 0);
          return [map(loss, () => total), ...rest];
        },
      },
      ['gradient of languageModelLoss, weighted'],
    ],
    [
      'dropout that does not scale up what stays',
      { GptDropout: (inputs, attrs) => referenceKernels.GptDropout(inputs, { ...attrs, scale: 1 }) },
      ['GptDropout x [7, 48]'],
    ],
    [
      'dropout with a mask of its own',
      { GptDropout: (inputs, attrs) => referenceKernels.GptDropout(inputs, { ...attrs, stream: 1 }) },
      ['GptDropout x [7, 48]'],
    ],
    [
      'a residual that is added before the GELU',
      {
        GptLinear({ residual, ...inputs }, { activation, keepSlope }) {
          const [before] = referenceKernels.GptLinear(
            { ...inputs, residual },
            { activation: 'none', keepSlope: false },
          );
          const form = geluFormOf(activation);
          if (!form) return [before];
          const dy = map(before, () => 1);
          const [after] = referenceKernels.GptGelu({ x: before }, { form });
          return keepSlope ? [after, ...referenceKernels.GptGeluGrad({ dy, x: before }, { form })] : [after];
        },
      },
      ['GptLinear .*residual', 'gradient of linear with GELU and residual'],
    ],
    [
      'an embedding gradient that forgets the sum so far',
      {
        GptEmbeddingGrad: ({ dy, ids }, attrs) => referenceKernels.GptEmbeddingGrad({ dy, ids }, attrs),
      },
      ['GptEmbeddingGrad .*sum', 'gradient of one table as embedding and head'],
    ],
    [
      'an embedding gradient that keeps only the last of repeated ids',
      {
        GptEmbeddingGrad({ dy, ids }, { nVocab }) {
          const c = lastDim(dy.shape);
          const data = new Float32Array(nVocab * c);
          ids.data.forEach((id, i) => {
            data.set(dy.data.subarray(i * c, (i + 1) * c), id * c);
          });
          return [{ shape: [nVocab, c], data }];
        },
      },
      ['GptEmbeddingGrad', 'golden embedding', 'gradient of embedding'],
    ],
    [
      'a product that reads a transposed factor row by row',
      {
        GptMatMul({ a, b }, { transposeA, transposeB }) {
          const turned = transposeB ? { shape: [...b.shape].reverse(), data: b.data } : b;
          return referenceKernels.GptMatMul({ a, b: turned }, { transposeA, transposeB: false });
        },
      },
      ['GptMatMul a [33, 66] b [17, 66]', 'gradient of matMul, b transposed'],
    ],
    [
      'weight decay inside the gradient, as in Adam with L2',
      {
        GptAdam({ param, grad, m, v }, { decay, ...attrs }) {
          const weightDecay = (1 - decay) / attrs.stepSize / attrs.gradScale;
          const mixed = map(grad, (g, i) => g + weightDecay * param.data[i]);
          return referenceKernels.GptAdam({ param, grad: mixed, m, v }, { ...attrs, decay: 1 });
        },
      },
      ['GptAdam'],
    ],
    [
      'a moving average that takes the share for what stays',
      {
        GptBlend: (inputs, { share }) => referenceKernels.GptBlend(inputs, { share: 1 - share }),
      },
      ['GptBlend target [7, 48] source [7, 48] {"share":0.3}', 'GptBlend target [131, 517]'],
    ],
  ];

  test.each(mistakes)('%s', async (_, mistake, fail) => {
    const failed = await failures(allCases, mistake);
    for (const beginning of fail) expect(failed).toContainEqual(expect.stringMatching(startsWith(beginning)));
    expect(failed.length).toBeLessThan(allCases.length / 2); // the other kernels' cases still pass
  });

  /** The beginning of a name, in which only `.*` is a pattern. */
  const startsWith = (text: string) => new RegExp(`^${text.replaceAll(/[[\]]/g, '\\$&')}`);
});

/**
 * Attention in which query i of head h sees the keys that `see` allows, and the first one when that is none.
 *
 * @param place - Where in a mask of as many elements as there are pairs a pair's dropout is.
 */
function attention(
  qkv: PlainTensor,
  { nHead, scale, dropout }: Pick<AttentionAttrs, 'nHead' | 'scale' | 'dropout'>,
  see: (h: number, i: number, j: number) => boolean,
  place = (row: number, j: number, t: number) => row * t + j,
): PlainTensor[] {
  const [b, t, a] = [qkv.shape[0], qkv.shape[1], qkv.shape[2] / 3];
  const dHead = a / nHead;
  const out = new Float32Array(b * t * a);
  const logSumExp = new Float32Array(b * nHead * t);
  const keeps = dropout && dropoutKeeps(b * nHead * t * t, dropout);
  for (let n = 0; n < b * nHead * t; n++) {
    const [i, h, bi] = [n % t, Math.floor(n / t) % nHead, Math.floor(n / t / nHead)];
    const row = (part: number, at: number) =>
      qkv.data.subarray(((bi * t + at) * 3 + part) * a + h * dHead).subarray(0, dHead) as Float32Array;
    const keys = Array.from({ length: t }, (_, j) => j).filter((j) => see(h, i, j));
    if (keys.length === 0) keys.push(0);
    const scores = keys.map((j) => {
      const k = row(1, j);
      return row(0, i).reduce((dot, q, d) => dot + q * k[d], 0) * scale;
    });
    logSumExp[n] = Math.log(scores.reduce((sum, score) => sum + Math.exp(score), 0));
    for (const [at, score] of scores.entries()) {
      const factor = dropout && keeps ? keeps[place(n, keys[at], t)] * dropout.scale : 1;
      row(2, keys[at]).forEach((value, d) => {
        out[(bi * t + i) * a + h * dHead + d] += Math.exp(score - logSumExp[n]) * factor * value;
      });
    }
  }
  return [
    { shape: [b, t, a], data: out },
    { shape: [b, nHead, t], data: logSumExp },
  ];
}

test('the attention that the mistakes are made in is right without one', async () => {
  const mistake: Mistake = {
    GptCausalAttention: ({ qkv }, attrs) => attention(qkv, attrs, (h, i, j) => sees(attrs.pattern, h, i, j)),
  };
  expect(await failures(allCases, mistake)).toEqual([]);
});
