// Vector helpers shared by the kernels. All but `log` is inlined; no memory of its own.

/** s + x y: rounded once where the machine has a fused multiply-add (the relaxed build), else twice. */
// @ts-ignore: decorator
@inline
export function madd(x: v128, y: v128, s: v128): v128 {
  if (ASC_FEATURE_RELAXED_SIMD) return f32x4.relaxed_madd(x, y, s);
  return f32x4.add(s, f32x4.mul(x, y));
}

/** Sum of the four lanes, in a fixed order. */
// @ts-ignore: decorator
@inline
export function sumLanes(x: v128): f32 {
  return f32x4.extract_lane(x, 0) + f32x4.extract_lane(x, 1) + (f32x4.extract_lane(x, 2) + f32x4.extract_lane(x, 3));
}

/** Largest of the four lanes. */
// @ts-ignore: decorator
@inline
export function maxLanes(x: v128): f32 {
  return max(
    max(f32x4.extract_lane(x, 0), f32x4.extract_lane(x, 1)),
    max(f32x4.extract_lane(x, 2), f32x4.extract_lane(x, 3)),
  );
}

/**
 * exp of four floats, relative error below 1e-7 (exp.test.ts measures 8.2e-8, and 7.8e-8 in the plain build).
 *
 * x = n ln 2 + r with |r| <= ln 2 / 2; a degree-6 polynomial for exp(r) (coefficients of Cephes' expf), times 2^n by
 * adding n to the exponent. Inputs are clamped to [-87.3, 88], where the result is neither 0 nor infinite; NaN stays NaN.
 */
// @ts-ignore: decorator
@inline
export function exp4(input: v128): v128 {
  // pmin and pmax give their first argument when one is NaN, in one instruction
  const x = f32x4.pmax(f32x4.pmin(input, f32x4.splat(88.0)), f32x4.splat(-87.3));
  // adding 1.5 * 2^23 rounds to the nearest integer, which then stands in the low bits
  const shifted = madd(x, f32x4.splat(1.4426950408889634), f32x4.splat(12582912.0));
  const n = f32x4.sub(shifted, f32x4.splat(12582912.0));
  // ln 2 in two parts, so that n * part is exact
  let r = madd(n, f32x4.splat(-0.693359375), x);
  r = madd(n, f32x4.splat(2.12194440e-4), r);
  // three pairs side by side, since waiting for one result to form the next is what takes the time
  const rr = f32x4.mul(r, r);
  const high = madd(f32x4.splat(1.9875691500e-4), r, f32x4.splat(1.3981999507e-3));
  const middle = madd(f32x4.splat(8.3334519073e-3), r, f32x4.splat(4.1665795894e-2));
  const low = madd(f32x4.splat(1.6666665459e-1), r, f32x4.splat(5.0000001201e-1));
  const p = f32x4.add(madd(madd(madd(high, rr, middle), rr, low), rr, r), f32x4.splat(1.0));
  const power = i32x4.add(i32x4.shl(shifted, 23), i32x4.splat(127 << 23));
  return f32x4.mul(p, power);
}

/** exp of one float, by the same arithmetic. */
// @ts-ignore: decorator
@inline
export function exp1(x: f32): f32 {
  return f32x4.extract_lane(exp4(f32x4.splat(x)), 0);
}

/** Where the part of a loop that takes four at a time ends. */
// @ts-ignore: decorator
@inline
export function whole4(n: usize): usize {
  return n & ~3;
}

/**
 * The natural logarithm of a positive float, computed in double precision and rounded once.
 *
 * x = 2^e m with m in [sqrt(1/2), sqrt(2)); with s = (m - 1) / (m + 1), log m = 2 (s + s^3/3 + s^5/5 ...), whose first
 * term left out is below 2e-13.
 */
export function log(x: f32): f32 {
  if (!(x > 0) || x == Infinity) return x; // NaN and infinity stay
  const bits = reinterpret<u64>(<f64>x);
  let e = <i32>(bits >> 52) - 1023;
  let m = reinterpret<f64>((bits & 0x000fffffffffffff) | 0x3ff0000000000000);
  if (m > 1.4142135623730951) {
    m *= 0.5;
    e++;
  }
  const s = (m - 1) / (m + 1), ss = s * s;
  const series = 1 + ss * (1.0 / 3 + ss * (1.0 / 5 + ss * (1.0 / 7 + ss * (1.0 / 9 + ss * (1.0 / 11 + ss * (1.0 / 13))))));
  return <f32>(<f64>e * 0.6931471805599453 + 2 * s * series);
}

/** n zeros, for runs so short that a call to memory.fill would cost more. */
// @ts-ignore: decorator
@inline
export function zeros(n: usize, at: usize): void {
  let i: usize = 0;
  for (const end = whole4(n) << 2; i < end; i += 16) v128.store(at + i, f32x4.splat(0));
  for (const end = n << 2; i < end; i += 4) store<f32>(at + i, 0);
}
