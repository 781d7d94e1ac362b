/**
 * Causal attention without a T x T matrix, for every pattern.
 *
 * A pattern is a list of parts. A part is a run of queries and a run of keys, both evenly spaced, in which query a sees the
 * keys [hi - window, hi) with hi = (a + offset) / stair + diagonal. What a pattern masks is in no part, so it costs nothing.
 * A query's parts see different keys; their results are merged by their log-sum-exps.
 *
 * Within a part, keys and values are packed once, and BLOCK queries at a time meet the keys up to the last one's.
 */
import { scaled } from './elementwise';
import { dot } from './few-rows';
import { anyTile, MR, NR, oneTile, packPanels } from './gemm';
import { logAddExp, probabilities, softmax } from './softmax';
import { exp1, madd, whole4, zeros } from './simd';

const BLOCK: usize = 72; // a multiple of both tile heights
const FEW: usize = 4; // fewer queries than this are not worth packing the keys for
const ALL: usize = 0x3fffffff; // a window without end

const BANDED: i32 = 1;
const COLUMN: i32 = 2;
const STRIDED: i32 = 3;
const BLOCKS: i32 = 4;
const FIXED: i32 = 5;

// One head: addresses, and elements from one position to the next.
let q: usize, k: usize, v: usize, out: usize, lses: usize, qRow: usize, kRow: usize, outRow: usize;
let dHead: usize, scale: f32, positions: usize;
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
  return 4 * (<f64>n + packs + 2 * <f64>BLOCK * keys + <f64>(MR * NR));
}

/** Floats of one left factor, packed: a block of queries by features or keys, or keys by queries. */
function leftFloats(n: usize, d: usize): usize {
  return BLOCK * upTo(max(n, d), MR);
}

/** Heads `first..last` of the B * nHead: writes out [B, T, A] and lses [B, nHead, T]. */
export function attention(
  first: usize, last: usize, nHead: usize, t: usize, d: usize, kind: i32, size: usize, summary: usize, groups: usize,
  qkv: usize, outAt: usize, lsesAt: usize, scratch: usize,
): void {
  const a = nHead * d;
  backward = false;
  for (let head = first; head < last; head++) {
    const batch = head / nHead, h = head % nHead;
    openHead(t, d, qkv + ((batch * t * 3 * a + h * d) << 2), 3 * a, a, scratch);
    k = q + (a << 2);
    v = k + (a << 2);
    kRow = qRow;
    out = outAt + ((batch * t * a + h * d) << 2);
    lses = lsesAt + ((head * t) << 2);
    eachPart(0, kind, size, summary, h % groups);
  }
}

/** Gradient of the same heads: with P the probabilities, dP = dO vT and delta = dO . O, dS = P (dP - delta) scale. */
export function attentionGrad(
  first: usize, last: usize, nHead: usize, t: usize, d: usize, kind: i32, size: usize, summary: usize, groups: usize,
  dOutAt: usize, qkv: usize, outAt: usize, lsesAt: usize, dQkv: usize, scratch: usize,
): void {
  const a = nHead * d;
  backward = true;
  for (let head = first; head < last; head++) {
    const batch = head / nHead, h = head % nHead;
    const at = (batch * t * 3 * a + h * d) << 2, outHere = (batch * t * a + h * d) << 2;
    openHead(t, d, qkv + at, 3 * a, a, scratch + (t << 2));
    deltas = scratch;
    k = q + (a << 2);
    v = k + (a << 2);
    kRow = qRow;
    lses = lsesAt + ((head * t) << 2);
    dOut = dOutAt + outHere;
    dq = dQkv + at;
    dk = dq + (a << 2);
    dv = dk + (a << 2);
    for (let i: usize = 0; i < t; i++) {
      const row = (i * qRow) << 2;
      zeros(d, dq + row);
      zeros(d, dk + row);
      zeros(d, dv + row);
      store<f32>(deltas + (i << 2), dot(d, dOut + ((i * a) << 2), outAt + outHere + ((i * a) << 2)));
    }
    eachPart(0, kind, size, summary, h % groups);
  }
}

/**
 * Heads `first..last` of B * nHead for n new positions a row, whose keys and values are in the cache [B, nCtx, 2A] already.
 *
 * @param starts - Address of B int32: how many positions each row held before.
 */
export function cachedAttention(
  first: usize, last: usize, nHead: usize, n: usize, d: usize, kind: i32, size: usize, summary: usize, groups: usize,
  qkv: usize, cache: usize, nCtx: usize, starts: usize, outAt: usize, scratch: usize,
): void {
  const a = nHead * d;
  backward = false;
  for (let head = first; head < last; head++) {
    const batch = head / nHead, h = head % nHead;
    openHead(n, d, qkv + ((batch * n * 3 * a + h * d) << 2), 3 * a, a, scratch + (n << 2));
    lses = scratch;
    k = cache + ((batch * nCtx * 2 * a + h * d) << 2);
    v = k + (a << 2);
    kRow = 2 * a;
    out = outAt + ((batch * n * a + h * d) << 2);
    eachPart(load<i32>(starts + (batch << 2)), kind, size, summary, h % groups);
  }
}

/** Copies the keys and values of n new positions a row into the cache. */
export function fillCache(b: usize, n: usize, a: usize, qkv: usize, cache: usize, nCtx: usize, starts: usize): void {
  for (let batch: usize = 0; batch < b; batch++) {
    const start = <usize>load<i32>(starts + (batch << 2));
    for (let i: usize = 0; i < n; i++) {
      const to = cache + (((batch * nCtx + start + i) * 2 * a) << 2);
      memory.copy(to, qkv + (((batch * n + i) * 3 * a + a) << 2), a << 3);
    }
  }
}

function openHead(n: usize, d: usize, qAt: usize, row: usize, a: usize, scratch: usize): void {
  positions = n;
  dHead = d;
  scale = <f32>1.0 / sqrt<f32>(<f32>d);
  q = qAt;
  qRow = row;
  outRow = a;
  scratchAt = scratch;
}

/** The parts of a pattern, for queries at positions `start` onwards. The first part of a query holds its own key. */
function eachPart(start: usize, kind: i32, size: usize, summary: usize, group: usize): void {
  const end = start + positions;
  if (kind == COLUMN) {
    columns(start, size, 1, false);
  } else if (kind == BLOCKS || kind == FIXED) {
    for (let b = start / size; b * size < end; b++) {
      const from = max(b * size, start), to = min((b + 1) * size, end);
      runPart(from - start, 1, to - from, b * size, 1, to - b * size, from - b * size, 1, 1, ALL, false);
    }
    if (kind == FIXED) {
      const column = size - summary * (group + 1), blocks = (end - 1) / size; // all before the last query's own
      for (let c: usize = 0; c < summary; c++) {
        if (blocks > 0) runPart(0, 1, positions, column + c, size, blocks, start, size, 0, ALL, true);
      }
    }
  } else {
    const banded = kind == BANDED || kind == STRIDED;
    runPart(0, 1, positions, 0, 1, end, start, 1, 1, banded ? size : ALL, false);
    if (kind == STRIDED) columns(start, size, 0, true);
  }
}

/** Queries and keys with the same position modulo `stride`; a diagonal of 0 leaves the query's own key out. */
function columns(start: usize, stride: usize, diag: usize, merge: bool): void {
  for (let a: usize = 0; a < min(stride, positions); a++) {
    const count = (positions - a + stride - 1) / stride;
    const before = (start + a) / stride; // keys of this column before the first query
    runPart(a, stride, count, (start + a) % stride, stride, before + count, before, 1, diag, ALL, merge);
  }
}

function runPart(
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

function part(): void {
  const keys = rowAt(k, kRow, kStart, kStep, 0), values = rowAt(v, kRow, kStart, kStep, 0);
  const row = kStep * kRow;
  const keysT = scratchAt; // [dHead, kCount] in panels of keys
  const packedV = keysT + (packedFloats(kCount, dHead) << 2); // [kCount, dHead] in panels of features
  const tile = packedV + (packedFloats(kCount, dHead) << 2);
  const scores = tile + ((MR * NR) << 2);
  const packedA = scores + ((BLOCK * upTo(kCount, NR)) << 2);
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
    }
    packPanels(scores, 1, ld, n, rows, MR, packedA);
    eachQuery(a0, rows, from, n, packedA, packedV, rowAt(out, outRow, qStart, qStep, a0), qStep * outRow, merging, tile);
  }
}

/** The same, one query at a time and without packing. */
function partOfFew(): void {
  const scores = scratchAt;
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
      scoreGrad(hi - lo, p + (lo << 2), load<f32>(deltas + at), ds + (lo << 2));
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

/** ds <- p (ds - delta) scale. */
function scoreGrad(n: usize, p: usize, delta: f32, ds: usize): void {
  let i: usize = 0;
  for (const end = whole4(n) << 2; i < end; i += 16) {
    const d = f32x4.sub(v128.load(ds + i), f32x4.splat(delta));
    v128.store(ds + i, f32x4.mul(f32x4.mul(v128.load(p + i), d), f32x4.splat(scale)));
  }
  for (const end = n << 2; i < end; i += 4) {
    store<f32>(ds + i, load<f32>(p + i) * (load<f32>(ds + i) - delta) * scale);
  }
}

/** y <- y + s x. */
function addScaled(n: usize, y: usize, s: f32, x: usize): void {
  let i: usize = 0;
  for (const end = whole4(n) << 2; i < end; i += 16) {
    v128.store(y + i, madd(v128.load(x + i), f32x4.splat(s), v128.load(y + i)));
  }
  for (const end = n << 2; i < end; i += 4) store<f32>(y + i, load<f32>(y + i) + s * load<f32>(x + i));
}
