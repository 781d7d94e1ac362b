/**
 * The GELU, x Φ(x), in its two forms: with the tanh that OpenAI's models have in place of Φ, and exact.
 *
 * Each pass takes `exact` as a constant, so that the choice is made when it is compiled.
 */
import { exp4, madd, whole4 } from './simd';

// 0.5 (1 + tanh(u)) is sigmoid(2u), u = sqrt(2/pi) (x + 0.044715 x^3): one exponential, no cancellation near 0.
const TWO_SCALE: f32 = 1.5957691216057308; // 2 sqrt(2/pi)
const CUBIC: f32 = 0.044715;

// @ts-ignore: decorator
@inline
function sigmoid2u(x: v128, xx: v128): v128 {
  const minus2u = f32x4.mul(f32x4.mul(x, f32x4.splat(-TWO_SCALE)), madd(f32x4.splat(CUBIC), xx, f32x4.splat(1)));
  return f32x4.div(f32x4.splat(1), f32x4.add(f32x4.splat(1), exp4(minus2u)));
}

// @ts-ignore: decorator
@inline
function tanhSlope(x: v128, xx: v128, s: v128): v128 {
  const du2 = madd(f32x4.splat(3 * CUBIC * TWO_SCALE), xx, f32x4.splat(TWO_SCALE));
  return madd(f32x4.mul(x, du2), f32x4.mul(s, f32x4.sub(f32x4.splat(1), s)), s);
}

const DENSITY: f32 = 0.3989422804014327; // 1 / sqrt(2 pi)
const FAR: f32 = 12; // as far as n / d is fitted; Φ(-12) is 2e-33

/** exp(-x^2 / 2). */
// @ts-ignore: decorator
@inline
function bell(xx: v128): v128 {
  return exp4(f32x4.mul(xx, f32x4.splat(-0.5)));
}

/**
 * Φ(x), given exp(-x^2 / 2). Its error is below 7e-8, of which rounding to a float is 3e-8; see gelu.test.ts.
 *
 * Two minimax fits of our own, in the manner of Cody 1969. Below 1, Φ(x) = 0.5 + x p(x^2) with p of degree 4 (error
 * 7.4e-9), so that x Φ(x) has all its digits near 0. From 1 on, Φ(-a) = exp(-a^2 / 2) n(a) / d(a) of degrees 3 and 4
 * (2.3e-8 of the value), with positive coefficients only: nothing cancels.
 */
// @ts-ignore: decorator
@inline
function normalCdf(x: v128, xx: v128, e: v128): v128 {
  let p = madd(f32x4.splat(9.24683845e-5), xx, f32x4.splat(-0.00116535078));
  p = madd(p, xx, f32x4.splat(0.00996416714));
  p = madd(p, xx, f32x4.splat(-0.0664887279));
  p = madd(p, xx, f32x4.splat(0.398942202));
  const near = madd(x, p, f32x4.splat(0.5));

  const a = f32x4.pmin(f32x4.abs(x), f32x4.splat(FAR));
  let n = madd(f32x4.splat(0.0233585387), a, f32x4.splat(0.140164629));
  n = madd(n, a, f32x4.splat(0.394367218));
  n = madd(n, a, f32x4.splat(0.499830842));
  let d = madd(f32x4.splat(0.058553379), a, f32x4.splat(0.351243615));
  d = madd(d, a, f32x4.splat(1.04890382));
  d = madd(d, a, f32x4.splat(1.5849117));
  d = madd(d, a, f32x4.splat(1));
  const tail = f32x4.mul(e, f32x4.div(n, d)); // Φ(-a)

  const far = v128.bitselect(f32x4.sub(f32x4.splat(1), tail), tail, f32x4.gt(x, f32x4.splat(0)));
  return v128.bitselect(near, far, f32x4.lt(a, f32x4.splat(1)));
}

// What the value and the slope share; what x is multiplied with; the slope itself.

// @ts-ignore: decorator
@inline
function shared(exact: bool, x: v128, xx: v128): v128 {
  return exact ? bell(xx) : sigmoid2u(x, xx);
}

// @ts-ignore: decorator
@inline
function gate(exact: bool, x: v128, xx: v128, h: v128): v128 {
  return exact ? normalCdf(x, xx, h) : h;
}

// @ts-ignore: decorator
@inline
function slope4(exact: bool, x: v128, xx: v128, h: v128, g: v128): v128 {
  return exact ? madd(x, f32x4.mul(h, f32x4.splat(DENSITY)), g) : tanhSlope(x, xx, h);
}

// @ts-ignore: decorator
@inline
function value4(exact: bool, x: v128): v128 {
  const xx = f32x4.mul(x, x);
  return f32x4.mul(x, gate(exact, x, xx, shared(exact, x, xx)));
}

// @ts-ignore: decorator
@inline
function grad4(exact: bool, x: v128, dy: v128): v128 {
  const xx = f32x4.mul(x, x), h = shared(exact, x, xx);
  return f32x4.mul(dy, slope4(exact, x, xx, h, gate(exact, x, xx, h)));
}

// @ts-ignore: decorator
@inline
function values(exact: bool, first: usize, last: usize, x: usize, y: usize): void {
  let i = first;
  for (const end = first + whole4(last - first); i < end; i += 4) {
    v128.store(y + (i << 2), value4(exact, v128.load(x + (i << 2))));
  }
  for (; i < last; i++) {
    store<f32>(y + (i << 2), f32x4.extract_lane(value4(exact, f32x4.splat(load<f32>(x + (i << 2)))), 0));
  }
}

// @ts-ignore: decorator
@inline
function valuesAndSlopes(exact: bool, n: usize, c: usize, slope: usize): void {
  let i: usize = 0;
  for (const end = whole4(n) << 2; i < end; i += 16) {
    const x = v128.load(c + i), xx = f32x4.mul(x, x), h = shared(exact, x, xx), g = gate(exact, x, xx, h);
    v128.store(c + i, f32x4.mul(x, g));
    v128.store(slope + i, slope4(exact, x, xx, h, g));
  }
  for (const end = n << 2; i < end; i += 4) {
    const x = v128.load32_splat(c + i), xx = f32x4.mul(x, x), h = shared(exact, x, xx), g = gate(exact, x, xx, h);
    store<f32>(c + i, f32x4.extract_lane(f32x4.mul(x, g), 0));
    store<f32>(slope + i, f32x4.extract_lane(slope4(exact, x, xx, h, g), 0));
  }
}

// @ts-ignore: decorator
@inline
function grads(exact: bool, first: usize, last: usize, dy: usize, x: usize, dx: usize): void {
  let i = first;
  for (const end = first + whole4(last - first); i < end; i += 4) {
    const at = i << 2;
    v128.store(dx + at, grad4(exact, v128.load(x + at), v128.load(dy + at)));
  }
  for (; i < last; i++) {
    const at = i << 2;
    store<f32>(dx + at, f32x4.extract_lane(grad4(exact, v128.load32_splat(x + at), v128.load32_splat(dy + at)), 0));
  }
}

/** y = GELU(x), elements `first..last`; may work in place. */
export function gelu(first: usize, last: usize, x: usize, y: usize): void {
  values(false, first, last, x, y);
}

/** The same with the exact GELU. */
export function geluExact(first: usize, last: usize, x: usize, y: usize): void {
  values(true, first, last, x, y);
}

/** dx = dy GELU'(x). */
export function geluGrad(first: usize, last: usize, dy: usize, x: usize, dx: usize): void {
  grads(false, first, last, dy, x, dx);
}

/** The same with the exact GELU. */
export function geluExactGrad(first: usize, last: usize, dy: usize, x: usize, dx: usize): void {
  grads(true, first, last, dy, x, dx);
}

/** What `linear` may do to its result. */
export const GELU = 1, GELU_EXACT = 2;

/**
 * Applies an activation to n floats at c, in place: {@link GELU}, {@link GELU_EXACT}, or none for 0.
 *
 * @param slope - Where to keep its derivative, or 0.
 */
export function activate(n: usize, c: usize, activation: i32, slope: usize): void {
  if (activation == GELU) {
    if (slope) valuesAndSlopes(false, n, c, slope);
    else gelu(0, n, c, c);
  } else if (activation == GELU_EXACT) {
    if (slope) valuesAndSlopes(true, n, c, slope);
    else geluExact(0, n, c, c);
  }
}
