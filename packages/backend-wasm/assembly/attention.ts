/**
 * Causal attention, a block of BLOCK queries of one head at a time: the block sees only the keys up to its own end,
 * and no T x T matrix exists. Queries, keys and values are read where they stand in qkv [B, T, 3A], by stride.
 */
import { gemm, gemmScratchBytes } from './gemm';
import { logSumExp, probabilities } from './softmax';
import { sumLanes, whole4 } from './simd';

const BLOCK: usize = 32;

/** Bytes of scratch memory for sequences of t positions: gemm's, and two blocks of scores. */
export function attentionScratchBytes(t: usize): usize {
  return gemmScratchBytes() + ((2 * BLOCK * t) << 2);
}

/** Heads `first..last` of the B * nHead: writes out [B, T, A] and lses [B, nHead, T]. */
export function attention(
  first: usize, last: usize, nHead: usize, t: usize, dHead: usize,
  qkv: usize, out: usize, lses: usize, scratch: usize,
): void {
  const a = nHead * dHead;
  const row = a * 3; // one position of qkv, in elements
  const scores = scratch + gemmScratchBytes();
  const scale: f32 = <f32>1.0 / sqrt<f32>(<f32>dHead);
  for (let head = first; head < last; head++) {
    const batch = head / nHead, h = head % nHead;
    const q = qkv + ((batch * t * row + h * dHead) << 2), k = q + (a << 2), v = k + (a << 2);
    for (let i0: usize = 0; i0 < t; i0 += BLOCK) {
      const rows = min(BLOCK, t - i0), keys = i0 + rows;
      gemm(rows, keys, dHead, q + ((i0 * row) << 2), row, 1, k, 1, row, scores, keys, 0, false, scratch);
      for (let i: usize = 0; i < rows; i++) {
        const s = scores + ((i * keys) << 2), seen = i0 + i + 1;
        const lse = logSumExp(s, seen, scale);
        store<f32>(lses + ((head * t + i0 + i) << 2), lse);
        probabilities(s, seen, scale, lse, s);
        memory.fill(s + (seen << 2), 0, (keys - seen) << 2);
      }
      const o = out + (((batch * t + i0) * a + h * dHead) << 2);
      gemm(rows, dHead, keys, scores, keys, 1, v, row, 1, o, a, 0, false, scratch);
    }
  }
}

/** Gradient of the same heads: with P the probabilities and dP = dO vT, dS = P (dP - rowsum(P dP)) scale. */
export function attentionGrad(
  first: usize, last: usize, nHead: usize, t: usize, dHead: usize,
  dOut: usize, qkv: usize, lses: usize, dQkv: usize, scratch: usize,
): void {
  const a = nHead * dHead;
  const row = a * 3;
  const probs = scratch + gemmScratchBytes();
  const dProbs = probs + ((BLOCK * t) << 2);
  const scale: f32 = <f32>1.0 / sqrt<f32>(<f32>dHead);
  for (let head = first; head < last; head++) {
    const batch = head / nHead, h = head % nHead;
    const at = (batch * t * row + h * dHead) << 2;
    const q = qkv + at, k = q + (a << 2), v = k + (a << 2);
    const dq = dQkv + at, dk = dq + (a << 2), dv = dk + (a << 2);
    for (let i: usize = 0; i < t; i++) {
      memory.fill(dk + ((i * row) << 2), 0, dHead << 2);
      memory.fill(dv + ((i * row) << 2), 0, dHead << 2);
    }
    for (let i0: usize = 0; i0 < t; i0 += BLOCK) {
      const rows = min(BLOCK, t - i0), keys = i0 + rows;
      const qi = q + ((i0 * row) << 2);
      const dO = dOut + (((batch * t + i0) * a + h * dHead) << 2);
      gemm(rows, keys, dHead, qi, row, 1, k, 1, row, probs, keys, 0, false, scratch);
      gemm(rows, keys, dHead, dO, a, 1, v, 1, row, dProbs, keys, 0, false, scratch);
      for (let i: usize = 0; i < rows; i++) {
        const p = probs + ((i * keys) << 2), seen = i0 + i + 1;
        probabilities(p, seen, scale, load<f32>(lses + ((head * t + i0 + i) << 2)), p);
        memory.fill(p + (seen << 2), 0, (keys - seen) << 2);
      }
      // dV before the probabilities are needed no more
      gemm(keys, dHead, rows, probs, 1, keys, dO, a, 1, dv, row, 0, true, scratch);
      for (let i: usize = 0; i < rows; i++) {
        scoreGrad(probs + ((i * keys) << 2), dProbs + ((i * keys) << 2), keys, scale);
      }
      gemm(rows, dHead, keys, probs, keys, 1, k, row, 1, dq + ((i0 * row) << 2), row, 0, false, scratch);
      gemm(keys, dHead, rows, probs, 1, keys, qi, row, 1, dk, row, 0, true, scratch);
    }
  }
}

/** p <- p (dp - sum(p dp)) scale. */
function scoreGrad(p: usize, dp: usize, n: usize, scale: f32): void {
  const end4 = whole4(n);
  let sums = f32x4.splat(0);
  let i: usize = 0;
  for (; i < end4; i += 4) {
    sums = f32x4.add(sums, f32x4.mul(v128.load(p + (i << 2)), v128.load(dp + (i << 2))));
  }
  let sum = sumLanes(sums);
  for (; i < n; i++) sum += load<f32>(p + (i << 2)) * load<f32>(dp + (i << 2));
  for (i = 0; i < end4; i += 4) {
    const at = i << 2;
    const ds = f32x4.mul(v128.load(p + at), f32x4.sub(v128.load(dp + at), f32x4.splat(sum)));
    v128.store(p + at, f32x4.mul(ds, f32x4.splat(scale)));
  }
  for (; i < n; i++) {
    const at = i << 2;
    store<f32>(p + at, load<f32>(p + at) * (load<f32>(dp + at) - sum) * scale);
  }
}
