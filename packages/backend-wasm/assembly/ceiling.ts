/** Floating-point operations of one round of `multiplyAdd`. */
export function multiplyAddFlops(): usize {
  return (ASC_FEATURE_RELAXED_SIMD ? 12 : 7) * 8;
}

/**
 * What the machine can do at most: independent multiply-adds in registers, no memory.
 *
 * Twelve chains of fused ones; or seven of products and seven of sums, so that no product can be reused.
 */
export function multiplyAdd(first: usize, last: usize, out: usize): void {
  if (ASC_FEATURE_RELAXED_SIMD) fused(last - first, out);
  else separate(last - first, out);
}

function fused(rounds: usize, out: usize): void {
  const x = f32x4.splat(<f32>0.999), y = f32x4.splat(<f32>0.001);
  let s0 = f32x4.splat(0), s1 = f32x4.splat(1), s2 = f32x4.splat(2), s3 = f32x4.splat(3), s4 = f32x4.splat(4), s5 = f32x4.splat(5);
  let s6 = f32x4.splat(6), s7 = f32x4.splat(7), s8 = f32x4.splat(8), s9 = f32x4.splat(9), s10 = f32x4.splat(10), s11 = f32x4.splat(11);
  for (let i: usize = 0; i < rounds; i++) {
    s0 = f32x4.relaxed_madd(s0, x, y);
    s1 = f32x4.relaxed_madd(s1, x, y);
    s2 = f32x4.relaxed_madd(s2, x, y);
    s3 = f32x4.relaxed_madd(s3, x, y);
    s4 = f32x4.relaxed_madd(s4, x, y);
    s5 = f32x4.relaxed_madd(s5, x, y);
    s6 = f32x4.relaxed_madd(s6, x, y);
    s7 = f32x4.relaxed_madd(s7, x, y);
    s8 = f32x4.relaxed_madd(s8, x, y);
    s9 = f32x4.relaxed_madd(s9, x, y);
    s10 = f32x4.relaxed_madd(s10, x, y);
    s11 = f32x4.relaxed_madd(s11, x, y);
  }
  v128.store(out, s0);
  v128.store(out, s1);
  v128.store(out, s2);
  v128.store(out, s3);
  v128.store(out, s4);
  v128.store(out, s5);
  v128.store(out, s6);
  v128.store(out, s7);
  v128.store(out, s8);
  v128.store(out, s9);
  v128.store(out, s10);
  v128.store(out, s11);
}

function separate(rounds: usize, out: usize): void {
  const x = f32x4.splat(-1); // nothing grows, and nothing shrinks to numbers that are slow
  let p0 = f32x4.splat(0), p1 = f32x4.splat(1), p2 = f32x4.splat(2), p3 = f32x4.splat(3), p4 = f32x4.splat(4), p5 = f32x4.splat(5), p6 = f32x4.splat(6);
  let s0 = f32x4.splat(0), s1 = f32x4.splat(1), s2 = f32x4.splat(2), s3 = f32x4.splat(3), s4 = f32x4.splat(4), s5 = f32x4.splat(5), s6 = f32x4.splat(6);
  for (let i: usize = 0; i < rounds; i++) {
    s0 = f32x4.add(s0, p0); p0 = f32x4.mul(p0, x);
    s1 = f32x4.add(s1, p1); p1 = f32x4.mul(p1, x);
    s2 = f32x4.add(s2, p2); p2 = f32x4.mul(p2, x);
    s3 = f32x4.add(s3, p3); p3 = f32x4.mul(p3, x);
    s4 = f32x4.add(s4, p4); p4 = f32x4.mul(p4, x);
    s5 = f32x4.add(s5, p5); p5 = f32x4.mul(p5, x);
    s6 = f32x4.add(s6, p6); p6 = f32x4.mul(p6, x);
  }
  v128.store(out, f32x4.add(s0, p0));
  v128.store(out, f32x4.add(s1, p1));
  v128.store(out, f32x4.add(s2, p2));
  v128.store(out, f32x4.add(s3, p3));
  v128.store(out, f32x4.add(s4, p4));
  v128.store(out, f32x4.add(s5, p5));
  v128.store(out, f32x4.add(s6, p6));
}

/** An empty job: what a fork and a join cost. */
export function nothing(first: usize, last: usize): void {}
