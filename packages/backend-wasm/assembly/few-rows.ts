/** Products of a few rows with a matrix, as in decoding: bound by reading the matrix once, so nothing is packed. */
import { add, gelu, geluWithSlope } from './elementwise';
import { madd, sumLanes, whole4 } from './simd';

/**
 * Columns `first..last` of C = A B + bias with B [k, n] as stored, then the epilogue as in `gemm`.
 *
 * @param m - Rows of A [m, k] and C [m, n].
 */
export function fewRows(
  first: usize, last: usize, m: usize, n: usize, k: usize,
  a: usize, b: usize, c: usize, bias: usize, withGelu: bool, slope: usize, residual: usize,
): void {
  const cols = last - first;
  for (let i: usize = 0; i < m; i++) {
    const to = c + ((i * n + first) << 2);
    if (bias) memory.copy(to, bias + (first << 2), cols << 2);
    else memory.fill(to, 0, cols << 2);
  }
  for (let p: usize = 0; p < k; p += 4) {
    for (let i: usize = 0; i < m; i++) {
      const x = a + ((i * k + p) << 2), w = b + ((p * n + first) << 2), to = c + ((i * n + first) << 2);
      if (p + 4 <= k) addFourRows(cols, x, w, n << 2, to);
      else for (let r: usize = 0; p + r < k; r++) addRow(cols, load<f32>(x + (r << 2)), w + ((r * n) << 2), to);
    }
  }
  for (let i: usize = 0; i < m; i++) {
    const at = (i * n + first) << 2;
    if (slope) geluWithSlope(0, cols, c + at, c + at, slope + at);
    else if (withGelu) gelu(0, cols, c + at, c + at);
    if (residual) add(0, cols, c + at, residual + at, c + at);
  }
}

/** Columns `first..last` of C = A BT with B [n, k] as stored: one dot product each. */
export function fewRowsTransposed(
  first: usize, last: usize, m: usize, n: usize, k: usize, a: usize, b: usize, c: usize,
): void {
  for (let j = first; j < last; j++) {
    const w = b + ((j * k) << 2);
    for (let i: usize = 0; i < m; i++) store<f32>(c + ((i * n + j) << 2), dot(k, a + ((i * k) << 2), w));
  }
}

function addFourRows(n: usize, x: usize, w: usize, step: usize, y: usize): void {
  const x0 = v128.load32_splat(x), x1 = v128.load32_splat(x, 4), x2 = v128.load32_splat(x, 8), x3 = v128.load32_splat(x, 12);
  const w1 = w + step, w2 = w1 + step, w3 = w2 + step;
  let i: usize = 0;
  for (const end = whole4(n) << 2; i < end; i += 16) {
    let sum = madd(v128.load(w + i), x0, v128.load(y + i));
    sum = madd(v128.load(w1 + i), x1, sum);
    sum = madd(v128.load(w2 + i), x2, sum);
    v128.store(y + i, madd(v128.load(w3 + i), x3, sum));
  }
  for (let r: usize = 0; r < 4; r++) {
    const s = load<f32>(x + (r << 2));
    for (let at = i; at < n << 2; at += 4) {
      store<f32>(y + at, f32x4.extract_lane(madd(v128.load32_splat(w + r * step + at), f32x4.splat(s), v128.load32_splat(y + at)), 0));
    }
  }
}

function addRow(n: usize, s: f32, w: usize, y: usize): void {
  for (let i: usize = 0; i < n << 2; i += 4) {
    store<f32>(y + i, f32x4.extract_lane(madd(v128.load32_splat(w + i), f32x4.splat(s), v128.load32_splat(y + i)), 0));
  }
}

/** x . y over n floats, in four chains. */
export function dot(n: usize, x: usize, y: usize): f32 {
  let s0 = f32x4.splat(0), s1 = s0, s2 = s0, s3 = s0;
  let i: usize = 0;
  for (const end = (n & ~15) << 2; i < end; i += 64) {
    s0 = madd(v128.load(x + i), v128.load(y + i), s0);
    s1 = madd(v128.load(x + i, 16), v128.load(y + i, 16), s1);
    s2 = madd(v128.load(x + i, 32), v128.load(y + i, 32), s2);
    s3 = madd(v128.load(x + i, 48), v128.load(y + i, 48), s3);
  }
  for (const end = whole4(n) << 2; i < end; i += 16) s0 = madd(v128.load(x + i), v128.load(y + i), s0);
  let sum = sumLanes(f32x4.add(f32x4.add(s0, s1), f32x4.add(s2, s3)));
  for (const end = n << 2; i < end; i += 4) sum += load<f32>(x + i) * load<f32>(y + i);
  return sum;
}

/** y <- y + s x. */
export function addScaled(n: usize, y: usize, s: f32, x: usize): void {
  let i: usize = 0;
  for (const end = whole4(n) << 2; i < end; i += 16) {
    v128.store(y + i, madd(v128.load(x + i), f32x4.splat(s), v128.load(y + i)));
  }
  for (const end = n << 2; i < end; i += 4) store<f32>(y + i, load<f32>(y + i) + s * load<f32>(x + i));
}
