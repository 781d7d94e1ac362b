/** Every op, forward and backward, against values that PyTorch computed in double precision. */
import { attentionAttrs } from '../causal-attention/attention-options.js';
import type { AttentionPattern } from '../causal-attention/attention-pattern.js';
import type { GeluForm } from '../gelu/gelu.js';
import { run } from '../run.js';
import { idTensor, type Tensor, tensor, tidy } from '../tensor.js';
import { assertClose, type Tolerance } from './close.js';
import type { GoldenFiles } from './golden-files.js';
import type { ConformanceCase } from './kernel-case.js';

const FORWARD: Tolerance = { rtol: 1e-4, atol: 1e-5 }; // largest difference seen on any backend: 3.8e-6
const BACKWARD: Tolerance = { rtol: 1e-4, atol: 2e-5 }; // 3.1e-6; layer norm 1.2e-4 where values reach 1447

/** The patterns of the Sparse Transformer by the names they have in the golden file. */
export const goldenPatterns: Record<string, AttentionPattern> = {
  strided_local: { kind: 'banded', window: 8 },
  strided_column: { kind: 'column', stride: 8 },
  strided_union: { kind: 'strided', stride: 8 },
  fixed_local: { kind: 'block', stride: 8 },
  fixed_union: { kind: 'fixed', stride: 8, summary: 2 },
  fixed_heads: { kind: 'fixed', stride: 8, summary: 2, groups: 2 },
};

/** One case an op and stored shape. */
export function goldenCases(files: GoldenFiles): ConformanceCase[] {
  return [
    ...casesOf(files.attention).map((at) => attentionCase(files.attention, at)),
    ...casesOf(files.layernorm).map((at) => layerNormCase(files.layernorm, at)),
    geluCase('gelu', files.gelu, 'tanh'),
    geluCase('exact gelu', files.gelu, 'exact'),
    ...casesOf(files.cross_entropy).map((at) => crossEntropyCase(files.cross_entropy, at)),
    embeddingCase(files.embedding),
    ...Object.entries(goldenPatterns).map(([name, pattern]) => sparseCase(files.sparse, name, pattern)),
  ];
}

type Tensors = GoldenFiles['attention'];

function casesOf(tensors: Tensors): string[] {
  return [...new Set([...tensors.keys()].map((name) => name.split('.')[0]))];
}

function attentionCase(tensors: Tensors, at: string): ConformanceCase {
  return goldenCase(`attention ${at}`, tensors, at, (get, want) => {
    attention(get, want, (name) => want(name), { kind: 'dense' });
  });
}

function sparseCase(tensors: Tensors, at: string, pattern: AttentionPattern): ConformanceCase {
  return goldenCase(`sparse attention ${at}`, tensors, at, (get, want) => {
    attention(get, want, (name) => stored(tensors, name), pattern); // one set of inputs for all patterns
  });
}

/** Forward and backward; the file has one tensor `[B, nHead, T, dHead]` each for queries, keys and values. */
function attention(get: Get, want: Want, input: Want, pattern: AttentionPattern): void {
  const [, nHead, , dHead] = input('q').shape;
  const attrs = attentionAttrs(nHead, dHead, { pattern });
  const qkv = load(sideBySide(['q', 'k', 'v'].map(input)));
  const dOut = load(sideBySide([input('do')]));
  const [out, logSumExp] = run('GptCausalAttention', { qkv }, attrs);
  const [dQkv] = run('GptCausalAttentionGrad', { dOut, qkv, out, logSumExp }, attrs);
  get('o', out, FORWARD, sideBySide([want('o')]).data);
  get('dq, dk, dv', dQkv, BACKWARD, sideBySide(['dq', 'dk', 'dv'].map(want)).data);
}

/** `[B, H, T, D]` each -> `[B, T, parts H D]`. */
function sideBySide(parts: readonly Stored[]): Stored {
  const [b, nHead, t, dHead] = parts[0].shape;
  const width = parts.length * nHead * dHead;
  const data = new Float32Array(b * t * width);
  for (const [part, { data: values }] of parts.entries()) {
    for (let row = 0; row < b * nHead * t; row++) {
      const [pos, h, bi] = [row % t, Math.floor(row / t) % nHead, Math.floor(row / t / nHead)];
      const head = values.subarray(row * dHead, (row + 1) * dHead);
      data.set(head, (bi * t + pos) * width + (part * nHead + h) * dHead);
    }
  }
  return { data, shape: [b, t, width] };
}

function layerNormCase(tensors: Tensors, at: string): ConformanceCase {
  return goldenCase(`layer norm ${at}`, tensors, at, (get, want) => {
    const [x, gain, bias, dy] = ['x', 'weight', 'bias', 'dy'].map((name) => load(want(name)));
    const [y, mean, rstd] = run('GptLayerNorm', { x, gain, bias }, { eps: 1e-5, statistics: true });
    const [dx, dGain, dBias] = run('GptLayerNormGrad', { dy, x, gain, mean, rstd }, {});
    for (const [name, value] of Object.entries({ y, mean, rstd })) get(name, value, FORWARD);
    for (const [name, value] of Object.entries({ dx, dweight: dGain, dbias: dBias }))
      get(name, value, BACKWARD);
  });
}

function geluCase(name: string, tensors: Tensors, form: GeluForm): ConformanceCase {
  return goldenCase(name, tensors, form, (get, want) => {
    const [x, dy] = ['x', 'dy'].map((name) => load(want(name)));
    get('y', run('GptGelu', { x }, { form })[0], FORWARD);
    get('dx', run('GptGeluGrad', { dy, x }, { form })[0], BACKWARD);
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
type Want = (name: string) => Stored;
type Get = (name: string, got: Tensor, tolerance: Tolerance, want?: ArrayLike<number>) => void;

function goldenCase(
  name: string,
  tensors: Tensors,
  at: string,
  body: (get: Get, want: Want) => void,
): ConformanceCase {
  return {
    name: `golden ${name}`,
    async check() {
      const want = (field: string) => stored(tensors, at === '' ? field : `${at}.${field}`);
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

function stored(tensors: Tensors, name: string): Stored {
  const found = tensors.get(name);
  if (found === undefined) throw new Error(`the golden file has no ${name}`);
  return found;
}

function load({ data, shape }: Stored): Tensor {
  return data instanceof Int32Array ? idTensor(data, shape) : tensor(data, shape);
}
