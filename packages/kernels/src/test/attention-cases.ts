/** Attention, dense and sparse, over whole texts, with and without dropout, and over a cache. */
import type { PlainTensor } from '@gpt-ts/core';
import { type AttentionOptions, attentionAttrs } from '../causal-attention/attention-options.js';
import { type AttentionPattern, DENSE } from '../causal-attention/attention-pattern.js';
import { referenceKernels } from '../reference.js';
import { type ConformanceCase, kernelCase } from './kernel-case.js';

/** One of each kind, with the sizes that are easy to get wrong: 1, a whole text, more than a text. */
const PATTERNS: readonly AttentionPattern[] = [
  DENSE,
  { kind: 'banded', window: 1 },
  { kind: 'banded', window: 5 },
  { kind: 'banded', window: 1000 },
  { kind: 'column', stride: 1 },
  { kind: 'column', stride: 4 },
  { kind: 'strided', stride: 1 },
  { kind: 'strided', stride: 5 },
  { kind: 'block', stride: 1 },
  { kind: 'block', stride: 6 },
  { kind: 'block', stride: 1000 },
  { kind: 'fixed', stride: 1, summary: 1 },
  { kind: 'fixed', stride: 6, summary: 2 },
  { kind: 'fixed', stride: 7, summary: 2, groups: 3 },
];

/** Patterns over more than two blocks of 72 positions. */
const LONG: readonly AttentionPattern[] = [
  DENSE,
  { kind: 'banded', window: 70 },
  { kind: 'column', stride: 37 },
  { kind: 'strided', stride: 29 },
  { kind: 'block', stride: 50 },
  { kind: 'fixed', stride: 32, summary: 3 },
  { kind: 'fixed', stride: 33, summary: 4, groups: 2 },
];

/** A seed and a step with their highest bits set show whether words are taken for signed. */
const DROPOUT = { rate: 0.2, source: { seed: 2 ** 53 - 1, name: 'attention', step: 2 ** 31 + 5 } };

type Size = readonly [b: number, t: number, nHead: number, dHead: number];

const SIZES: readonly Size[] = [
  [1, 1, 1, 1],
  [2, 5, 3, 4],
  [1, 33, 2, 7],
  [1, 70, 1, 16],
  [3, 32, 2, 8],
  [1, 64, 1, 12],
  [1, 65, 1, 5],
];

/** Cases of GptCausalAttention, its gradient and GptCachedAttention. */
export function attentionCases(): ConformanceCase[] {
  return [
    ...SIZES.flatMap((size) => wholeTexts(size, {})),
    ...SIZES.flatMap((size) => wholeTexts(size, { dropout: DROPOUT })),
    ...[undefined, DROPOUT].flatMap((dropout) => [
      ...PATTERNS.slice(1).flatMap((pattern) => wholeTexts([2, 23, 3, 6], { pattern, dropout })),
      ...LONG.flatMap((pattern) => wholeTexts([1, 150, 2, 8], { pattern, dropout })),
    ]),
    ...wholeTexts([2, 23, 3, 6], { scale: 1 }),
    ...wholeTexts([1, 150, 2, 8], { scale: 0.1, pattern: LONG[3], dropout: DROPOUT }),
    ...PATTERNS.flatMap((pattern) => [
      cached([2, 1, 3, 6], 23, [22, 5], { pattern }),
      cached([2, 4, 3, 6], 23, [0, 9], { pattern }),
    ]),
    cached([1, 1, 1, 1], 1, [0], {}),
    cached([3, 1, 2, 5], 9, [0, 8, 3], {}),
    cached([1, 70, 1, 16], 70, [0], {}),
    cached([1, 2, 2, 8], 150, [147], {}),
    cached([2, 4, 3, 6], 23, [0, 9], { scale: 1 }),
  ];
}

/** Forward and backward; the latter on an output and log-sums that belong to the input. */
function wholeTexts([b, t, nHead, dHead]: Size, options: AttentionOptions): ConformanceCase[] {
  const attrs = attentionAttrs(nHead, dHead, options);
  const forward = (i: number) => (drawn: Record<string, PlainTensor>) =>
    referenceKernels.GptCausalAttention({ qkv: drawn.qkv }, attrs)[i];
  const qkv = [b, t, 3 * nHead * dHead];
  const backward = { dOut: [b, t, nHead * dHead], qkv, out: forward(0), logSumExp: forward(1) };
  return [
    kernelCase('GptCausalAttention', { qkv }, attrs),
    kernelCase('GptCausalAttentionGrad', backward, attrs),
  ];
}

/** `n` new positions after the `starts` that are in a cache for `nCtx`; what lies beyond them is noise. */
function cached(
  [b, n, nHead, dHead]: Size,
  nCtx: number,
  starts: number[],
  options: Omit<AttentionOptions, 'dropout'>,
): ConformanceCase {
  const inputs = { qkv: [b, n, 3 * nHead * dHead], cache: [b, nCtx, 2 * nHead * dHead] };
  return kernelCase('GptCachedAttention', inputs, {
    ...attentionAttrs(nHead, dHead, options),
    starts,
  });
}
