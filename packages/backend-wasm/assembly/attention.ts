/**
 * Causal attention without a T x T matrix, for every pattern.
 *
 * A pattern is a list of parts (attention-part.ts), each an even run of queries against an even run of keys. What a
 * pattern masks is in no part, so it costs nothing.
 */
import { noDropout, openDropout, openDropoutHead } from './attention-dropout';
import { ALL, openBackward, openForward, openHead, runPart } from './attention-part';
import { attendOne } from './decode-attention';
import { dot } from './few-rows';
import { zeros } from './simd';

export { attentionScratchBytes } from './attention-part';

const DENSE: i32 = 0;
const BANDED: i32 = 1;
const COLUMN: i32 = 2;
const STRIDED: i32 = 3;
const BLOCKS: i32 = 4;
const FIXED: i32 = 5;

/**
 * Heads `first..last` of the B * nHead: writes out [B, T, A] and lses [B, nHead, T].
 *
 * @param threshold - And what follows to `key1`: dropout of the probabilities, as of `dropout`; 0 for none.
 */
export function attention(
  first: usize, last: usize, nHead: usize, t: usize, d: usize, kind: i32, size: usize, summary: usize, groups: usize,
  scale: f32, threshold: u32, dropScale: f32, step: u32, stream: u32, key0: u32, key1: u32,
  qkv: usize, outAt: usize, lsesAt: usize, scratch: usize,
): void {
  const a = nHead * d;
  openDropout(threshold, dropScale, step, stream, key0, key1);
  for (let head = first; head < last; head++) {
    const batch = head / nHead, h = head % nHead;
    const q = qkv + ((batch * t * 3 * a + h * d) << 2), out = outAt + ((batch * t * a + h * d) << 2);
    openHead(d, a, scale, q, q + (a << 2), 3 * a, lsesAt + ((head * t) << 2), scratch);
    openDropoutHead(head, t);
    openForward(out);
    eachPart(0, t, kind, size, summary, h % groups);
  }
}

/**
 * Gradient of the same heads: with P the probabilities, M the dropout factors, dP = M dO vT and delta = dO . O,
 * dS = P (dP - delta) scale.
 */
export function attentionGrad(
  first: usize, last: usize, nHead: usize, t: usize, d: usize, kind: i32, size: usize, summary: usize, groups: usize,
  scale: f32, threshold: u32, dropScale: f32, step: u32, stream: u32, key0: u32, key1: u32,
  dOutAt: usize, qkv: usize, outAt: usize, lsesAt: usize, dQkv: usize, scratch: usize,
): void {
  const a = nHead * d;
  openDropout(threshold, dropScale, step, stream, key0, key1);
  for (let head = first; head < last; head++) {
    const batch = head / nHead, h = head % nHead;
    const at = (batch * t * 3 * a + h * d) << 2, outHere = (batch * t * a + h * d) << 2;
    const q = qkv + at, dq = dQkv + at, deltas = scratch;
    for (let i: usize = 0; i < t; i++) {
      const row = dq + ((i * 3 * a) << 2), outRow = outHere + ((i * a) << 2);
      for (let part: usize = 0; part < 3; part++) zeros(d, row + ((part * a) << 2));
      store<f32>(deltas + (i << 2), dot(d, dOutAt + outRow, outAt + outRow));
    }
    openHead(d, a, scale, q, q + (a << 2), 3 * a, lsesAt + ((head * t) << 2), scratch + (t << 2));
    openDropoutHead(head, t);
    openBackward(dOutAt + outHere, dq, deltas);
    eachPart(0, t, kind, size, summary, h % groups);
  }
}

/**
 * Heads `first..last` of B * nHead for n new positions a row, whose keys and values are in the cache [B, nCtx, 2A] already.
 *
 * @param starts - Address of B int32: how many positions each row held before.
 */
export function cachedAttention(
  first: usize, last: usize, nHead: usize, n: usize, d: usize, kind: i32, size: usize, summary: usize, groups: usize,
  scale: f32, qkv: usize, cache: usize, nCtx: usize, starts: usize, outAt: usize, scratch: usize,
): void {
  const a = nHead * d;
  noDropout();
  for (let head = first; head < last; head++) {
    const batch = head / nHead, h = head % nHead;
    const q = qkv + ((batch * n * 3 * a + h * d) << 2), out = outAt + ((batch * n * a + h * d) << 2);
    const k = cache + ((batch * nCtx * 2 * a + h * d) << 2), lses = scratch;
    if (n == 1 && (kind == DENSE || kind == BANDED)) {
      const heads = min(nHead - h, last - head), end = <usize>load<i32>(starts + (batch << 2)) + 1;
      attendOne(heads, d, a, scale, q, k, kind == BANDED && end > size ? end - size : 0, end, out, scratch);
      head += heads - 1;
      continue;
    }
    openHead(d, a, scale, q, k, 2 * a, lses, scratch + (n << 2));
    openForward(out);
    eachPart(load<i32>(starts + (batch << 2)), n, kind, size, summary, h % groups);
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

/** The parts of a pattern, for queries at `positions` positions from `start`. The first part of a query holds its own key. */
function eachPart(start: usize, positions: usize, kind: i32, size: usize, summary: usize, group: usize): void {
  const end = start + positions;
  if (kind == COLUMN) {
    columns(start, positions, size, 1, false);
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
    if (kind == STRIDED) columns(start, positions, size, 0, true);
  }
}

/** Queries and keys with the same position modulo `stride`; a diagonal of 0 leaves the query's own key out. */
function columns(start: usize, positions: usize, stride: usize, diag: usize, merge: bool): void {
  for (let a: usize = 0; a < min(stride, positions); a++) {
    const count = (positions - a + stride - 1) / stride;
    const before = (start + a) / stride; // keys of this column before the first query
    runPart(a, stride, count, (start + a) % stride, stride, before + count, before, 1, diag, ALL, merge);
  }
}
