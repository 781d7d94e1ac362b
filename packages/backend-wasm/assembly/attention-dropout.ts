/**
 * Dropout of attention's probabilities, a row at a time: the mask is that of `dropout` on [B, nHead, T, T], so it depends on
 * the places of query and key alone and not on the parts and blocks they are met in.
 */
import { philox, philoxRow, words0, words1, words2, words3 } from './philox';

/** Is anything dropped? */
export let dropping: bool = false;

let threshold: u32, scale: f32, step: u32, stream: u32, key0: u32, key1: u32;
let head: u64, positions: u64;

/** Takes up a mask; one with a threshold of 0 drops nothing. */
export function openDropout(threshold_: u32, scale_: f32, step_: u32, stream_: u32, key0_: u32, key1_: u32): void {
  dropping = threshold_ > 0;
  threshold = threshold_;
  scale = scale_;
  step = step_;
  stream = stream_;
  key0 = key0_;
  key1 = key1_;
}

/** Attention without dropout. */
export function noDropout(): void {
  dropping = false;
}

/** Turns to head `head_` of the B * nHead, of `t` queries and keys. */
export function openDropoutHead(head_: usize, t: usize): void {
  head = head_;
  positions = t;
}

/** Floats to keep free for the factors of n keys. */
export function factorFloats(n: usize): usize {
  return n + 20; // up to 3 before them and 15 after
}

/**
 * What the probabilities of query i and keys `from`, `from + stride` .. are multiplied by: 0 or the scale.
 *
 * @returns Where the first of n is, at `to` or up to three floats later.
 */
export function dropoutFactors(i: usize, from: usize, stride: usize, n: usize, to: usize): usize {
  const place = (head * positions + i) * positions + from;
  if (stride > 1) {
    for (let j: usize = 0; j < n; j += 4) {
      v128.store(to + (j << 2), factorsOf(wordsApart(place + j * stride, stride)));
    }
    return to;
  }
  const before = <usize>place & 3; // a block of random words is shared with keys before these
  for (let j: usize = 0; j < before + n; j += 16) {
    const at = to + (j << 2);
    philoxRow(<u32>((place + j) >> 2), step, stream, key0, key1);
    v128.store(at, factorsOf(words0));
    v128.store(at, factorsOf(words1), 16);
    v128.store(at, factorsOf(words2), 32);
    v128.store(at, factorsOf(words3), 48);
  }
  return to + (before << 2);
}

// @ts-ignore: decorator
@inline
function factorsOf(words: v128): v128 {
  return v128.and(f32x4.splat(scale), i32x4.ge_u(words, i32x4.splat(threshold)));
}

/** The words of four elements, `stride` apart: each has a block of its own. */
// @ts-ignore: decorator
@inline
function wordsApart(place: u64, stride: usize): v128 {
  const p1 = place + stride, p2 = p1 + stride, p3 = p2 + stride;
  philox(lanes(place >> 2, p1 >> 2, p2 >> 2, p3 >> 2), step, stream, key0, key1);
  const word = v128.and(lanes(place, p1, p2, p3), i32x4.splat(3));
  const odd = i32x4.ne(v128.and(word, i32x4.splat(1)), i32x4.splat(0));
  const low = v128.bitselect(words1, words0, odd), high = v128.bitselect(words3, words2, odd);
  return v128.bitselect(high, low, i32x4.gt_s(word, i32x4.splat(1)));
}

/** The low halves of four integers. */
// @ts-ignore: decorator
@inline
function lanes(a: u64, b: u64, c: u64, d: u64): v128 {
  const first = i32x4.replace_lane(i32x4.splat(<i32>a), 1, <i32>b);
  return i32x4.replace_lane(i32x4.replace_lane(first, 2, <i32>c), 3, <i32>d);
}
