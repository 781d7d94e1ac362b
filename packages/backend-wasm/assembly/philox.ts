/** Philox4x32-10, four blocks side by side; constants as in @gpt-ts/core. */
const M0: u32 = 0xd2511f53;
const M1: u32 = 0xcd9e8d57;
const W0: u32 = 0x9e3779b9;
const W1: u32 = 0xbb67ae85;

// The last four blocks' words: word w of each block is in a lane of words<w>.
export let words0: v128 = i32x4.splat(0);
export let words1: v128 = i32x4.splat(0);
export let words2: v128 = i32x4.splat(0);
export let words3: v128 = i32x4.splat(0);

/** The blocks with counters [each lane of `first`, step, stream, 1]. */
// @ts-ignore: decorator
@inline
export function philox(first: v128, step: u32, stream: u32, key0: u32, key1: u32): void {
  let c0 = first;
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
  words0 = c0;
  words1 = c1;
  words2 = c2;
  words3 = c3;
}

/** The same of four blocks in a row from `first` on, turned: words<b> has the four words of block b. */
// @ts-ignore: decorator
@inline
export function philoxRow(first: u32, step: u32, stream: u32, key0: u32, key1: u32): void {
  philox(i32x4.add(i32x4.splat(first), v128(0, 0, 0, 0, 1, 0, 0, 0, 2, 0, 0, 0, 3, 0, 0, 0)), step, stream, key0, key1);
  const lo01 = v128.shuffle<i32>(words0, words1, 0, 4, 1, 5), hi01 = v128.shuffle<i32>(words0, words1, 2, 6, 3, 7);
  const lo23 = v128.shuffle<i32>(words2, words3, 0, 4, 1, 5), hi23 = v128.shuffle<i32>(words2, words3, 2, 6, 3, 7);
  words0 = v128.shuffle<i32>(lo01, lo23, 0, 1, 4, 5);
  words1 = v128.shuffle<i32>(lo01, lo23, 2, 3, 6, 7);
  words2 = v128.shuffle<i32>(hi01, hi23, 0, 1, 4, 5);
  words3 = v128.shuffle<i32>(hi01, hi23, 2, 3, 6, 7);
}
