/** Attention against its definition, written out over all pairs, on the current backend. */
import { Random } from '@gpt-ts/core';
import type { AttentionOptions } from '../causal-attention/attention-options.js';
import { type AttentionPattern, DENSE, sees } from '../causal-attention/attention-pattern.js';
import { causalAttention } from '../causal-attention/causal-attention.js';
import { dropout } from '../dropout/dropout.js';
import { type Tensor, tensor, tidy } from '../tensor.js';
import { assertClose, type Tolerance } from './close.js';
import type { ConformanceCase } from './kernel-case.js';

const EXACT: Tolerance = { rtol: 0, atol: 0 };
const TOLERANCE: Tolerance = { rtol: 1e-5, atol: 1e-5 }; // largest difference seen on any backend: 1.1e-6
const [B, T, N_HEAD, D_HEAD] = [2, 23, 3, 6];

const PATTERNS: readonly AttentionPattern[] = [
  DENSE,
  { kind: 'banded', window: 5 },
  { kind: 'column', stride: 4 },
  { kind: 'strided', stride: 5 },
  { kind: 'block', stride: 6 },
  { kind: 'fixed', stride: 6, summary: 2 },
  { kind: 'fixed', stride: 7, summary: 2, groups: 3 },
];

/** Scales and dropout of attention: for every pattern, its dropout is `dropout` of the matrix of probabilities. */
export function definitionCases(): ConformanceCase[] {
  const source = { seed: 7, name: 'definition', step: 3 };
  const scaled = PATTERNS.map((pattern) => ({ pattern, scale: 1 }));
  const dropped = PATTERNS.map((pattern) => ({ pattern, dropout: { rate: 0.4, source } }));
  return [
    ...[...scaled, ...dropped].map((options) =>
      attentionCase(JSON.stringify(options), options, TOLERANCE, (qkv) => byDefinition(qkv, options)),
    ),
    ...PATTERNS.map((pattern) =>
      attentionCase(
        `${JSON.stringify(pattern)} with a dropout rate of 0`,
        { pattern, dropout: { rate: 0, source } },
        EXACT,
        (qkv) => causalAttention(upload(qkv), N_HEAD, { pattern }).dataSync(),
      ),
    ),
  ];
}

function attentionCase(
  name: string,
  options: AttentionOptions,
  tolerance: Tolerance,
  want: (qkv: Float32Array) => ArrayLike<number>,
): ConformanceCase {
  return {
    name: `definition of causalAttention ${name}`,
    async check() {
      const random = new Random(6);
      const qkv = Float32Array.from({ length: B * T * 3 * N_HEAD * D_HEAD }, () => random.normal());
      let largest = 0;
      tidy(() => {
        const got = causalAttention(upload(qkv), N_HEAD, options).dataSync();
        largest = assertClose(`causalAttention ${name}`, got, want(qkv), tolerance);
      });
      return largest;
    },
  };
}

/** `dropout(softmax(scale q kᵀ)) v`, the probabilities being one tensor `[B, nHead, T, T]`. */
function byDefinition(
  qkv: Float32Array,
  { pattern = DENSE, scale = 1 / Math.sqrt(D_HEAD), dropout: drop }: AttentionOptions,
): Float64Array {
  const at = (part: number, bi: number, h: number, t: number, d: number) =>
    qkv[(((bi * T + t) * 3 + part) * N_HEAD + h) * D_HEAD + d];
  const features = Array.from({ length: D_HEAD }, (_, d) => d);
  const keys = Array.from({ length: T }, (_, j) => j);
  const p = new Float32Array(B * N_HEAD * T * T);
  for (let row = 0; row < B * N_HEAD * T; row++) {
    const [bi, h, i] = [Math.floor(row / T / N_HEAD), Math.floor(row / T) % N_HEAD, row % T];
    const weights = keys.map((j) => {
      const score = features.reduce((dot, d) => dot + at(0, bi, h, i, d) * at(1, bi, h, j, d), 0);
      return sees(pattern, h, i, j) ? Math.exp(score * scale) : 0;
    });
    const total = weights.reduce((sum, weight) => sum + weight, 0);
    p.set(
      weights.map((weight) => weight / total),
      row * T,
    );
  }
  const probabilities = tensor(p, [B, N_HEAD, T, T]);
  const kept = (drop ? dropout(probabilities, drop.rate, drop.source) : probabilities).dataSync();
  return Float64Array.from({ length: B * T * N_HEAD * D_HEAD }, (_, n) => {
    const [d, h] = [n % D_HEAD, Math.floor(n / D_HEAD) % N_HEAD];
    const [i, bi] = [Math.floor(n / D_HEAD / N_HEAD) % T, Math.floor(n / D_HEAD / N_HEAD / T)];
    const row = ((bi * N_HEAD + h) * T + i) * T;
    return keys.reduce((sum, j) => sum + kept[row + j] * at(2, bi, h, j, d), 0);
  });
}

function upload(qkv: Float32Array): Tensor {
  return tensor(qkv, [B, T, 3 * N_HEAD * D_HEAD]);
}
