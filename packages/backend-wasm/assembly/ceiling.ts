/** Floating-point operations of one round of `multiplyAdd`. */
export function multiplyAddFlops(): usize {
  return 12 * 8;
}

/**
 * What the machine can do at most: twelve chains of multiply-adds in registers, no memory.
 *
 * Where there is no fused one, of the sums alone: the products run beside them at best, so nothing with as many of both
 * is faster, and each sum counts for both. (A loop of both loses to the order the engine puts them in.)
 */
export function multiplyAdd(first: usize, last: usize, out: usize): void {
  if (ASC_FEATURE_RELAXED_SIMD) fused(last - first, out);
  else sums(last - first, out);
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

function sums(rounds: usize, out: usize): void {
  for (let i: usize = 0; i < 13; i++) v128.store(out + (i << 4), f32x4.splat(<f32>0.001));
  const y = v128.load(out);
  let s0 = v128.load(out, 16), s1 = v128.load(out, 32), s2 = v128.load(out, 48), s3 = v128.load(out, 64);
  let s4 = v128.load(out, 80), s5 = v128.load(out, 96), s6 = v128.load(out, 112), s7 = v128.load(out, 128);
  let s8 = v128.load(out, 144), s9 = v128.load(out, 160), s10 = v128.load(out, 176), s11 = v128.load(out, 192);
  for (let i: usize = 0; i < rounds; i++) {
    s0 = f32x4.add(s0, y);
    s1 = f32x4.add(s1, y);
    s2 = f32x4.add(s2, y);
    s3 = f32x4.add(s3, y);
    s4 = f32x4.add(s4, y);
    s5 = f32x4.add(s5, y);
    s6 = f32x4.add(s6, y);
    s7 = f32x4.add(s7, y);
    s8 = f32x4.add(s8, y);
    s9 = f32x4.add(s9, y);
    s10 = f32x4.add(s10, y);
    s11 = f32x4.add(s11, y);
  }
  v128.store(out, s0, 16);
  v128.store(out, s1, 32);
  v128.store(out, s2, 48);
  v128.store(out, s3, 64);
  v128.store(out, s4, 80);
  v128.store(out, s5, 96);
  v128.store(out, s6, 112);
  v128.store(out, s7, 128);
  v128.store(out, s8, 144);
  v128.store(out, s9, 160);
  v128.store(out, s10, 176);
  v128.store(out, s11, 192);
}

/** Loads every byte of memory from `first` to `last`, multiples of 128, and nothing else. */
export function readMemory(first: usize, last: usize, out: usize): void {
  let s0 = f32x4.splat(0), s1 = s0, s2 = s0, s3 = s0;
  for (let at = first; at < last; at += 128) {
    s0 = v128.xor(s0, v128.xor(v128.load(at), v128.load(at, 64)));
    s1 = v128.xor(s1, v128.xor(v128.load(at, 16), v128.load(at, 80)));
    s2 = v128.xor(s2, v128.xor(v128.load(at, 32), v128.load(at, 96)));
    s3 = v128.xor(s3, v128.xor(v128.load(at, 48), v128.load(at, 112)));
  }
  v128.store(out, v128.xor(v128.xor(s0, s1), v128.xor(s2, s3)));
}

/** An empty job: what a fork and a join cost. */
export function nothing(first: usize, last: usize): void {}
