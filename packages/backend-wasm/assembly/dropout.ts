// Philox4x32-10, four blocks side by side; constants as in @gpt-ts/core.
const M0: u32 = 0xd2511f53;
const M1: u32 = 0xcd9e8d57;
const W0: u32 = 0x9e3779b9;
const W1: u32 = 0xbb67ae85;

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
    let c0 = i32x4.add(i32x4.splat(<i32>(i >> 2)), v128(0, 0, 0, 0, 1, 0, 0, 0, 2, 0, 0, 0, 3, 0, 0, 0));
    let c1 = i32x4.splat(step), c2 = i32x4.splat(stream), c3 = i32x4.splat(1);
    let k0 = key0, k1 = key1;
    for (let round = 0; round < 10; round++) {
      const m0 = i32x4.splat(M0), m1 = i32x4.splat(M1);
      const lo0 = i64x2.extmul_low_i32x4_u(c0, m0), hi0 = i64x2.extmul_high_i32x4_u(c0, m0);
      const lo1 = i64x2.extmul_low_i32x4_u(c2, m1), hi1 = i64x2.extmul_high_i32x4_u(c2, m1);
      c0 = v128.xor(v128.xor(v128.shuffle<i32>(lo1, hi1, 1, 3, 5, 7), c1), i32x4.splat(k0));
      c2 = v128.xor(v128.xor(v128.shuffle<i32>(lo0, hi0, 1, 3, 5, 7), c3), i32x4.splat(k1));
      c1 = v128.shuffle<i32>(lo1, hi1, 0, 2, 4, 6);
      c3 = v128.shuffle<i32>(lo0, hi0, 0, 2, 4, 6);
      k0 += W0;
      k1 += W1;
    }
    // words by block -> blocks in a row
    const lo01 = v128.shuffle<i32>(c0, c1, 0, 4, 1, 5), hi01 = v128.shuffle<i32>(c0, c1, 2, 6, 3, 7);
    const lo23 = v128.shuffle<i32>(c2, c3, 0, 4, 1, 5), hi23 = v128.shuffle<i32>(c2, c3, 2, 6, 3, 7);
    keep(i, last, x, y, threshold, scale, v128.shuffle<i32>(lo01, lo23, 0, 1, 4, 5));
    keep(i + 4, last, x, y, threshold, scale, v128.shuffle<i32>(lo01, lo23, 2, 3, 6, 7));
    keep(i + 8, last, x, y, threshold, scale, v128.shuffle<i32>(hi01, hi23, 0, 1, 4, 5));
    keep(i + 12, last, x, y, threshold, scale, v128.shuffle<i32>(hi01, hi23, 2, 3, 6, 7));
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
