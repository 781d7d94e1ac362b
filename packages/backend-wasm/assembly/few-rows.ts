/** Products of a few rows with a matrix, as in decoding: bound by reading the matrix once, front to back, so nothing is packed. */
import { add } from './elementwise';
import { activate } from './gelu';
import { madd, sumLanes, whole4 } from './simd';

/**
 * The sum over k of C = A B is cut here, whatever the number of threads: a part is rows of B that lie behind one another.
 * (Parts of every row would be faster to add up, and are read at a third of the speed.)
 */
const PARTS: usize = 8;

/** Parts of a sum, and rows of C that they need in `partsOfC`. */
export function fewRowsParts(): usize {
  return PARTS;
}

/**
 * Parts `first..last` of C = A B with B [k, n] as stored.
 *
 * @param m - Rows of A [m, k].
 * @param partsOfC - [PARTS, m, n].
 */
export function fewRows(
  first: usize, last: usize, m: usize, n: usize, k: usize, a: usize, b: usize, partsOfC: usize,
): void {
  for (let part = first; part < last; part++) {
    const c = partsOfC + ((part * m * n) << 2);
    memory.fill(c, 0, (m * n) << 2);
    for (let p = part * k / PARTS, end = (part + 1) * k / PARTS; p < end; p++) {
      for (let i: usize = 0; i < m; i++) addScaled(n, c + ((i * n) << 2), load<f32>(a + ((i * k + p) << 2)), b + ((p * n) << 2));
    }
  }
}

/** Columns `first..last` of C [m, n] = the parts added up + bias, then the epilogue as in `gemm`. */
export function fewRowsSum(
  first: usize, last: usize, m: usize, n: usize, partsOfC: usize,
  c: usize, bias: usize, activation: i32, slope: usize, residual: usize,
): void {
  const cols = last - first;
  for (let i: usize = 0; i < m; i++) {
    const at = (i * n + first) << 2, to = c + at;
    if (bias) memory.copy(to, bias + (first << 2), cols << 2);
    else memory.fill(to, 0, cols << 2);
    for (let part: usize = 0; part < PARTS; part++) add(0, cols, to, partsOfC + ((part * m * n) << 2) + at, to);
    activate(cols, to, activation, slope ? slope + at : 0);
    if (residual) add(0, cols, to, residual + at, to);
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
  const by = f32x4.splat(s);
  const lines = y + ((n & ~15) << 2), fours = y + (whole4(n) << 2), end = y + (n << 2);
  for (; y < lines; y += 64, x += 64) {
    v128.store(y, madd(v128.load(x), by, v128.load(y)));
    v128.store(y, madd(v128.load(x, 16), by, v128.load(y, 16)), 16);
    v128.store(y, madd(v128.load(x, 32), by, v128.load(y, 32)), 32);
    v128.store(y, madd(v128.load(x, 48), by, v128.load(y, 48)), 48);
  }
  for (; y < fours; y += 16, x += 16) v128.store(y, madd(v128.load(x), by, v128.load(y)));
  for (; y < end; y += 4, x += 4) store<f32>(y, load<f32>(y) + s * load<f32>(x));
}
