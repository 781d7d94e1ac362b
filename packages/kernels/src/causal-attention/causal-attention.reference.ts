import type { PlainTensor } from '@gpt-ts/core';
import type { Kernel } from '../kernel-table.js';
import { attentionShape } from './causal-attention.js';

/** One query at a time: scores, softmax, weighted values. */
export const causalAttentionReference: Kernel<'GptCausalAttention', PlainTensor> = ({ qkv }, { nHead }) => {
  const { b, t, a, dHead } = attentionShape(qkv.shape, nHead);
  const out = new Float32Array(b * t * a);
  const logSumExp = new Float32Array(b * nHead * t);
  for (let bi = 0; bi < b; bi++) {
    for (let h = 0; h < nHead; h++) {
      const at = (part: number, pos: number) => ((bi * t + pos) * 3 + part) * a + h * dHead;
      for (let i = 0; i < t; i++) {
        const scores = scoresOf(qkv, at, i, dHead);
        const max = Math.max(...scores);
        const sum = scores.reduce((total, score) => total + Math.exp(score - max), 0);
        const lse = max + Math.log(sum);
        logSumExp[(bi * nHead + h) * t + i] = lse;
        for (let d = 0; d < dHead; d++) {
          let value = 0;
          for (let j = 0; j <= i; j++) value += Math.exp(scores[j] - lse) * qkv.data[at(2, j) + d];
          out[(bi * t + i) * a + h * dHead + d] = value;
        }
      }
    }
  }
  return [
    { shape: [b, t, a], data: out },
    { shape: [b, nHead, t], data: logSumExp },
  ];
};

/** With `P` the probabilities and `dP = dO vᵀ`: `dS = P (dP - rowsum(P dP)) / sqrt(dHead)`. */
export const causalAttentionGradReference: Kernel<'GptCausalAttentionGrad', PlainTensor> = (
  { dOut, qkv, logSumExp },
  { nHead },
) => {
  const { b, t, a, dHead } = attentionShape(qkv.shape, nHead);
  const dQkv = new Float64Array(qkv.data.length);
  const scale = 1 / Math.sqrt(dHead);
  for (let bi = 0; bi < b; bi++) {
    for (let h = 0; h < nHead; h++) {
      const at = (part: number, pos: number) => ((bi * t + pos) * 3 + part) * a + h * dHead;
      for (let i = 0; i < t; i++) {
        const lse = logSumExp.data[(bi * nHead + h) * t + i];
        const p = scoresOf(qkv, at, i, dHead).map((score) => Math.exp(score - lse));
        const dy = dOut.data.subarray((bi * t + i) * a + h * dHead, (bi * t + i) * a + (h + 1) * dHead);
        const dp = p.map((_, j) => {
          let sum = 0;
          for (let d = 0; d < dHead; d++) sum += dy[d] * qkv.data[at(2, j) + d];
          return sum;
        });
        const delta = p.reduce((sum, prob, j) => sum + prob * dp[j], 0);
        for (let j = 0; j <= i; j++) {
          const ds = p[j] * (dp[j] - delta) * scale;
          for (let d = 0; d < dHead; d++) {
            dQkv[at(0, i) + d] += ds * qkv.data[at(1, j) + d];
            dQkv[at(1, j) + d] += ds * qkv.data[at(0, i) + d];
            dQkv[at(2, j) + d] += p[j] * dy[d];
          }
        }
      }
    }
  }
  return [{ shape: qkv.shape, data: Float32Array.from(dQkv) }];
};

/** Scores of query i against keys 0 to i. */
function scoresOf(
  qkv: PlainTensor,
  at: (part: number, pos: number) => number,
  i: number,
  dHead: number,
): number[] {
  return Array.from({ length: i + 1 }, (_, j) => {
    let dot = 0;
    for (let d = 0; d < dHead; d++) dot += qkv.data[at(0, i) + d] * qkv.data[at(1, j) + d];
    return dot / Math.sqrt(dHead);
  });
}
