/**
 * The kernel table over tfjs's heap: shapes and addresses in, calls to the compiled kernels out.
 *
 * Work is split over threads by what it writes (rows, columns, heads, elements), never inside a sum, so the result does
 * not depend on the number of threads.
 */
import { TokenRangeError } from '@gpt-ts/core';
import {
  type AttentionAttrs,
  attentionShape,
  type KernelTable,
  lastDim,
  matMulShape,
  rowsOf,
  sizeOf,
} from '@gpt-ts/kernels';
import { dropoutArgs } from './dropout-args.js';
import type { Heap, WasmTensor } from './heap.js';
import type { KernelFunctions } from './kernel-module.js';
import { patternArgs } from './pattern-args.js';
import { type Product, productScratchBytes, productSteps } from './product.js';
import { split } from './split.js';
import type { Workforce } from './workforce.js';

// Operations per element, roughly: they decide how many threads are worth waking.
const EXP = 20;
const NORM = 10;
const PHILOX = 30;

const AS_STORED = { transposeA: false, transposeB: false };
const LOSS_ROWS = 256; // positions whose logits exist at one time; `trainingFloats` in @gpt-ts/model counts on it

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

  const matrixProduct = (
    product: Product,
    scratch = heap.scratch(productScratchBytes(functions, threads, product.n)),
  ) => {
    for (const { name, calls } of productSteps(product, functions, scratch, threads))
      workforce.run(name, calls);
  };

  /** Heads `0..b * nHead` against up to `keys` keys, each part with scratch memory of its own. */
  const spreadHeads = (
    name: string,
    { b, t, dHead }: { b: number; t: number; dHead: number },
    { nHead, pattern, scale }: AttentionAttrs,
    keys: number,
    work: number,
    args: number[],
  ) => {
    const scratchBytes = functions.attentionScratchBytes(keys, dHead);
    const scratch = heap.scratch(scratchBytes * threads);
    const calls = split(b * nHead, 1, work, threads).map(([first, last], part) => {
      const shape = [first, last, nHead, t, dHead];
      return [...shape, ...patternArgs(pattern), scale, ...args, scratch + part * scratchBytes];
    });
    workforce.run(name, calls);
  };

  const checkIds = (ids: WasmTensor, nVocab: number, allowIgnored: boolean) => {
    const bad = functions.firstBadId(sizeOf(ids.shape), nVocab, allowIgnored ? 1 : 0, ids.at);
    if (bad < 0) return;
    throw new TokenRangeError({ token: heap.int32At(ids.at + 4 * bad), position: bad, nVocab });
  };

  /** What the gradient of every position's loss is multiplied with, besides its weight. */
  const lossScale = (rows: number, targets: WasmTensor, weights: WasmTensor | undefined, dLoss = 1) =>
    weights ? dLoss : dLoss / Math.max(1, functions.counted(rows, targets.at));

  /** The mean of the losses that count, or their weighted sum. */
  const addLosses = (rows: number, targets: WasmTensor, nll: WasmTensor, weights: WasmTensor | undefined) => {
    const loss = heap.make([]);
    if (weights) functions.weightedLoss(rows, targets.at, nll.at, weights.at, loss.at);
    else functions.meanLoss(rows, targets.at, nll.at, loss.at);
    return loss;
  };

  return heap.guarded({
    GptMake(_, { shape }) {
      const n = sizeOf(shape);
      const made = heap.make(shape);
      spread('clear', n, 4, n, [made.at]);
      return [made];
    },

    GptWrite({ x }, { offset, values }) {
      const written = heap.own(x);
      heap.write(written, offset, values);
      return [written];
    },

    GptMatMul({ a, b }, attrs) {
      const { m, n, k, shape } = matMulShape(a.shape, b.shape, attrs);
      const c = heap.make(shape);
      matrixProduct({ m, n, k, a: a.at, b: b.at, c: c.at, ...attrs });
      return [c];
    },

    GptLinear({ x, weight, bias, residual }, { activation, keepSlope }) {
      const { m, n, k, shape } = matMulShape(x.shape, weight.shape, AS_STORED);
      const y = heap.make(shape);
      const slope = keepSlope && activation !== 'none' ? heap.make(shape) : undefined;
      const [a, b, c] = [x.at, weight.at, y.at];
      matrixProduct({
        m,
        n,
        k,
        a,
        b,
        c,
        bias: bias.at,
        activation,
        slope: slope?.at,
        residual: residual?.at,
      });
      return slope ? [y, slope] : [y];
    },

    GptColumnSum({ x }) {
      const n = lastDim(x.shape);
      const rows = rowsOf(x.shape);
      const sum = heap.make([n]);
      spread('columnSum', n, 4, rows * n, [rows, n, x.at, sum.at]);
      return [sum];
    },

    GptLayerNorm({ x, gain, bias, residual }, { eps, statistics }) {
      const c = lastDim(x.shape);
      const rows = rowsOf(x.shape);
      const y = heap.make(x.shape);
      const kept = statistics
        ? [x.shape.slice(0, -1), x.shape.slice(0, -1), ...(residual ? [x.shape] : [])].map((shape) =>
            heap.make(shape),
          )
        : [];
      const scratch = statistics ? 0 : heap.scratch(4 * rows * (2 + (residual ? c : 0)));
      const [mean, rstd, added] = statistics
        ? [kept[0].at, kept[1].at, kept[2]?.at ?? 0]
        : [scratch, scratch + 4 * rows, scratch + 8 * rows];
      const inputs = [x.at, gain.at, bias.at, residual?.at ?? 0];
      spread('layerNorm', rows, 1, NORM * rows * c, [c, eps, ...inputs, added, y.at, mean, rstd]);
      return [y, ...kept];
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

    GptGelu({ x }, { form }) {
      const y = heap.make(x.shape);
      const n = sizeOf(x.shape);
      spread(form === 'exact' ? 'geluExact' : 'gelu', n, 4, EXP * n, [x.at, y.at]);
      return [y];
    },

    GptGeluGrad({ dy, x }, { form }) {
      const dx = heap.make(x.shape);
      const n = sizeOf(x.shape);
      spread(form === 'exact' ? 'geluExactGrad' : 'geluGrad', n, 4, EXP * n, [dy.at, x.at, dx.at]);
      return [dx];
    },

    GptCausalAttention({ qkv }, attrs) {
      const shape = attentionShape(qkv.shape, attrs.nHead);
      const { b, t, a } = shape;
      const out = heap.make([b, t, a]);
      const logSumExp = heap.make([b, attrs.nHead, t]);
      const args = [...dropoutArgs(attrs.dropout), qkv.at, out.at, logSumExp.at];
      spreadHeads('attention', shape, attrs, t, 4 * b * t * t * a, args);
      return [out, logSumExp];
    },

    GptCausalAttentionGrad({ dOut, qkv, out, logSumExp }, attrs) {
      const shape = attentionShape(qkv.shape, attrs.nHead);
      const { b, t, a } = shape;
      const dQkv = heap.make(qkv.shape);
      const tensors = [dOut.at, qkv.at, out.at, logSumExp.at, dQkv.at];
      const args = [...dropoutArgs(attrs.dropout), ...tensors];
      spreadHeads('attentionGrad', shape, attrs, t, 10 * b * t * t * a, args);
      return [dQkv];
    },

    GptCachedAttention({ qkv, cache }, attrs) {
      const shape = attentionShape(qkv.shape, attrs.nHead);
      const { b, t: n, a } = shape;
      const nCtx = cache.shape[1];
      const keys = Math.max(...attrs.starts) + n;
      const kept = heap.own(cache);
      const starts = heap.int32s(attrs.starts);
      const out = heap.make([b, n, a]);
      functions.fillCache(b, n, a, qkv.at, kept.at, nCtx, starts);
      const args = [qkv.at, kept.at, nCtx, starts, out.at];
      spreadHeads('cachedAttention', shape, attrs, keys, 4 * b * n * keys * a, args);
      return [out, kept];
    },

    GptEmbedding({ table, ids }) {
      const [v, c] = table.shape;
      checkIds(ids, v, false);
      const y = heap.make([...ids.shape, c]);
      spread('embedding', sizeOf(ids.shape), 1, sizeOf(y.shape), [c, ids.at, table.at, y.at]);
      return [y];
    },

    GptEmbeddingGrad({ dy, ids, sum }, { nVocab }) {
      const c = lastDim(dy.shape);
      const dTable = sum ? heap.own(sum) : heap.make([nVocab, c]);
      if (!sum) spread('clear', nVocab * c, 4, nVocab * c, [dTable.at]);
      spread('embeddingGrad', c, 4, sizeOf(dy.shape), [sizeOf(ids.shape), c, ids.at, dy.at, dTable.at]);
      return [dTable];
    },

    GptCrossEntropy({ logits, targets, weights }) {
      const v = lastDim(logits.shape);
      const rows = sizeOf(targets.shape);
      checkIds(targets, v, true);
      const nll = heap.make(targets.shape);
      const lse = heap.make(targets.shape);
      spread('tokenLosses', rows, 1, EXP * rows * v, [v, logits.at, targets.at, nll.at, lse.at]);
      const loss = addLosses(rows, targets, nll, weights);
      return weights ? [loss, nll, lse, weights] : [loss, nll, lse];
    },

    GptCrossEntropyGrad({ dLoss, logits, targets, logSumExp, weights }) {
      const v = lastDim(logits.shape);
      const rows = sizeOf(targets.shape);
      const dLogits = heap.make(logits.shape);
      const scale = lossScale(rows, targets, weights, heap.float32At(dLoss.at));
      const args = [v, scale, logits.at, targets.at, logSumExp.at, weights?.at ?? 0, dLogits.at];
      spread('crossEntropyGrad', rows, 1, EXP * rows * v, args);
      return [dLogits];
    },

    GptLanguageModelLoss({ x, head, targets, weights }, { grads }) {
      const [v, c] = head.shape;
      const rows = sizeOf(targets.shape);
      checkIds(targets, v, true);
      const nll = heap.make(targets.shape);
      const dx = grads ? heap.make(x.shape) : undefined;
      const dHead = grads ? heap.make(head.shape) : undefined;
      const scale = lossScale(rows, targets, weights);
      const chunk = Math.min(rows, LOSS_ROWS);
      const productBytes = productScratchBytes(functions, threads, c);
      const scratch = heap.scratch(productBytes + 4 * chunk * (v + 1));
      const lse = scratch + productBytes;
      const logits = lse + 4 * chunk;
      for (let r = 0; r < rows; r += chunk) {
        const m = Math.min(chunk, rows - r);
        const xHere = x.at + 4 * r * c;
        const targetsHere = targets.at + 4 * r;
        const weightsHere = weights ? weights.at + 4 * r : 0;
        matrixProduct({ m, n: v, k: c, a: xHere, b: head.at, transposeB: true, c: logits }, scratch);
        spread('tokenLosses', m, 1, EXP * m * v, [v, logits, targetsHere, nll.at + 4 * r, lse]);
        if (!dx || !dHead) continue;
        const args = [v, scale, logits, targetsHere, lse, weightsHere, logits];
        spread('crossEntropyGrad', m, 1, EXP * m * v, args);
        matrixProduct({ m, n: c, k: v, a: logits, b: head.at, c: dx.at + 4 * r * c }, scratch);
        const sum = { transposeA: true, c: dHead.at, accumulate: r > 0 };
        matrixProduct({ m: v, n: c, k: m, a: logits, b: xHere, ...sum }, scratch);
      }
      const loss = addLosses(rows, targets, nll, weights);
      return dx && dHead ? [loss, nll, dx, dHead] : [loss, nll];
    },

    GptScale({ x, factor }) {
      const by = heap.float32At(factor.at);
      if (by === 1) return [x];
      const y = heap.make(x.shape);
      const n = sizeOf(x.shape);
      spread('scaled', n, 4, n, [x.at, by, y.at]);
      return [y];
    },

    GptDropout({ x }, attrs) {
      const y = heap.make(x.shape);
      const n = sizeOf(x.shape);
      spread('dropout', n, 16, PHILOX * n, [x.at, y.at, ...dropoutArgs(attrs)]);
      return [y];
    },

    GptMultiply({ a, b }) {
      const product = heap.make(a.shape);
      const n = sizeOf(a.shape);
      spread('multiply', n, 4, n, [a.at, b.at, product.at]);
      return [product];
    },

    GptAdd({ a, b }) {
      const sum = heap.make(a.shape);
      const n = sizeOf(a.shape);
      spread('add', n, 4, n, [a.at, b.at, sum.at]);
      return [sum];
    },

    GptAdam({ param, grad, m, v }, attrs) {
      const { gradScale, beta1, beta2, eps, decay, stepSize, vScale } = attrs;
      const n = sizeOf(param.shape);
      const updated = [param, m, v].map((each) => heap.own(each));
      const [p1, m1, v1] = updated;
      const constants = [gradScale, beta1, beta2, eps, decay, stepSize, vScale];
      spread('adam', n, 4, NORM * n, [p1.at, grad.at, m1.at, v1.at, ...constants]);
      return updated;
    },

    GptBlend({ target, source }, { share }) {
      const n = sizeOf(target.shape);
      const blended = heap.own(target);
      spread('blend', n, 4, n, [source.at, share, blended.at]);
      return [blended];
    },

    GptSumOfSquares({ x }) {
      const n = sizeOf(x.shape);
      const chunks = functions.chunks(n);
      const sum = heap.make([]);
      const parts = heap.scratch(8 * chunks);
      spread('sumsOfSquares', chunks, 1, 2 * n, [n, x.at, parts]);
      functions.total(chunks, parts, sum.at);
      return [sum];
    },
  });
}
