/** Every op, forward and backward, against values that PyTorch computed in double precision. */
import type { Safetensors } from '@gpt-ts/core';
import { run } from '../run.js';
import { lastDim } from '../shape.js';
import { idTensor, type Tensor, tensor, tidy } from '../tensor.js';
import { assertClose, type Tolerance } from './close.js';
import type { ConformanceCase } from './kernel-cases.js';

const FORWARD: Tolerance = { rtol: 1e-4, atol: 1e-5 }; // largest difference seen on wasm: 3.9e-6
const BACKWARD: Tolerance = { rtol: 1e-4, atol: 2e-5 }; // 3e-6; layer norm 1.2e-4 where values reach 1447

/** The golden files of `kernels/`, by name without ending. */
export type GoldenFiles = Record<
  'attention' | 'layernorm' | 'gelu' | 'cross_entropy' | 'embedding',
  Safetensors['tensors']
>;

/** One case an op and stored shape. */
export function goldenCases(files: GoldenFiles): ConformanceCase[] {
  return [
    ...casesOf(files.attention).map((at) => attentionCase(files.attention, at)),
    ...casesOf(files.layernorm).map((at) => layerNormCase(files.layernorm, at)),
    geluCase(files.gelu),
    ...casesOf(files.cross_entropy).map((at) => crossEntropyCase(files.cross_entropy, at)),
    embeddingCase(files.embedding),
  ];
}

type Tensors = GoldenFiles['attention'];

function casesOf(tensors: Tensors): string[] {
  return [...new Set([...tensors.keys()].map((name) => name.split('.')[0]))];
}

function attentionCase(tensors: Tensors, at: string): ConformanceCase {
  return goldenCase(`attention ${at}`, tensors, at, (get, want) => {
    const [b, nHead, t, dHead] = want('q').shape;
    /** Heads side by side: [B, H, T, D] -> [B, T, H * D] for each of `names`, next to each other. */
    const merge = (...names: string[]) => {
      const width = names.length * nHead * dHead;
      const data = new Float32Array(b * t * width);
      for (const [part, name] of names.entries()) {
        want(name).data.forEach((value, i) => {
          const [d, pos, h, bi] = [i % dHead, Math.floor(i / dHead) % t, Math.floor(i / dHead / t) % nHead, Math.floor(i / dHead / t / nHead)]; // biome-ignore format: one line
          data[(bi * t + pos) * width + (part * nHead + h) * dHead + d] = value;
        });
      }
      return { data, shape: [b, t, width] };
    };
    const input = merge('q', 'k', 'v');
    const qkv = tensor(input.data, input.shape);
    const dy = merge('do');
    const dOut = tensor(dy.data, dy.shape);
    const [out, logSumExp] = run('GptCausalAttention', { qkv }, { nHead });
    const [dQkv] = run('GptCausalAttentionGrad', { dOut, qkv, logSumExp }, { nHead });
    get('o', out, FORWARD, merge('o').data);
    get('dq, dk, dv', dQkv, BACKWARD, merge('dq', 'dk', 'dv').data);
  });
}

function layerNormCase(tensors: Tensors, at: string): ConformanceCase {
  return goldenCase(`layer norm ${at}`, tensors, at, (get, want) => {
    const [x, gain, bias, dy] = ['x', 'weight', 'bias', 'dy'].map((name) => load(want(name)));
    const [y, mean, rstd] = run('GptLayerNorm', { x, gain, bias }, { eps: 1e-5 });
    const [dx, dGain, dBias] = run('GptLayerNormGrad', { dy, x, gain, mean, rstd }, {});
    for (const [name, value] of Object.entries({ y, mean, rstd })) get(name, value, FORWARD);
    for (const [name, value] of Object.entries({ dx, dweight: dGain, dbias: dBias }))
      get(name, value, BACKWARD);
  });
}

function geluCase(tensors: Tensors): ConformanceCase {
  return goldenCase('gelu', tensors, 'tanh', (get, want) => {
    const [x, dy] = ['x', 'dy'].map((name) => load(want(name)));
    get('y', run('GptGelu', { x }, {})[0], FORWARD);
    get('dx', run('GptGeluGrad', { dy, x }, {})[0], BACKWARD);
  });
}

function crossEntropyCase(tensors: Tensors, at: string): ConformanceCase {
  return goldenCase(`cross entropy ${at}`, tensors, at, (get, want) => {
    const [logits, targets] = ['logits', 'targets'].map((name) => load(want(name)));
    const [, nll, logSumExp] = run('GptCrossEntropy', { logits, targets }, {});
    const dLoss = tensor(Float32Array.of(1), []);
    get('nll', nll, FORWARD);
    get('logsumexp', logSumExp, FORWARD);
    get('dlogits', run('GptCrossEntropyGrad', { dLoss, logits, targets, logSumExp }, {})[0], BACKWARD);
  });
}

function embeddingCase(tensors: Tensors): ConformanceCase {
  return goldenCase('embedding', tensors, '', (get, want) => {
    const [table, ids, dy] = ['table', 'ids', 'dy'].map((name) => load(want(name)));
    get('y', run('GptEmbedding', { table, ids }, {})[0], FORWARD);
    get('dtable', run('GptEmbeddingGrad', { dy, ids }, { nVocab: table.shape[0] })[0], BACKWARD);
  });
}

type Stored = NonNullable<ReturnType<Tensors['get']>>;
type Get = (name: string, got: Tensor, tolerance: Tolerance, want?: ArrayLike<number>) => void;

function goldenCase(
  name: string,
  tensors: Tensors,
  at: string,
  body: (get: Get, want: (name: string) => Stored) => void,
): ConformanceCase {
  return {
    name: `golden ${name}`,
    async check() {
      const want = (field: string) => {
        const stored = tensors.get(at === '' ? field : `${at}.${field}`);
        if (stored === undefined) throw new Error(`the golden file has no ${at}.${field}`);
        return stored;
      };
      let largest = 0;
      tidy(() => {
        const get: Get = (field, got, tolerance, expected = want(field).data) => {
          largest = Math.max(largest, assertClose(`${name} ${field}`, got.dataSync(), expected, tolerance));
        };
        body(get, want);
      });
      return largest;
    },
  };
}

function load({ data, shape }: Stored): Tensor {
  if (lastDim(shape) === 0) throw new Error('empty golden tensor');
  return data instanceof Int32Array ? idTensor(data, shape) : tensor(data, shape);
}
