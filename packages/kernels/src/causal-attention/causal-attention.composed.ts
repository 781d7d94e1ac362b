import {
  add,
  concat,
  log,
  max,
  mul,
  reshape,
  softmax,
  sub,
  sum,
  type Tensor,
  tensor,
  transpose,
} from '@tensorflow/tfjs-core';
import { join, oneByOne, products, type Stack, stackOf } from '../composed/stack.js';
import { dropoutFactors } from '../dropout/dropout.composed.js';
import type { Kernel } from '../kernel-table.js';
import { type AttentionPattern, sees } from './attention-pattern.js';
import { attentionShape } from './causal-attention.js';

/** Scores of all pairs, a mask, softmax, dropout, weighted values. */
export const causalAttentionComposed: Kernel<'GptCausalAttention', Tensor> = (
  { qkv },
  { nHead, pattern, scale, dropout },
) => {
  const { b, t, a, dHead } = attentionShape(qkv.shape, nHead);
  const apart = oneByOne(t, dHead, t);
  const { rows, columns } = headsOf(qkv, 3 * nHead, apart);
  const pairs = [b, nHead, t, t];
  const mask = causalMask(pattern, nHead, t);
  const { p, logSumExp } = probabilities(rows(0, nHead), columns(nHead, nHead), pairs, scale, mask);
  const kept = dropout ? mul(p, dropoutFactors(pairs, dropout)) : p;
  const out = weigh(kept, rows(2 * nHead, nHead), apart);
  return [reshape(out, [b, t, a]), logSumExp];
};

/** The formula of the reference. Whole batches of matrices are transposed at once, which is cheap, before they are cut. */
export const causalAttentionGradComposed: Kernel<'GptCausalAttentionGrad', Tensor> = (
  { dOut, qkv, out },
  { nHead, pattern, scale, dropout },
) => {
  const { b, t, a, dHead } = attentionShape(qkv.shape, nHead);
  const apart = oneByOne(t, dHead, t);
  const pairs = [b, nHead, t, t];
  const { rows, columns } = headsOf(qkv, 3 * nHead, apart);
  const [q, k] = [rows(0, nHead), rows(nHead, nHead)];
  const dy = headsOf(dOut, nHead, apart).rows(0, nHead);
  const { p } = probabilities(q, columns(nHead, nHead), pairs, scale, causalMask(pattern, nHead, t));
  const factors = dropout && dropoutFactors(pairs, dropout);
  const dKept = join(products(dy, columns(2 * nHead, nHead)), pairs);
  const [kept, dP] = factors ? [mul(p, factors), mul(dKept, factors)] : [p, dKept];
  const delta = sum(reshape(mul(dOut, out), [b, t, nHead, dHead]), -1); // rowsum(P dP)
  const dS = mul(mul(p, sub(dP, reshape(transpose(delta, [0, 2, 1]), [b, nHead, t, 1]))), scale);
  const stack = (x: Tensor) => stackOf(x, 0, nHead, apart);
  const turned = (x: Tensor) => stack(transpose(x, [0, 1, 3, 2]));
  const parts = [products(stack(dS), k), products(turned(dS), q), products(turned(kept), dy)]; // dQ, dK, dV
  const heads = parts.map((part) => transpose(join(part, [b, nHead, t, dHead]), [0, 2, 1, 3]));
  return [
    concat(
      heads.map((part) => reshape(part, [b, t, a])),
      2,
    ),
  ];
};

/** Heads `from` to `from + count - 1` of `x [B, T, heads D]`, each as `[T, D]` (rows) or as `[D, T]` (columns). */
export function headsOf(
  x: Tensor,
  heads: number,
  apart: boolean,
): Record<'rows' | 'columns', (from: number, count: number) => Stack> {
  const [b, t, width] = x.shape as [number, number, number];
  const split = reshape(x, [b, t, heads, width / heads]);
  const turned = new Map<string, Tensor>();
  const stack = (order: number[]) => (from: number, count: number) => {
    const key = order.join();
    const whole = turned.get(key) ?? transpose(split, order);
    turned.set(key, whole);
    return stackOf(whole, from, count, apart);
  };
  return { rows: stack([0, 2, 1, 3]), columns: stack([0, 2, 3, 1]) };
}

/** `softmax(scale q k + mask)` and the log of each row's sum. `k` has one key a column. */
export function probabilities(
  q: Stack,
  k: Stack,
  pairs: readonly number[],
  scale: number,
  mask: Tensor,
): { p: Tensor; logSumExp: Tensor } {
  const scores = add(mul(join(products(q, k), pairs), scale), mask);
  const p = softmax(scores);
  // The largest probability is at least 1 / T: its log is safe, and saves the sum of exponentials.
  return { p, logSumExp: sub(max(scores, -1), log(max(p, -1))) };
}

/** Values weighted by `p [B, nHead, N, S]`, heads side by side: `[B, N, nHead, dHead]`. */
export function weigh(p: Tensor, values: Stack, apart: boolean): Tensor {
  const [b, nHead, n] = p.shape as [number, number, number];
  const dHead = values[0].shape[values[0].rank - 1]!;
  return transpose(join(products(stackOf(p, 0, nHead, apart), values), [b, nHead, n, dHead]), [0, 2, 1, 3]);
}

/** What is added to the score of a key that must not be seen: its exponential is 0. */
export const HIDDEN = -1e9;

const masks = new Map<string, Float32Array>();

/** `[T, T]`, or `[nHead, T, T]` when heads differ: 0 where a key is seen. The numbers of the last few are kept. */
function causalMask(pattern: AttentionPattern, nHead: number, t: number): Tensor {
  const heads = headsThatDiffer(pattern, nHead);
  const key = JSON.stringify([pattern, heads, t]);
  let mask = masks.get(key);
  if (mask === undefined) {
    mask = new Float32Array(heads * t * t).map((_, n) =>
      sees(pattern, Math.floor(n / t / t), Math.floor(n / t) % t, n % t) ? 0 : HIDDEN,
    );
    if (masks.size >= 8) masks.clear();
    masks.set(key, mask);
  }
  return tensor(mask, [heads, t, t]);
}

/** nHead when a pattern has groups of heads, else 1: one mask for all. */
export function headsThatDiffer(pattern: AttentionPattern, nHead: number): number {
  return pattern.kind === 'fixed' && (pattern.groups ?? 1) > 1 ? nHead : 1;
}
