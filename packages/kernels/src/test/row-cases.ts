/** Kernels that work on rows or on single elements. */
import type { PlainTensor } from '@gpt-ts/core';
import { referenceKernels } from '../reference.js';
import { type ConformanceCase, ids, kernelCase } from './kernel-case.js';

const SHAPES = [
  [1, 1],
  [2, 3, 5],
  [7, 48],
  [3, 130],
  [19, 10],
  [258, 3],
] as const;

const ADAMW = { gradScale: 0.5, beta1: 0.9, beta2: 0.99, eps: 1e-8 };
const GPT1 = { gradScale: 1, beta1: 0.9, beta2: 0.999, eps: 1e-8 };

/** Constants of a third update of AdamW and a second one of GPT-1's Adam, with steps large enough to be seen. */
const ADAM_ATTRS = [
  { ...ADAMW, decay: 1 - 1e-3, stepSize: 1e-2 / (1 - 0.9 ** 3), vScale: 1 / (1 - 0.99 ** 3) },
  { ...GPT1, decay: 1 - 2e-3, stepSize: (0.03 * Math.sqrt(1 - 0.999 ** 2)) / (1 - 0.9 ** 2), vScale: 1 },
];

/** Cases of normalisation, activation, embedding, loss, dropout, optimizer and moving average. */
export function rowCases(): ConformanceCase[] {
  return SHAPES.flatMap((shape) => {
    const c = shape[shape.length - 1];
    const rows = shape.slice(0, -1);
    const norm = { x: shape, gain: [c], bias: [c] };
    const normGrad = { dy: shape, x: shape, gain: [c], mean: rows, rstd: rows };
    const targets = ids(rows, c, 'some');
    return [
      kernelCase('GptLayerNorm', norm, { eps: 1e-5, statistics: true }),
      kernelCase('GptLayerNorm', norm, { eps: 1e-5, statistics: false }),
      kernelCase('GptLayerNorm', { ...norm, residual: shape }, { eps: 1e-5, statistics: true }),
      kernelCase('GptLayerNorm', { ...norm, residual: shape }, { eps: 1e-5, statistics: false }),
      kernelCase('GptLayerNormGrad', normGrad, {}),
      ...(['tanh', 'exact'] as const).flatMap((form) => [
        kernelCase('GptGelu', { x: shape }, { form }),
        kernelCase('GptGeluGrad', { dy: shape, x: shape }, { form }),
      ]),
      kernelCase('GptMultiply', { a: shape, b: shape }, {}),
      kernelCase('GptAdd', { a: shape, b: shape }, {}),
      kernelCase('GptScale', { x: shape, factor: { shape: [], data: Float32Array.of(1) } }, {}),
      kernelCase('GptScale', { x: shape, factor: [] }, {}),
      kernelCase('GptSumOfSquares', { x: shape }, {}),
      ...ADAM_ATTRS.map((attrs) =>
        kernelCase('GptAdam', { param: shape, grad: shape, m: shape, v: shape }, attrs),
      ),
      ...[0, 0.3, 1].map((share) => kernelCase('GptBlend', { target: shape, source: shape }, { share })),
      ...[0, 0.1, 0.5].map((rate) => kernelCase('GptDropout', { x: shape }, dropoutAttrs(rate))),
      kernelCase('GptCrossEntropy', { logits: shape, targets }, {}),
      kernelCase('GptCrossEntropy', { logits: shape, targets, weights: rows }, {}),
      crossEntropyGradCase(shape, targets),
      crossEntropyGradCase(shape, targets, { weights: rows }),
      kernelCase('GptEmbedding', { table: [11, c], ids: ids(rows, 11) }, {}),
      kernelCase('GptEmbeddingGrad', { dy: shape, ids: ids(rows, 11) }, { nVocab: 11 }),
      kernelCase('GptEmbeddingGrad', { dy: shape, ids: ids(rows, 11), sum: [11, c] }, { nVocab: 11 }),
    ];
  }).concat(
    kernelCase('GptBlend', { target: [131, 517], source: [131, 517] }, { share: 1e-3 }),
    kernelCase('GptDropout', { x: [5, 2051] }, dropoutAttrs(0.1)),
    kernelCase('GptCrossEntropy', { logits: [3, 5], targets: ids([3], 5, 'all') }, {}),
    kernelCase('GptCrossEntropy', { logits: [3, 5], targets: ids([3], 5, 'all'), weights: [3] }, {}),
    crossEntropyGradCase([3, 5], ids([3], 5, 'all')),
    crossEntropyGradCase([3, 5], ids([3], 5, 'all'), { weights: [3] }),
  );
}

/** The key's second word and a step above 2^31 show whether words are taken for signed. */
function dropoutAttrs(rate: number) {
  const place = { step: 2 ** 31 + 5, stream: 0xdeadbeef, key: [0xfedcba98, 0x1fffff] as const };
  return { threshold: Math.round(rate * 2 ** 32), scale: 1 / (1 - rate), ...place };
}

/** On the log-sums that belong to the logits: a backend may compute its softmax anew. */
function crossEntropyGradCase(
  logits: readonly number[],
  targets: PlainTensor,
  weights: { weights?: readonly number[] } = {},
): ConformanceCase {
  const logSumExp = (drawn: Record<string, PlainTensor>) =>
    referenceKernels.GptCrossEntropy({ logits: drawn.logits, targets }, {})[2];
  return kernelCase('GptCrossEntropyGrad', { dLoss: [], logits, targets, logSumExp, ...weights }, {});
}
