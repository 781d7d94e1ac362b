/** Every kernel of the current backend against the reference, over many shapes. */
import { type PlainTensor, Random } from '@gpt-ts/core';
import type { KernelName, KernelSignatures } from '../kernel-table.js';
import { referenceKernels } from '../reference.js';
import { run } from '../run.js';
import { sizeOf } from '../shape.js';
import { dispose, idTensor, type Tensor, tensor } from '../tensor.js';
import { assertClose, type Tolerance } from './close.js';

/** A named check that throws when the backend is wrong. `check` returns the largest difference it saw. */
export interface ConformanceCase {
  name: string;
  check(): Promise<number>;
}

// Largest difference seen on the wasm backend: 3.4e-5 in products of 300 terms, where values reach 50; 8e-6 elsewhere.
const DEFAULT: Tolerance = { rtol: 2e-5, atol: 2e-5 };
const ADAM_ATTRS = {
  learningRate: 1e-3,
  beta1: 0.9,
  beta2: 0.99,
  eps: 1e-8,
  weightDecay: 0.1,
  step: 3,
  gradScale: 0.5,
};

/** Odd sizes, single rows and columns, sizes beyond one block of the matrix product. */
export function kernelCases(): ConformanceCase[] {
  const cases: ConformanceCase[] = [];
  for (const [m, n, k] of [
    [1, 1, 1],
    [4, 8, 16],
    [5, 9, 3],
    [33, 17, 66],
    [3, 530, 7],
    [37, 24, 300],
  ]) {
    for (const transposeA of [false, true]) {
      for (const transposeB of [false, true]) {
        const a = transposeA ? [k, m] : [m, k];
        const b = transposeB ? [n, k] : [k, n];
        cases.push(kernelCase('GptMatMul', { a, b }, { transposeA, transposeB }));
      }
    }
    cases.push(kernelCase('GptLinear', { x: [m, k], weight: [k, n], bias: [n] }, {}));
    cases.push(kernelCase('GptColumnSum', { x: [m, n] }, {}));
  }
  for (const shape of [
    [1, 1],
    [2, 3, 5],
    [7, 48],
    [3, 130],
  ]) {
    const c = shape[shape.length - 1];
    const rows = shape.slice(0, -1);
    cases.push(kernelCase('GptLayerNorm', { x: shape, gain: [c], bias: [c] }, { eps: 1e-5 }));
    cases.push(
      kernelCase('GptLayerNormGrad', { dy: shape, x: shape, gain: [c], mean: rows, rstd: rows }, {}),
    );
    cases.push(kernelCase('GptGelu', { x: shape }, {}));
    cases.push(kernelCase('GptGeluGrad', { dy: shape, x: shape }, {}));
    cases.push(kernelCase('GptAdd', { a: shape, b: shape }, {}));
    cases.push(kernelCase('GptSumOfSquares', { x: shape }, {}));
    cases.push(kernelCase('GptAdamW', { param: shape, grad: shape, m: shape, v: shape }, ADAM_ATTRS));
    cases.push(crossEntropyCase(rows, c));
    cases.push(crossEntropyGradCase(rows, c));
    cases.push(kernelCase('GptEmbedding', { table: [11, c], ids: ids(rows, 11) }, {}));
    cases.push(kernelCase('GptEmbeddingGrad', { dy: shape, ids: ids(rows, 11) }, { nVocab: 11 }));
  }
  for (const [b, t, nHead, dHead] of [
    [1, 1, 1, 1],
    [2, 5, 3, 4],
    [1, 33, 2, 7],
    [1, 70, 1, 16],
    [3, 32, 2, 8],
  ]) {
    const qkv = [b, t, 3 * nHead * dHead];
    const logSumExp = [b, nHead, t];
    const attention = { dOut: [b, t, nHead * dHead], qkv, logSumExp };
    cases.push(kernelCase('GptCausalAttention', { qkv }, { nHead }));
    cases.push(kernelCase('GptCausalAttentionGrad', attention, { nHead }));
  }
  return cases;
}

type Input = readonly number[] | PlainTensor;

function kernelCase<K extends KernelName>(
  kernel: K,
  inputs: Record<KernelSignatures[K]['inputs'], Input>,
  attrs: KernelSignatures[K]['attrs'],
): ConformanceCase {
  const entries = Object.entries(inputs) as [string, Input][];
  const shapes = entries.map(
    ([name, input]) => `${name} [${('shape' in input ? input.shape : input).join(', ')}]`,
  );
  return {
    name: `${kernel} ${shapes.join(' ')} ${JSON.stringify(attrs)}`,
    async check() {
      const random = new Random(1, kernel);
      const plain = entries.map(([name, input]) => [
        name,
        'shape' in input ? input : draw(random, name, input),
      ]);
      const want = referenceKernels[kernel](Object.fromEntries(plain), attrs);
      const tensors = plain.map(([name, value]) => [name, upload(value as PlainTensor)] as [string, Tensor]);
      const got = run(
        kernel,
        Object.fromEntries(tensors) as Record<KernelSignatures[K]['inputs'], Tensor>,
        attrs,
      );
      let largest = 0;
      for (const [i, { shape, data }] of want.entries()) {
        const name = `${kernel} output ${i}`;
        assertClose(`${name} shape`, got[i].shape, shape, { rtol: 0, atol: 0 });
        largest = Math.max(largest, assertClose(name, await got[i].data(), data, DEFAULT));
      }
      dispose(got);
      dispose(tensors.map(([, value]) => value));
      return largest;
    },
  };
}

function crossEntropyCase(rows: readonly number[], v: number): ConformanceCase {
  return kernelCase('GptCrossEntropy', { logits: [...rows, v], targets: ids(rows, v, true) }, {});
}

function crossEntropyGradCase(rows: readonly number[], v: number): ConformanceCase {
  const inputs = { dLoss: [], logits: [...rows, v], targets: ids(rows, v, true), logSumExp: rows };
  return kernelCase('GptCrossEntropyGrad', inputs, {});
}

/** Normal draws; second moments and inverse deviations positive; log-sums large enough to be possible. */
function draw(random: Random, name: string, shape: readonly number[]): PlainTensor {
  const data = Float32Array.from({ length: sizeOf(shape) }, () => random.normal());
  if (name === 'v' || name === 'rstd') return { shape, data: data.map(Math.abs) };
  if (name === 'logSumExp') return { shape, data: data.map((value) => Math.abs(value) + 4) };
  return { shape, data };
}

function ids(shape: readonly number[], n: number, someIgnored = false): PlainTensor {
  const random = new Random(2);
  const data = Int32Array.from({ length: sizeOf(shape) }, () =>
    someIgnored && random.int(4) === 0 ? -1 : random.int(n),
  );
  return { shape, data };
}

function upload({ shape, data }: PlainTensor): Tensor {
  return data instanceof Int32Array ? idTensor(data, shape) : tensor(data, shape);
}
