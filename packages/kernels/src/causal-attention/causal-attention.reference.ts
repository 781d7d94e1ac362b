import type { PlainTensor } from '@gpt-ts/core';
import type { DropoutAttrs } from '../dropout/dropout-attrs.js';
import { dropoutKeeps } from '../dropout/dropout-keeps.js';
import type { Kernel } from '../kernel-table.js';
import { sees } from './attention-pattern.js';
import { attentionShape } from './causal-attention.js';

/** One query at a time: scores, softmax, dropout, weighted values. */
export const causalAttentionReference: Kernel<'GptCausalAttention', PlainTensor> = (
  { qkv },
  { nHead, pattern, scale, dropout },
) => {
  const { b, t, a, dHead } = attentionShape(qkv.shape, nHead);
  const factor = factors(b, nHead, t, dropout);
  const out = new Float32Array(b * t * a);
  const logSumExp = new Float32Array(b * nHead * t);
  for (let bi = 0; bi < b; bi++) {
    for (let h = 0; h < nHead; h++) {
      const at = (part: number, pos: number) => ((bi * t + pos) * 3 + part) * a + h * dHead;
      for (let i = 0; i < t; i++) {
        const keys = range(i + 1).filter((j) => sees(pattern, h, i, j));
        const query = vector(qkv, at(0, i), dHead);
        const { value, lse } = attend(
          query,
          keys.map((j) => vector(qkv, at(1, j), dHead)),
          keys.map((j) => vector(qkv, at(2, j), dHead)),
          scale,
          keys.map((j) => factor(bi, h, i, j)),
        );
        logSumExp[(bi * nHead + h) * t + i] = lse;
        out.set(value, (bi * t + i) * a + h * dHead);
      }
    }
  }
  return [
    { shape: [b, t, a], data: out },
    { shape: [b, nHead, t], data: logSumExp },
  ];
};

/**
 * With `P` the probabilities, `M` the dropout factors and `dP = M dO vᵀ`: `dS = P (dP - rowsum(P dP)) scale`.
 *
 * The row's sum is `dO . O` with dropout as without, since `O = (M P) v`.
 */
export const causalAttentionGradReference: Kernel<'GptCausalAttentionGrad', PlainTensor> = (
  { dOut, qkv, out, logSumExp },
  { nHead, pattern, scale, dropout },
) => {
  const { b, t, a, dHead } = attentionShape(qkv.shape, nHead);
  const dQkv = new Float64Array(qkv.data.length);
  const factor = factors(b, nHead, t, dropout);
  for (let bi = 0; bi < b; bi++) {
    for (let h = 0; h < nHead; h++) {
      const at = (part: number, pos: number) => ((bi * t + pos) * 3 + part) * a + h * dHead;
      for (let i = 0; i < t; i++) {
        const lse = logSumExp.data[(bi * nHead + h) * t + i];
        const row = (bi * t + i) * a + h * dHead;
        const dy = vector(dOut, row, dHead);
        const delta = dot(dy, vector(out, row, dHead)); // rowsum(P dP)
        for (const j of range(i + 1).filter((j) => sees(pattern, h, i, j))) {
          const score = dot(vector(qkv, at(0, i), dHead), vector(qkv, at(1, j), dHead)) * scale;
          const p = Math.exp(score - lse);
          const m = factor(bi, h, i, j);
          const ds = p * (m * dot(dy, vector(qkv, at(2, j), dHead)) - delta) * scale;
          for (let d = 0; d < dHead; d++) {
            dQkv[at(0, i) + d] += ds * qkv.data[at(1, j) + d];
            dQkv[at(1, j) + d] += ds * qkv.data[at(0, i) + d];
            dQkv[at(2, j) + d] += p * m * dy[d];
          }
        }
      }
    }
  }
  return [{ shape: qkv.shape, data: Float32Array.from(dQkv) }];
};

/** What one query takes from the keys it sees, their weights times `factors`, and the log of the sum of its exponentials. */
export function attend(
  query: Vector,
  keys: readonly Vector[],
  values: readonly Vector[],
  scale: number,
  factors?: readonly number[],
): { value: Float64Array; lse: number } {
  const scores = keys.map((key) => dot(query, key) * scale);
  const max = scores.reduce((a, b) => Math.max(a, b));
  const lse = max + Math.log(scores.reduce((total, score) => total + Math.exp(score - max), 0));
  const value = new Float64Array(query.length);
  values.forEach((each, j) => {
    const p = Math.exp(scores[j] - lse) * (factors?.[j] ?? 1);
    for (let d = 0; d < value.length; d++) value[d] += p * each[d];
  });
  return { value, lse };
}

/** What dropout multiplies each probability of `[B, nHead, T, T]` by. */
function factors(
  b: number,
  nHead: number,
  t: number,
  dropout: DropoutAttrs | undefined,
): (bi: number, h: number, i: number, j: number) => number {
  if (dropout === undefined) return () => 1;
  const keeps = dropoutKeeps(b * nHead * t * t, dropout);
  return (bi, h, i, j) => keeps[((bi * nHead + h) * t + i) * t + j] * dropout.scale;
}

type Vector = PlainTensor['data'];

/** `n` numbers of a tensor, from one place on. */
export function vector(x: PlainTensor, from: number, n: number): Vector {
  return x.data.subarray(from, from + n) as Vector;
}

/** 0 to n - 1. */
export function range(n: number): number[] {
  return Array.from({ length: n }, (_, i) => i);
}

function dot(x: Vector, y: Vector): number {
  let sum = 0;
  for (let d = 0; d < x.length; d++) sum += x[d] * y[d];
  return sum;
}
