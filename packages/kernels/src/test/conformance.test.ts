/** Does the conformance suite bite? A backend with a single mistake must fail the cases that are about it. */
import { readFileSync } from 'node:fs';
import { decodeSafetensors, type PlainTensor } from '@gpt-ts/core';
import { setBackend } from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, test } from 'vitest';
import type { KernelName, KernelTable } from '../kernel-table.js';
import { referenceKernels } from '../reference.js';
import { registerKernels } from '../register.js';
import { lastDim } from '../shape.js';
import { type ConformanceCase, type GoldenFiles, goldenCases, gradientCases, kernelCases } from '../test.js';
import { MismatchError } from './close.js';

type Mistake = Partial<KernelTable<PlainTensor>>;

const golden = new URL('../../../../tooling/golden/kernels/', import.meta.url);
const files = Object.fromEntries(
  ['attention', 'layernorm', 'gelu', 'cross_entropy', 'embedding'].map((name) => [
    name,
    decodeSafetensors(readFileSync(new URL(`${name}.safetensors`, golden)), name).tensors,
  ]),
) as GoldenFiles;
const allCases = [...kernelCases(), ...goldenCases(files), ...gradientCases()];

/** Names of the cases that fail on a backend which has the reference's kernels, save for the mistake. */
async function failures(cases: readonly ConformanceCase[], mistake: Mistake): Promise<string[]> {
  const table: KernelTable<PlainTensor> = { ...referenceKernels, ...mistake };
  registerKernels('cpu', table, {
    open: ({ dataId, shape }, backend) => ({ shape, data: backend.readSync(dataId) as Float32Array }),
    close({ shape, data }, _same, backend) {
      return { dataId: backend.write(data, [...shape], 'float32'), shape: [...shape], dtype: 'float32' };
    },
  });
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
      'GELU with erf in place of tanh',
      { GptGelu: ({ x }) => [map(x, (v) => 0.5 * v * (1 + erf(v / Math.SQRT2)))] },
      ['GptGelu x [7, 48]', 'golden gelu'],
    ],
    [
      'a GELU gradient that takes the cube for linear',
      { GptGeluGrad: ({ dy, x }) => [map(x, (v, i) => dy.data[i] * 0.5 * (1 + Math.tanh(0.798 * v)))] },
      ['GptGeluGrad', 'golden gelu', 'gradient of gelu'],
    ],
    [
      'attention that sees the next position',
      { GptCausalAttention: ({ qkv }, { nHead }) => attention(qkv, nHead, { ahead: 1 }) },
      ['GptCausalAttention qkv [2, 5, 36]', 'golden attention case1', 'gradient of causalAttention'],
    ],
    [
      'attention that stops one position short of its own',
      { GptCausalAttention: ({ qkv }, { nHead }) => attention(qkv, nHead, { ahead: -1 }) },
      ['GptCausalAttention qkv [2, 5, 36]', 'golden attention case1', 'gradient of causalAttention'],
    ],
    [
      'scores divided by the root of the model width',
      {
        GptCausalAttention: ({ qkv }, { nHead }) => attention(qkv, nHead, { width: lastDim(qkv.shape) / 3 }),
      },
      ['GptCausalAttention qkv [2, 5, 36]', 'golden attention case1', 'gradient of causalAttention'],
    ],
    [
      'layer norm with the unbiased variance',
      {
        GptLayerNorm({ x, gain, bias }, attrs) {
          const c = lastDim(x.shape);
          const smaller = map(gain, (v) => v * Math.sqrt((c - 1) / c));
          return referenceKernels.GptLayerNorm({ x, gain: smaller, bias }, attrs);
        },
      },
      ['GptLayerNorm x [7, 48]', 'golden layer norm case0', 'gradient of layerNorm'],
    ],
    [
      'layer norm with an epsilon of 1e-6',
      { GptLayerNorm: (inputs) => referenceKernels.GptLayerNorm(inputs, { eps: 1e-6 }) },
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
        GptAdamW({ param, grad, m, v }, { weightDecay, ...attrs }) {
          const mixed = map(grad, (g, i) => g + (weightDecay * param.data[i]) / attrs.gradScale);
          return referenceKernels.GptAdamW({ param, grad: mixed, m, v }, { ...attrs, weightDecay: 0 });
        },
      },
      ['GptAdamW'],
    ],
  ];

  test.each(mistakes)('%s', async (_, mistake, fail) => {
    const failed = await failures(allCases, mistake);
    for (const beginning of fail) expect(failed).toContainEqual(expect.stringMatching(startsWith(beginning)));
    expect(failed.length).toBeLessThan(allCases.length / 2); // the other kernels' cases still pass
  });

  const startsWith = (text: string) => new RegExp(`^${text.replaceAll(/[[\]]/g, '\\$&')}`);
});

/** Attention whose query i sees keys 0 to i + `ahead` (at least one), with scores divided by sqrt(`width`). */
function attention(
  qkv: PlainTensor,
  nHead: number,
  { ahead = 0, width }: { ahead?: number; width?: number },
): PlainTensor[] {
  const [b, t, a] = [qkv.shape[0], qkv.shape[1], qkv.shape[2] / 3];
  const dHead = a / nHead;
  const out = new Float32Array(b * t * a);
  const logSumExp = new Float32Array(b * nHead * t);
  for (let n = 0; n < b * nHead * t; n++) {
    const [i, h, bi] = [n % t, Math.floor(n / t) % nHead, Math.floor(n / t / nHead)];
    const row = (part: number, at: number) =>
      qkv.data.subarray(((bi * t + at) * 3 + part) * a + h * dHead).subarray(0, dHead) as Float32Array;
    const seen = Math.min(t, Math.max(1, i + 1 + ahead));
    const scores = Array.from({ length: seen }, (_, j) => {
      const k = row(1, j);
      return row(0, i).reduce((dot, q, d) => dot + q * k[d], 0) / Math.sqrt(width ?? dHead);
    });
    logSumExp[n] = Math.log(scores.reduce((sum, score) => sum + Math.exp(score), 0));
    for (const [j, score] of scores.entries()) {
      row(2, j).forEach((value, d) => {
        out[(bi * t + i) * a + h * dHead + d] += Math.exp(score - logSumExp[n]) * value;
      });
    }
  }
  return [
    { shape: [b, t, a], data: out },
    { shape: [b, nHead, t], data: logSumExp },
  ];
}

test('the attention that the mistakes are made in is right without one', async () => {
  const mistake: Mistake = { GptCausalAttention: ({ qkv }, { nHead }) => attention(qkv, nHead, {}) };
  expect(await failures(allCases, mistake)).toEqual([]);
});

/** Abramowitz & Stegun 7.1.26; error below 1.5e-7. */
function erf(x: number): number {
  const t = 1 / (1 + 0.3275911 * Math.abs(x));
  const poly =
    t * (0.254829592 + t * (-0.284496736 + t * (1.421413741 + t * (-1.453152027 + t * 1.061405429))));
  return Math.sign(x) * (1 - poly * Math.exp(-x * x));
}
