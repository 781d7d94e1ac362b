/**
 * C = A B for any strides: the one routine behind every product in the forward and backward pass.
 *
 * Follows Goto & van de Geijn 2008. A KC x NC block of B and an MC x KC block of A are packed into panels that are read
 * front to back; a panel of B stays in the L1 cache while all panels of A run past it; an MR x NR tile of C lives in
 * registers while k runs. Packing reads through the strides, so transposed factors cost no more than plain ones.
 *
 * Tiles were chosen by measurement (docs/benchmarks.md). With a fused multiply-add, 6 x 8 uses 15 of the 16 registers.
 * Without one, a product needs a register of its own: 3 x 12.
 */
import { add } from './elementwise';
import { activate } from './gelu';
import { MR, NR, packPanels } from './pack';
import { madd } from './simd';

const KC: usize = 256;
const NC: usize = 1056; // a multiple of both tile widths
const MC: usize = 192;

/** Bytes of scratch memory that `gemm` needs: the packed blocks of B and A, one tile. */
export function gemmScratchBytes(): usize {
  return (KC * NC + MC * KC + MR * NR) << 2;
}

/**
 * C (+)= A B, then what the epilogue adds. Strides are in elements: `A[i, p]` is at `a + 4 (i ai + p ap)`, `B[p, j]` at
 * `b + 4 (p bp + j bj)`, `C[i, j]` at `c + 4 (i ldc + j)`.
 *
 * @param accumulate - Add to what C holds, in place of overwriting it.
 * @param bias - Address of n floats added to each row, or 0; not with `accumulate`.
 * @param activation - What to apply to each element after the bias: see `activate`.
 * @param slope - Where to keep its derivative, laid out as C, or 0.
 * @param residual - What to add last, laid out as C, or 0.
 */
export function gemm(
  m: usize, n: usize, k: usize,
  a: usize, ai: usize, ap: usize,
  b: usize, bp: usize, bj: usize,
  c: usize, ldc: usize, accumulate: bool,
  bias: usize, activation: i32, slope: usize, residual: usize,
  scratch: usize,
): void {
  const packedB = scratch;
  const packedA = packedB + ((KC * NC) << 2);
  const tile = packedA + ((MC * KC) << 2);
  for (let j0: usize = 0; j0 < n; j0 += NC) {
    const nc = min(NC, n - j0);
    for (let p0: usize = 0; p0 < k; p0 += KC) {
      const kc = min(KC, k - p0);
      const last = p0 + kc == k;
      packPanels(b + ((p0 * bp + j0 * bj) << 2), bp, bj, kc, nc, NR, packedB);
      for (let i0: usize = 0; i0 < m; i0 += MC) {
        const mc = min(MC, m - i0);
        const at = (i0 * ldc + j0) << 2;
        packPanels(a + ((i0 * ai + p0 * ap) << 2), ap, ai, kc, mc, MR, packedA);
        if (p0 > 0 || accumulate) {
          tiles(mc, nc, kc, packedA, packedB, (kc * NR) << 2, c + at, ldc, c + at, ldc, tile);
        } else {
          tiles(mc, nc, kc, packedA, packedB, (kc * NR) << 2, c + at, ldc, bias ? bias + (j0 << 2) : 0, 0, tile);
        }
        if (last && (activation || residual)) {
          epilogue(mc, nc, c + at, ldc << 2, activation, slope ? slope + at : 0, residual ? residual + at : 0);
        }
      }
    }
  }
}

/**
 * C = D + A B from packed panels.
 *
 * @param bStep - Bytes from one panel of B to the next.
 * @param d - Address of what is added, rows `ldd` elements apart (0: the same row each time), or 0.
 * @param tile - Room for one tile, for the edges.
 */
function tiles(
  m: usize, n: usize, k: usize, a: usize, b: usize, bStep: usize,
  c: usize, ldc: usize, d: usize, ldd: usize, tile: usize,
): void {
  const aStep = (k * MR) << 2;
  for (let j: usize = 0; j < n; j += NR, b += bStep) {
    const cols = min(NR, n - j);
    let panel = a;
    for (let i: usize = 0; i < m; i += MR, panel += aStep) {
      const from = d ? d + ((i * ldd + j) << 2) : 0;
      anyTile(min(MR, m - i), cols, k, panel, b, c + ((i * ldc + j) << 2), ldc, from, ldd, tile);
    }
  }
}

/** One tile of `rows` x `cols`, at most MR x NR. Strides in elements. */
// @ts-ignore: decorator
@inline
export function anyTile(
  rows: usize, cols: usize, k: usize, a: usize, b: usize, c: usize, ldc: usize, d: usize, ldd: usize, tile: usize,
): void {
  if (rows == MR && cols == NR) {
    oneTile(k, a, b, c, ldc << 2, d, ldd << 2);
  } else {
    if (d) copyTile(rows, cols, d, ldd, tile, NR); // added up as in a whole tile: a row's bits do not depend on where it lies
    oneTile(k, a, b, tile, NR << 2, d ? tile : 0, NR << 2);
    copyTile(rows, cols, tile, NR, c, ldc);
  }
}

/** One tile of MR x NR: C = D + A B, or A B when d is 0. Here and below, `ldc` and `ldd` are in bytes. */
// @ts-ignore: decorator
@inline
export function oneTile(k: usize, a: usize, b: usize, c: usize, ldc: usize, d: usize, ldd: usize): void {
  if (ASC_FEATURE_RELAXED_SIMD) tile6x8(k, a, b, c, ldc, d, ldd);
  else tile3x12(k, a, b, c, ldc, d, ldd);
}

// The first step stands before the loop: it saves the zeros, and five instructions a step, since the engine then knows
// that the addresses fit in 32 bits and has computed their offsets.

function tile6x8(k: usize, a: usize, b: usize, c: usize, ldc: usize, d: usize, ldd: usize): void {
  const end = a + k * 24;
  let b0 = v128.load(b), b1 = v128.load(b, 16), x = v128.load32_splat(a);
  let s00 = f32x4.mul(x, b0), s01 = f32x4.mul(x, b1);
  x = v128.load32_splat(a, 4);
  let s10 = f32x4.mul(x, b0), s11 = f32x4.mul(x, b1);
  x = v128.load32_splat(a, 8);
  let s20 = f32x4.mul(x, b0), s21 = f32x4.mul(x, b1);
  x = v128.load32_splat(a, 12);
  let s30 = f32x4.mul(x, b0), s31 = f32x4.mul(x, b1);
  x = v128.load32_splat(a, 16);
  let s40 = f32x4.mul(x, b0), s41 = f32x4.mul(x, b1);
  x = v128.load32_splat(a, 20);
  let s50 = f32x4.mul(x, b0), s51 = f32x4.mul(x, b1);
  if (d) {
    s00 = f32x4.add(s00, v128.load(d)); s01 = f32x4.add(s01, v128.load(d, 16)); d += ldd;
    s10 = f32x4.add(s10, v128.load(d)); s11 = f32x4.add(s11, v128.load(d, 16)); d += ldd;
    s20 = f32x4.add(s20, v128.load(d)); s21 = f32x4.add(s21, v128.load(d, 16)); d += ldd;
    s30 = f32x4.add(s30, v128.load(d)); s31 = f32x4.add(s31, v128.load(d, 16)); d += ldd;
    s40 = f32x4.add(s40, v128.load(d)); s41 = f32x4.add(s41, v128.load(d, 16)); d += ldd;
    s50 = f32x4.add(s50, v128.load(d)); s51 = f32x4.add(s51, v128.load(d, 16));
  }
  for (a += 24, b += 32; a < end; a += 24, b += 32) {
    b0 = v128.load(b); b1 = v128.load(b, 16);
    x = v128.load32_splat(a);
    s00 = madd(x, b0, s00);
    s01 = madd(x, b1, s01);
    x = v128.load32_splat(a, 4);
    s10 = madd(x, b0, s10);
    s11 = madd(x, b1, s11);
    x = v128.load32_splat(a, 8);
    s20 = madd(x, b0, s20);
    s21 = madd(x, b1, s21);
    x = v128.load32_splat(a, 12);
    s30 = madd(x, b0, s30);
    s31 = madd(x, b1, s31);
    x = v128.load32_splat(a, 16);
    s40 = madd(x, b0, s40);
    s41 = madd(x, b1, s41);
    x = v128.load32_splat(a, 20);
    s50 = madd(x, b0, s50);
    s51 = madd(x, b1, s51);
  }
  v128.store(c, s00); v128.store(c, s01, 16); c += ldc;
  v128.store(c, s10); v128.store(c, s11, 16); c += ldc;
  v128.store(c, s20); v128.store(c, s21, 16); c += ldc;
  v128.store(c, s30); v128.store(c, s31, 16); c += ldc;
  v128.store(c, s40); v128.store(c, s41, 16); c += ldc;
  v128.store(c, s50); v128.store(c, s51, 16);
}

function tile3x12(k: usize, a: usize, b: usize, c: usize, ldc: usize, d: usize, ldd: usize): void {
  const end = a + k * 12;
  let b0 = v128.load(b), b1 = v128.load(b, 16), b2 = v128.load(b, 32), x = v128.load32_splat(a);
  let s00 = f32x4.mul(x, b0), s01 = f32x4.mul(x, b1), s02 = f32x4.mul(x, b2);
  x = v128.load32_splat(a, 4);
  let s10 = f32x4.mul(x, b0), s11 = f32x4.mul(x, b1), s12 = f32x4.mul(x, b2);
  x = v128.load32_splat(a, 8);
  let s20 = f32x4.mul(x, b0), s21 = f32x4.mul(x, b1), s22 = f32x4.mul(x, b2);
  if (d) {
    s00 = f32x4.add(s00, v128.load(d)); s01 = f32x4.add(s01, v128.load(d, 16)); s02 = f32x4.add(s02, v128.load(d, 32)); d += ldd;
    s10 = f32x4.add(s10, v128.load(d)); s11 = f32x4.add(s11, v128.load(d, 16)); s12 = f32x4.add(s12, v128.load(d, 32)); d += ldd;
    s20 = f32x4.add(s20, v128.load(d)); s21 = f32x4.add(s21, v128.load(d, 16)); s22 = f32x4.add(s22, v128.load(d, 32));
  }
  for (a += 12, b += 48; a < end; a += 12, b += 48) {
    b0 = v128.load(b); b1 = v128.load(b, 16); b2 = v128.load(b, 32);
    x = v128.load32_splat(a);
    s00 = madd(x, b0, s00);
    s01 = madd(x, b1, s01);
    s02 = madd(x, b2, s02);
    x = v128.load32_splat(a, 4);
    s10 = madd(x, b0, s10);
    s11 = madd(x, b1, s11);
    s12 = madd(x, b2, s12);
    x = v128.load32_splat(a, 8);
    s20 = madd(x, b0, s20);
    s21 = madd(x, b1, s21);
    s22 = madd(x, b2, s22);
  }
  v128.store(c, s00); v128.store(c, s01, 16); v128.store(c, s02, 32); c += ldc;
  v128.store(c, s10); v128.store(c, s11, 16); v128.store(c, s12, 32); c += ldc;
  v128.store(c, s20); v128.store(c, s21, 16); v128.store(c, s22, 32);
}

/** The valid part of a tile at the right or lower edge; strides in elements. */
function copyTile(rows: usize, cols: usize, from: usize, fromRow: usize, to: usize, toRow: usize): void {
  for (let i: usize = 0; i < rows; i++) {
    for (let j: usize = 0; j < cols; j++) {
      store<f32>(to + ((i * toRow + j) << 2), load<f32>(from + ((i * fromRow + j) << 2)));
    }
  }
}

/** Activation and residual on a block of C that is complete and still in the cache; `ldc` in bytes. */
function epilogue(m: usize, n: usize, c: usize, ldc: usize, activation: i32, slope: usize, residual: usize): void {
  for (let i: usize = 0; i < m; i++, c += ldc) {
    activate(n, c, activation, slope);
    if (slope) slope += ldc;
    if (residual) {
      add(0, n, c, residual, c);
      residual += ldc;
    }
  }
}
