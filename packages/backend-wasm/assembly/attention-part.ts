/**
 * One part of attention: a run of queries and a run of keys, both evenly spaced, in which query a sees the keys
 * [hi - window, hi) with hi = (a + offset) / stair + diagonal.
 *
 * A query's parts see different keys; their results are merged by their log-sum-exps. Within a part, keys and values are
 * packed once, and BLOCK queries at a time meet the keys up to the last one's.
 */
import { dropoutFactors, dropping, factorFloats } from './attention-dropout';
import { multiply, scaled } from './elementwise';
import { addScaled, dot } from './few-rows';
import { anyTile, oneTile } from './gemm';
import { MR, NR, packPanels } from './pack';
import { logAddExp, probabilities, softmax, softmaxGrad } from './softmax';
import { exp1, zeros } from './simd';

const BLOCK: usize = 72; // a multiple of both tile heights
const FEW: usize = 4; // fewer queries than this are not worth packing the keys for
export const ALL: usize = 0x3fffffff; // a window without end

// One head: addresses, and elements from one position to the next.
let q: usize, k: usize, v: usize, out: usize, lses: usize, qRow: usize, kRow: usize, outRow: usize;
let dHead: usize, scale: f32;
// The same of the gradients, when they are wanted.
let backward: bool, dOut: usize, dq: usize, dk: usize, dv: usize, deltas: usize;
// One part.
let qStart: usize, qStep: usize, qCount: usize, kStart: usize, kStep: usize, kCount: usize;
let offset: usize, stair: usize, diagonal: usize, window: usize, merging: bool;
let scratchAt: usize;

// @ts-ignore: decorator
@inline
function upTo(n: usize, width: usize): usize {
  return (n + width - 1) / width * width;
}

/** Floats of one set of packed keys: n keys of dHead, in panels either way round. */
function packedFloats(n: usize, d: usize): usize {
  return upTo(n, NR) * upTo(d, NR);
}

/** Bytes of scratch memory for up to n keys, as a number that may be more than there are. */
export function attentionScratchBytes(n: usize, d: usize): f64 {
  const keys = <f64>upTo(n, NR), width = <f64>upTo(d, NR);
  const packs = 3 * keys * width + 2 * <f64>packedFloats(BLOCK, d) + <f64>BLOCK * <f64>upTo(max(n, d), MR);
  return 4 * (<f64>n + packs + 2 * <f64>BLOCK * keys + <f64>(MR * NR) + <f64>factorFloats(n));
}

/** Floats of one left factor, packed: a block of queries by features or keys, or keys by queries. */
function leftFloats(n: usize, d: usize): usize {
  return BLOCK * upTo(max(n, d), MR);
}

/**
 * Takes up a head of `d` features out of `a`.
 *
 * @param scale_ - What scores are multiplied by.
 * @param qAt - Its first query, [.., 3A].
 * @param kAt - Its first key, in rows of `kvRow` elements; values follow `a` elements after keys.
 * @param lsesAt - A float for each query: read on the way back, else written.
 */
export function openHead(
  d: usize, a: usize, scale_: f32, qAt: usize, kAt: usize, kvRow: usize, lsesAt: usize, scratch: usize,
): void {
  dHead = d;
  scale = scale_;
  q = qAt;
  qRow = 3 * a;
  k = kAt;
  v = kAt + (a << 2);
  kRow = kvRow;
  outRow = a;
  lses = lsesAt;
  scratchAt = scratch;
}

/** Parts write to `outAt` from here on. */
export function openForward(outAt: usize): void {
  backward = false;
  out = outAt;
}

/** Parts add to the gradients, laid out as queries, keys and values are. `deltasAt` has dO . O of each query. */
export function openBackward(dOutAt: usize, dqAt: usize, deltasAt: usize): void {
  backward = true;
  dOut = dOutAt;
  dq = dqAt;
  dk = dqAt + (v - k);
  dv = dk + (v - k);
  deltas = deltasAt;
}

/** Works on one part of the head that was taken up. */
export function runPart(
  qStart_: usize, qStep_: usize, qCount_: usize, kStart_: usize, kStep_: usize, kCount_: usize,
  offset_: usize, stair_: usize, diagonal_: usize, window_: usize, merging_: bool,
): void {
  qStart = qStart_;
  qStep = qStep_;
  qCount = qCount_;
  kStart = kStart_;
  kStep = kStep_;
  kCount = kCount_;
  offset = offset_;
  stair = stair_;
  diagonal = diagonal_;
  window = window_;
  merging = merging_;
  if (backward) partGrad();
  else if (qCount < FEW) partOfFew();
  else part();
}

/** One past the last key that query a sees. */
// @ts-ignore: decorator
@inline
function seenTo(a: usize): usize {
  return min(kCount, (a + offset) / stair + diagonal);
}

/** The first key that query a sees. */
// @ts-ignore: decorator
@inline
function seenFrom(a: usize): usize {
  const to = (a + offset) / stair + diagonal;
  return to > window ? to - window : 0;
}

/** Address of row i of a run. */
// @ts-ignore: decorator
@inline
function rowAt(base: usize, row: usize, start: usize, step: usize, i: usize): usize {
  return base + (((start + i * step) * row) << 2);
}

/** Dropout factors of query a and n keys from key c of the run on; returns where the first is. */
function factorsOf(a: usize, c: usize, n: usize, to: usize): usize {
  return dropoutFactors(qStart + a * qStep, kStart + c * kStep, kStep, n, to);
}

/** Drops from the probabilities `p` of the same. */
function dropRow(a: usize, c: usize, n: usize, p: usize, factors: usize): void {
  multiply(0, n, p, factorsOf(a, c, n, factors), p);
}

function part(): void {
  const keys = rowAt(k, kRow, kStart, kStep, 0), values = rowAt(v, kRow, kStart, kStep, 0);
  const row = kStep * kRow;
  const keysT = scratchAt; // [dHead, kCount] in panels of keys
  const packedV = keysT + (packedFloats(kCount, dHead) << 2); // [kCount, dHead] in panels of features
  const tile = packedV + (packedFloats(kCount, dHead) << 2);
  const scores = tile + ((MR * NR) << 2);
  const packedA = scores + ((BLOCK * upTo(kCount, NR)) << 2);
  const factors = packedA + (leftFloats(kCount, dHead) << 2);
  packPanels(keys, 1, row, dHead, kCount, NR, keysT);
  packPanels(values, row, 1, kCount, dHead, NR, packedV);
  for (let a0: usize = 0; a0 < qCount; a0 += BLOCK) {
    const rows = min(BLOCK, qCount - a0);
    const from = seenFrom(a0) / NR * NR, to = seenTo(a0 + rows - 1);
    if (to <= from) continue;
    const n = to - from, ld = upTo(n, NR);
    packPanels(rowAt(q, qRow, qStart, qStep, a0), 1, qStep * qRow, dHead, rows, MR, packedA);
    eachScore(a0, rows, from, packedA, keysT, scores, ld);
    for (let i: usize = 0; i < rows; i++) {
      const s = scores + ((i * ld) << 2), lo = seenFrom(a0 + i) - from, hi = seenTo(a0 + i) - from;
      const lse = lses + ((qStart + (a0 + i) * qStep) << 2);
      zeros(lo, s);
      zeros(n - hi, s + (hi << 2));
      if (hi <= lo) continue;
      const here = softmax(s + (lo << 2), hi - lo, scale);
      if (merging) {
        const old = load<f32>(lse), total = logAddExp(old, here);
        scaled(0, hi - lo, s + (lo << 2), exp1(here - total), s + (lo << 2));
        const o = rowAt(out, outRow, qStart, qStep, a0 + i);
        scaled(0, dHead, o, exp1(old - total), o);
        store<f32>(lse, total);
      } else store<f32>(lse, here);
      if (dropping) dropRow(a0 + i, from + lo, hi - lo, s + (lo << 2), factors);
    }
    packPanels(scores, 1, ld, n, rows, MR, packedA);
    eachQuery(a0, rows, from, n, packedA, packedV, rowAt(out, outRow, qStart, qStep, a0), qStep * outRow, merging, tile);
  }
}

/** The same, one query at a time and without packing. */
function partOfFew(): void {
  const scores = scratchAt, factors = scratchAt + (kCount << 2);
  for (let a: usize = 0; a < qCount; a++) {
    const from = seenFrom(a), to = seenTo(a);
    if (to <= from) continue;
    const query = rowAt(q, qRow, qStart, qStep, a), o = rowAt(out, outRow, qStart, qStep, a);
    const lse = lses + ((qStart + a * qStep) << 2);
    for (let c = from; c < to; c++) {
      store<f32>(scores + ((c - from) << 2), dot(dHead, query, rowAt(k, kRow, kStart, kStep, c)));
    }
    const here = softmax(scores, to - from, scale);
    if (merging) {
      const old = load<f32>(lse), total = logAddExp(old, here);
      scaled(0, to - from, scores, exp1(here - total), scores);
      scaled(0, dHead, o, exp1(old - total), o);
      store<f32>(lse, total);
    } else {
      zeros(dHead, o);
      store<f32>(lse, here);
    }
    if (dropping) dropRow(a, from, to - from, scores, factors);
    for (let c = from; c < to; c++) {
      addScaled(dHead, o, load<f32>(scores + ((c - from) << 2)), rowAt(v, kRow, kStart, kStep, c));
    }
  }
}

function partGrad(): void {
  const keys = rowAt(k, kRow, kStart, kStep, 0), values = rowAt(v, kRow, kStart, kStep, 0);
  const row = kStep * kRow;
  const keysT = scratchAt;
  const valuesT = keysT + (packedFloats(kCount, dHead) << 2);
  const packedK = valuesT + (packedFloats(kCount, dHead) << 2);
  const tile = packedK + (packedFloats(kCount, dHead) << 2);
  const probs = tile + ((MR * NR) << 2);
  const dScores = probs + ((BLOCK * upTo(kCount, NR)) << 2);
  const packedA = dScores + ((BLOCK * upTo(kCount, NR)) << 2);
  const packedQ = packedA + (leftFloats(kCount, dHead) << 2);
  const packedD = packedQ + (packedFloats(BLOCK, dHead) << 2);
  const factors = packedD + (packedFloats(BLOCK, dHead) << 2);
  packPanels(keys, 1, row, dHead, kCount, NR, keysT);
  packPanels(values, 1, row, dHead, kCount, NR, valuesT);
  packPanels(keys, row, 1, kCount, dHead, NR, packedK);
  for (let a0: usize = 0; a0 < qCount; a0 += BLOCK) {
    const rows = min(BLOCK, qCount - a0);
    const from = seenFrom(a0) / NR * NR, to = seenTo(a0 + rows - 1);
    if (to <= from) continue;
    const n = to - from, ld = upTo(n, NR);
    const q0 = rowAt(q, qRow, qStart, qStep, a0), dO = rowAt(dOut, outRow, qStart, qStep, a0);
    const qNext = qStep * qRow, oNext = qStep * outRow;
    packPanels(q0, 1, qNext, dHead, rows, MR, packedA);
    eachScore(a0, rows, from, packedA, keysT, probs, ld);
    packPanels(dO, 1, oNext, dHead, rows, MR, packedA);
    eachScore(a0, rows, from, packedA, valuesT, dScores, ld);
    for (let i: usize = 0; i < rows; i++) {
      const p = probs + ((i * ld) << 2), ds = dScores + ((i * ld) << 2);
      const at = (qStart + (a0 + i) * qStep) << 2;
      const lo = seenFrom(a0 + i) - from, hi = seenTo(a0 + i) - from;
      probabilities(p + (lo << 2), hi - lo, scale, load<f32>(lses + at), p + (lo << 2));
      const here = dropping ? factorsOf(a0 + i, from + lo, hi - lo, factors) : 0;
      if (dropping) multiply(0, hi - lo, ds + (lo << 2), here, ds + (lo << 2));
      softmaxGrad(hi - lo, p + (lo << 2), load<f32>(deltas + at), scale, ds + (lo << 2));
      if (dropping) multiply(0, hi - lo, p + (lo << 2), here, p + (lo << 2));
      zeros(lo, p);
      zeros(n - hi, p + (hi << 2));
      zeros(lo, ds);
      zeros(n - hi, ds + (hi << 2));
    }
    packPanels(q0, qNext, 1, rows, dHead, NR, packedQ);
    packPanels(dO, oNext, 1, rows, dHead, NR, packedD);
    const kNext = kStep * qRow;
    packPanels(probs, ld, 1, rows, n, MR, packedA);
    eachKey(a0, rows, from, n, packedA, packedD, rowAt(dv, qRow, kStart, kStep, from), kNext, tile);
    packPanels(dScores, ld, 1, rows, n, MR, packedA);
    eachKey(a0, rows, from, n, packedA, packedQ, rowAt(dk, qRow, kStart, kStep, from), kNext, tile);
    packPanels(dScores, 1, ld, n, rows, MR, packedA);
    eachQuery(a0, rows, from, n, packedA, packedK, rowAt(dq, qRow, qStart, qStep, a0), qNext, true, tile);
  }
}

// Products of a block of queries, from a0, with the keys from `from`: only tiles in which some query sees some key.

/** Scores [rows, ld] of packed queries against packed keys (or of output gradients against values). */
function eachScore(a0: usize, rows: usize, from: usize, packedA: usize, packedB: usize, scores: usize, ld: usize): void {
  for (let i: usize = 0; i < rows; i += MR) {
    const left = packedA + ((i * dHead) << 2), s = scores + ((i * ld) << 2);
    const last = min(i + MR, rows) - 1;
    for (let j = seenFrom(a0 + i) / NR * NR; j < seenTo(a0 + last); j += NR) {
      oneTile(dHead, left, packedB + ((j * dHead) << 2), s + ((j - from) << 2), ld << 2, 0, 0);
    }
  }
}

/** c [rows, dHead] (+)= packed scores [rows, n] times packed keys or values. */
function eachQuery(
  a0: usize, rows: usize, from: usize, n: usize, packedA: usize, packedB: usize,
  c: usize, ldc: usize, accumulate: bool, tile: usize,
): void {
  const step = (kCount * NR) << 2;
  for (let i: usize = 0; i < rows; i += MR) {
    const here = min(MR, rows - i);
    const lo = seenFrom(a0 + i), hi = seenTo(a0 + i + here - 1);
    if (hi <= lo) continue;
    const left = packedA + ((i * n + (lo - from) * MR) << 2);
    let right = packedB + ((lo * NR) << 2);
    for (let j: usize = 0; j < dHead; j += NR, right += step) {
      const to = c + ((i * ldc + j) << 2);
      anyTile(here, min(NR, dHead - j), hi - lo, left, right, to, ldc, accumulate ? to : 0, ldc, tile);
    }
  }
}

/** c [n, dHead] += packed transposed scores [n, rows] times packed queries or output gradients. */
function eachKey(
  a0: usize, rows: usize, from: usize, n: usize, packedA: usize, packedB: usize, c: usize, ldc: usize, tile: usize,
): void {
  const step = (rows * NR) << 2;
  let lo: usize = 0, hi: usize = 0; // queries that see a key of the panel
  for (let i: usize = 0; i < n; i += MR) {
    const here = min(MR, n - i), key = from + i;
    while (lo < rows && seenTo(a0 + lo) <= key) lo++;
    hi = max(hi, lo);
    while (hi < rows && seenFrom(a0 + hi) < key + here) hi++;
    if (hi <= lo) continue;
    const left = packedA + ((i * rows + lo * MR) << 2);
    let right = packedB + ((lo * NR) << 2);
    for (let j: usize = 0; j < dHead; j += NR, right += step) {
      const to = c + ((i * ldc + j) << 2);
      anyTile(here, min(NR, dHead - j), hi - lo, left, right, to, ldc, to, ldc, tile);
    }
  }
}
