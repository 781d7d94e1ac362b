/** The kernel table over tfjs's heap: shapes and addresses in, one call to the compiled kernels, tensors out. */
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
import type { KernelModule } from './kernel-module.js';

/** All kernels, on one heap. */
export function wasmKernels(module: KernelModule, heap: Heap): KernelTable<WasmTensor> {
  const product = (a: WasmTensor, b: WasmTensor, attrs: MatMulAttrs, bias: number): WasmTensor => {
    const { m, n, k, shape } = matMulShape(a.shape, b.shape, attrs);
    const c = heap.make(shape);
    const [ai, ap] = attrs.transposeA ? [1, m] : [k, 1];
    const [bp, bj] = attrs.transposeB ? [1, k] : [n, 1];
    const scratch = heap.scratch(module.gemmScratchBytes());
    module.gemm(m, n, k, a.at, ai, ap, b.at, bp, bj, c.at, n, bias, 0, scratch);
    return c;
  };

  return {
    GptMatMul: ({ a, b }, attrs) => [product(a, b, attrs, 0)],

    GptLinear: ({ x, weight, bias }) => [
      product(x, weight, { transposeA: false, transposeB: false }, bias.at),
    ],

    GptColumnSum({ x }) {
      const n = lastDim(x.shape);
      const sums = heap.make([n]);
      module.columnSum(rowsOf(x.shape), n, x.at, sums.at);
      return [sums];
    },

    GptLayerNorm({ x, gain, bias }, { eps }) {
      const rowShape = x.shape.slice(0, -1);
      const y = heap.make(x.shape);
      const mean = heap.make(rowShape);
      const rstd = heap.make(rowShape);
      const rows = rowsOf(x.shape);
      module.layerNorm(rows, lastDim(x.shape), eps, x.at, gain.at, bias.at, y.at, mean.at, rstd.at);
      return [y, mean, rstd];
    },

    GptLayerNormGrad({ dy, x, gain, mean, rstd }) {
      const c = lastDim(x.shape);
      const dx = heap.make(x.shape);
      const dGain = heap.make([c]);
      const dBias = heap.make([c]);
      const rows = rowsOf(x.shape);
      module.layerNormGrad(rows, c, dy.at, x.at, gain.at, mean.at, rstd.at, dx.at, dGain.at, dBias.at);
      return [dx, dGain, dBias];
    },

    GptGelu({ x }) {
      const y = heap.make(x.shape);
      module.gelu(sizeOf(x.shape), x.at, y.at);
      return [y];
    },

    GptGeluGrad({ dy, x }) {
      const dx = heap.make(x.shape);
      module.geluGrad(sizeOf(x.shape), dy.at, x.at, dx.at);
      return [dx];
    },

    GptCausalAttention({ qkv }, { nHead }) {
      const { b, t, a, dHead } = attentionShape(qkv.shape, nHead);
      const out = heap.make([b, t, a]);
      const logSumExp = heap.make([b, nHead, t]);
      const scratch = heap.scratch(module.attentionScratchBytes(t));
      module.attention(0, b * nHead, nHead, t, dHead, qkv.at, out.at, logSumExp.at, scratch);
      return [out, logSumExp];
    },

    GptCausalAttentionGrad({ dOut, qkv, logSumExp }, { nHead }) {
      const { b, t, dHead } = attentionShape(qkv.shape, nHead);
      const dQkv = heap.make(qkv.shape);
      const scratch = heap.scratch(module.attentionScratchBytes(t));
      const { at } = logSumExp;
      module.attentionGrad(0, b * nHead, nHead, t, dHead, dOut.at, qkv.at, at, dQkv.at, scratch);
      return [dQkv];
    },

    GptEmbedding({ table, ids }) {
      const [v, c] = table.shape;
      const y = heap.make([...ids.shape, c]);
      const bad = module.embedding(sizeOf(ids.shape), c, v, ids.at, table.at, y.at);
      if (bad >= 0) throw tokenError(heap, ids, bad, v);
      return [y];
    },

    GptEmbeddingGrad({ dy, ids }, { nVocab }) {
      const c = lastDim(dy.shape);
      const dTable = heap.make([nVocab, c]);
      module.embeddingGrad(sizeOf(ids.shape), c, nVocab, ids.at, dy.at, dTable.at);
      return [dTable];
    },

    GptCrossEntropy({ logits, targets }) {
      const v = lastDim(logits.shape);
      const loss = heap.make([]);
      const nll = heap.make(targets.shape);
      const lse = heap.make(targets.shape);
      const rows = sizeOf(targets.shape);
      const bad = module.crossEntropy(rows, v, logits.at, targets.at, loss.at, nll.at, lse.at);
      if (bad >= 0) throw tokenError(heap, targets, bad, v);
      return [loss, nll, lse];
    },

    GptCrossEntropyGrad({ dLoss, logits, targets, logSumExp }) {
      const dLogits = heap.make(logits.shape);
      const rows = sizeOf(targets.shape);
      const v = lastDim(logits.shape);
      module.crossEntropyGrad(rows, v, dLoss.at, logits.at, targets.at, logSumExp.at, dLogits.at);
      return [dLogits];
    },

    GptAdd({ a, b }) {
      const sum = heap.make(a.shape);
      module.add(sizeOf(a.shape), a.at, b.at, sum.at);
      return [sum];
    },

    GptAdamW({ param, grad, m, v }, attrs) {
      const { decay, stepSize, vScale } = adamWFactors(attrs);
      const { gradScale, beta1, beta2, eps } = attrs;
      const n = sizeOf(param.shape);
      const hyper = [gradScale, beta1, beta2, eps, decay, stepSize, vScale];
      module.adamW(n, param.at, grad.at, m.at, v.at, ...hyper);
      return [param, m, v];
    },

    GptSumOfSquares({ x }) {
      const sum = heap.make([]);
      module.sumOfSquares(sizeOf(x.shape), x.at, sum.at);
      return [sum];
    },
  };
}

function tokenError(heap: Heap, ids: WasmTensor, position: number, nVocab: number): TokenRangeError {
  return new TokenRangeError({ token: heap.int32At(ids.at + 4 * position), position, nVocab });
}
