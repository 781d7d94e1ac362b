/**
 * The kernel table over tfjs's heap: shapes and addresses in, calls to the compiled kernels out.
 *
 * Work is split over threads by what it writes (rows, columns, heads, elements), never inside a sum, so the result does
 * not depend on the number of threads.
 */
import { TokenRangeError } from '@gpt-ts/core';
import {
  adamWFactors,
  attentionShape,
  type KernelTable,
  lastDim,
  type MatMulAttrs,
  matMulShape,
  rowsOf,
  sizeOf,
} from '@gpt-ts/kernels';
import type { Heap, WasmTensor } from './heap.js';
import type { KernelFunctions } from './kernel-module.js';
import { split } from './split.js';
import type { Workforce } from './workforce.js';

// Operations per element, roughly: they decide how many threads are worth waking.
const EXP = 20;
const NORM = 10;

/** All kernels, on one heap. */
export function wasmKernels(
  functions: KernelFunctions,
  heap: Heap,
  workforce: Workforce,
): KernelTable<WasmTensor> {
  const { threads } = workforce;

  /** Calls `name(first, last, ...args)` for every part of `0..n`. */
  const spread = (name: string, n: number, align: number, work: number, args: number[]) => {
    workforce.run(
      name,
      split(n, align, work, threads).map((range) => [...range, ...args]),
    );
  };

  const product = (a: WasmTensor, b: WasmTensor, attrs: MatMulAttrs, bias: number): WasmTensor => {
    const { m, n, k, shape } = matMulShape(a.shape, b.shape, attrs);
    const c = heap.make(shape);
    const [ai, ap] = attrs.transposeA ? [1, m] : [k, 1];
    const [bp, bj] = attrs.transposeB ? [1, k] : [n, 1];
    const scratchBytes = functions.gemmScratchBytes();
    const scratch = heap.scratch(scratchBytes * threads);
    const work = 2 * m * n * k;
    const byRows = m >= n;
    const parts = byRows ? split(m, 4, work, threads) : split(n, 8, work, threads); // tiles are 4 x 8
    const calls = parts.map(([first, last], part) => {
      const space = scratch + part * scratchBytes;
      return byRows
        ? [
            last - first,
            n,
            k,
            a.at + 4 * first * ai,
            ai,
            ap,
            b.at,
            bp,
            bj,
            c.at + 4 * first * n,
            n,
            bias,
            0,
            space,
          ]
        : [
            m,
            last - first,
            k,
            a.at,
            ai,
            ap,
            b.at + 4 * first * bj,
            bp,
            bj,
            c.at + 4 * first,
            n,
            bias && bias + 4 * first,
            0,
            space,
          ];
    });
    workforce.run('gemm', calls);
    return c;
  };

  /** Heads `0..b * nHead`, each part with scratch memory of its own. */
  const spreadHeads = (name: string, heads: number, t: number, work: number, args: number[]) => {
    const scratchBytes = functions.attentionScratchBytes(t);
    const scratch = heap.scratch(scratchBytes * threads);
    const calls = split(heads, 1, work, threads).map((range, part) => [
      ...range,
      ...args,
      scratch + part * scratchBytes,
    ]);
    workforce.run(name, calls);
  };

  const checkIds = (ids: WasmTensor, nVocab: number, allowIgnored: boolean) => {
    const bad = functions.firstBadId(sizeOf(ids.shape), nVocab, allowIgnored ? 1 : 0, ids.at);
    if (bad < 0) return;
    throw new TokenRangeError({ token: heap.int32At(ids.at + 4 * bad), position: bad, nVocab });
  };

  return {
    GptMatMul: ({ a, b }, attrs) => [product(a, b, attrs, 0)],

    GptLinear: ({ x, weight, bias }) => [
      product(x, weight, { transposeA: false, transposeB: false }, bias.at),
    ],

    GptColumnSum({ x }) {
      const n = lastDim(x.shape);
      const sums = heap.make([n]);
      spread('columnSum', n, 4, sizeOf(x.shape), [rowsOf(x.shape), n, x.at, sums.at]);
      return [sums];
    },

    GptLayerNorm({ x, gain, bias }, { eps }) {
      const rowShape = x.shape.slice(0, -1);
      const y = heap.make(x.shape);
      const mean = heap.make(rowShape);
      const rstd = heap.make(rowShape);
      const args = [lastDim(x.shape), eps, x.at, gain.at, bias.at, y.at, mean.at, rstd.at];
      spread('layerNorm', rowsOf(x.shape), 1, NORM * sizeOf(x.shape), args);
      return [y, mean, rstd];
    },

    GptLayerNormGrad({ dy, x, gain, mean, rstd }) {
      const c = lastDim(x.shape);
      const rows = rowsOf(x.shape);
      const dx = heap.make(x.shape);
      const dGain = heap.make([c]);
      const dBias = heap.make([c]);
      const work = NORM * rows * c;
      spread('layerNormGrad', rows, 1, work, [c, dy.at, x.at, gain.at, mean.at, rstd.at, dx.at]);
      spread('layerNormGainGrad', c, 4, work, [rows, c, dy.at, x.at, mean.at, rstd.at, dGain.at, dBias.at]);
      return [dx, dGain, dBias];
    },

    GptGelu({ x }) {
      const y = heap.make(x.shape);
      const n = sizeOf(x.shape);
      spread('gelu', n, 4, EXP * n, [x.at, y.at]);
      return [y];
    },

    GptGeluGrad({ dy, x }) {
      const dx = heap.make(x.shape);
      const n = sizeOf(x.shape);
      spread('geluGrad', n, 4, EXP * n, [dy.at, x.at, dx.at]);
      return [dx];
    },

    GptCausalAttention({ qkv }, { nHead }) {
      const { b, t, a, dHead } = attentionShape(qkv.shape, nHead);
      const out = heap.make([b, t, a]);
      const logSumExp = heap.make([b, nHead, t]);
      const args = [nHead, t, dHead, qkv.at, out.at, logSumExp.at];
      spreadHeads('attention', b * nHead, t, 4 * b * t * t * a, args);
      return [out, logSumExp];
    },

    GptCausalAttentionGrad({ dOut, qkv, logSumExp }, { nHead }) {
      const { b, t, a, dHead } = attentionShape(qkv.shape, nHead);
      const dQkv = heap.make(qkv.shape);
      const args = [nHead, t, dHead, dOut.at, qkv.at, logSumExp.at, dQkv.at];
      spreadHeads('attentionGrad', b * nHead, t, 10 * b * t * t * a, args);
      return [dQkv];
    },

    GptEmbedding({ table, ids }) {
      const [v, c] = table.shape;
      checkIds(ids, v, false);
      const y = heap.make([...ids.shape, c]);
      functions.embedding(sizeOf(ids.shape), c, ids.at, table.at, y.at);
      return [y];
    },

    GptEmbeddingGrad({ dy, ids }, { nVocab }) {
      const c = lastDim(dy.shape);
      const dTable = heap.make([nVocab, c]);
      functions.embeddingGrad(sizeOf(ids.shape), c, nVocab, ids.at, dy.at, dTable.at);
      return [dTable];
    },

    GptCrossEntropy({ logits, targets }) {
      const v = lastDim(logits.shape);
      const rows = sizeOf(targets.shape);
      checkIds(targets, v, true);
      const loss = heap.make([]);
      const nll = heap.make(targets.shape);
      const lse = heap.make(targets.shape);
      spread('tokenLosses', rows, 1, EXP * rows * v, [v, logits.at, targets.at, nll.at, lse.at]);
      functions.meanLoss(rows, targets.at, nll.at, loss.at);
      return [loss, nll, lse];
    },

    GptCrossEntropyGrad({ dLoss, logits, targets, logSumExp }) {
      const v = lastDim(logits.shape);
      const rows = sizeOf(targets.shape);
      const dLogits = heap.make(logits.shape);
      const args = [rows, v, dLoss.at, logits.at, targets.at, logSumExp.at, dLogits.at];
      spread('crossEntropyGrad', rows, 1, EXP * rows * v, args);
      return [dLogits];
    },

    GptAdd({ a, b }) {
      const sum = heap.make(a.shape);
      const n = sizeOf(a.shape);
      spread('add', n, 4, n, [a.at, b.at, sum.at]);
      return [sum];
    },

    GptAdamW({ param, grad, m, v }, attrs) {
      const { decay, stepSize, vScale } = adamWFactors(attrs);
      const { gradScale, beta1, beta2, eps } = attrs;
      const n = sizeOf(param.shape);
      const hyper = [gradScale, beta1, beta2, eps, decay, stepSize, vScale];
      spread('adamW', n, 4, NORM * n, [param.at, grad.at, m.at, v.at, ...hyper]);
      return [param, m, v];
    },

    GptSumOfSquares({ x }) {
      const sum = heap.make([]);
      functions.sumOfSquares(sizeOf(x.shape), x.at, sum.at);
      return [sum];
    },
  };
}
