import { philoxRow, words0, words1, words2, words3 } from './philox';

/**
 * y = x scale, or 0 where the element's random word is below `threshold`. Elements `first..last`, from a multiple of 16.
 *
 * Element i has word i mod 4 of the block with counter [i / 4, step, stream, 1].
 */
export function dropout(
  first: usize, last: usize, x: usize, y: usize,
  threshold: u32, scale: f32, step: u32, stream: u32, key0: u32, key1: u32,
): void {
  for (let i = first; i < last; i += 16) {
    philoxRow(<u32>(i >> 2), step, stream, key0, key1);
    keep(i, last, x, y, threshold, scale, words0);
    keep(i + 4, last, x, y, threshold, scale, words1);
    keep(i + 8, last, x, y, threshold, scale, words2);
    keep(i + 12, last, x, y, threshold, scale, words3);
  }
}

/** Elements i to i + 3, as far as they come before `last`. */
// @ts-ignore: decorator
@inline
function keep(i: usize, last: usize, x: usize, y: usize, threshold: u32, scale: f32, words: v128): void {
  const kept = i32x4.ge_u(words, i32x4.splat(threshold)); // all bits or none
  const at = i << 2;
  if (i + 4 <= last) v128.store(y + at, v128.and(f32x4.mul(v128.load(x + at), f32x4.splat(scale)), kept));
  else if (i < last) {
    keepOne(x + at, y + at, scale, i32x4.extract_lane(kept, 0));
    if (i + 1 < last) keepOne(x + at + 4, y + at + 4, scale, i32x4.extract_lane(kept, 1));
    if (i + 2 < last) keepOne(x + at + 8, y + at + 8, scale, i32x4.extract_lane(kept, 2));
  }
}

function keepOne(x: usize, y: usize, scale: f32, kept: i32): void {
  store<f32>(y, kept ? load<f32>(x) * scale : 0);
}
