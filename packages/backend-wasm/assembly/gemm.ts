/**
 * C = A B for any strides: the one routine behind every product in the forward and backward pass.
 *
 * Follows Goto & van de Geijn 2008. A KC x NC block of B and an MC x KC block of A are packed into panels that are read
 * front to back; a panel of B stays in the L1 cache while all panels of A run past it; an MR x NR tile of C lives in
 * registers while k runs. Packing reads through the strides, so transposed factors cost no more than plain ones.
 *
 * Tiles were chosen by measurement (docs/benchmarks.md). With a fused multiply-add, 6 x 8 uses 15 of the 16 registers.
 * Without one, a product needs a register of its own and the front end is the limit: 2 x 16, four steps at a time.
 */
import { add, gelu } from './elementwise';
import { whole4 } from './simd';

export const MR: usize = ASC_FEATURE_RELAXED_SIMD ? 6 : 2;
export const NR: usize = ASC_FEATURE_RELAXED_SIMD ? 8 : 16;
const KC: usize = 256;
const NC: usize = 512;
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
 * @param bias - Address of n floats added to each row, or 0.
 * @param withGelu - Apply the GELU to each element after the bias.
 * @param before - Where to keep what the GELU was applied to, laid out as C, or 0.
 * @param residual - What to add last, laid out as C, or 0.
 */
export function gemm(
  m: usize, n: usize, k: usize,
  a: usize, ai: usize, ap: usize,
  b: usize, bp: usize, bj: usize,
  c: usize, ldc: usize, accumulate: bool,
  bias: usize, withGelu: bool, before: usize, residual: usize,
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
        if (last && (withGelu || residual)) {
          epilogue(mc, nc, c + at, ldc << 2, withGelu, before ? before + at : 0, residual ? residual + at : 0);
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
export function tiles(
  m: usize, n: usize, k: usize, a: usize, b: usize, bStep: usize,
  c: usize, ldc: usize, d: usize, ldd: usize, tile: usize,
): void {
  const aStep = (k * MR) << 2;
  for (let j: usize = 0; j < n; j += NR, b += bStep) {
    const cols = min(NR, n - j);
    let panel = a;
    for (let i: usize = 0; i < m; i += MR, panel += aStep) {
      const rows = min(MR, m - i);
      const to = c + ((i * ldc + j) << 2);
      const from = d ? d + ((i * ldd + j) << 2) : 0;
      if (rows == MR && cols == NR) {
        oneTile(k, panel, b, to, ldc << 2, from, ldd << 2);
      } else {
        oneTile(k, panel, b, tile, NR << 2, 0, 0);
        copyTile(tile, rows, cols, to, ldc, from, ldd);
      }
    }
  }
}

/** One tile: C = D + A B, or A B when d is 0. Here and below, `ldc` and `ldd` are in bytes. */
// @ts-ignore: decorator
@inline
function oneTile(k: usize, a: usize, b: usize, c: usize, ldc: usize, d: usize, ldd: usize): void {
  if (ASC_FEATURE_RELAXED_SIMD) tile6x8(k, a, b, c, ldc, d, ldd);
  else tile2x16(k, a, b, c, ldc, d, ldd);
}

function tile6x8(k: usize, a: usize, b: usize, c: usize, ldc: usize, d: usize, ldd: usize): void {
  let s00 = f32x4.splat(0), s01 = f32x4.splat(0), s10 = f32x4.splat(0), s11 = f32x4.splat(0), s20 = f32x4.splat(0), s21 = f32x4.splat(0);
  let s30 = f32x4.splat(0), s31 = f32x4.splat(0), s40 = f32x4.splat(0), s41 = f32x4.splat(0), s50 = f32x4.splat(0), s51 = f32x4.splat(0);
  if (d) {
    s00 = v128.load(d); s01 = v128.load(d, 16); d += ldd;
    s10 = v128.load(d); s11 = v128.load(d, 16); d += ldd;
    s20 = v128.load(d); s21 = v128.load(d, 16); d += ldd;
    s30 = v128.load(d); s31 = v128.load(d, 16); d += ldd;
    s40 = v128.load(d); s41 = v128.load(d, 16); d += ldd;
    s50 = v128.load(d); s51 = v128.load(d, 16);
  }
  for (const end = a + k * 24; a < end; a += 24, b += 32) {
    const b0 = v128.load(b), b1 = v128.load(b, 16);
    let x = v128.load32_splat(a);
    s00 = f32x4.relaxed_madd(x, b0, s00);
    s01 = f32x4.relaxed_madd(x, b1, s01);
    x = v128.load32_splat(a, 4);
    s10 = f32x4.relaxed_madd(x, b0, s10);
    s11 = f32x4.relaxed_madd(x, b1, s11);
    x = v128.load32_splat(a, 8);
    s20 = f32x4.relaxed_madd(x, b0, s20);
    s21 = f32x4.relaxed_madd(x, b1, s21);
    x = v128.load32_splat(a, 12);
    s30 = f32x4.relaxed_madd(x, b0, s30);
    s31 = f32x4.relaxed_madd(x, b1, s31);
    x = v128.load32_splat(a, 16);
    s40 = f32x4.relaxed_madd(x, b0, s40);
    s41 = f32x4.relaxed_madd(x, b1, s41);
    x = v128.load32_splat(a, 20);
    s50 = f32x4.relaxed_madd(x, b0, s50);
    s51 = f32x4.relaxed_madd(x, b1, s51);
  }
  v128.store(c, s00); v128.store(c, s01, 16); c += ldc;
  v128.store(c, s10); v128.store(c, s11, 16); c += ldc;
  v128.store(c, s20); v128.store(c, s21, 16); c += ldc;
  v128.store(c, s30); v128.store(c, s31, 16); c += ldc;
  v128.store(c, s40); v128.store(c, s41, 16); c += ldc;
  v128.store(c, s50); v128.store(c, s51, 16);
}

// The loop is left in its middle where k is no multiple of 4: a branch also keeps the engine from mixing the steps up,
// for which it would need more registers than there are.
function tile2x16(k: usize, a: usize, b: usize, c: usize, ldc: usize, d: usize, ldd: usize): void {
  let s00 = f32x4.splat(0), s01 = s00, s02 = s00, s03 = s00, s10 = s00, s11 = s00, s12 = s00, s13 = s00;
  if (d) {
    s00 = v128.load(d); s01 = v128.load(d, 16); s02 = v128.load(d, 32); s03 = v128.load(d, 48);
    d += ldd;
    s10 = v128.load(d); s11 = v128.load(d, 16); s12 = v128.load(d, 32); s13 = v128.load(d, 48);
  }
  const end1 = a + (k << 3), end2 = end1 - 8, end3 = end1 - 16, end4 = end1 - 24;
  while (a < end1) {
    let b0 = v128.load(b), b1 = v128.load(b, 16), b2 = v128.load(b, 32), b3 = v128.load(b, 48);
    let x = v128.load32_splat(a);
    s00 = f32x4.add(s00, f32x4.mul(x, b0));
    s01 = f32x4.add(s01, f32x4.mul(x, b1));
    s02 = f32x4.add(s02, f32x4.mul(x, b2));
    s03 = f32x4.add(s03, f32x4.mul(x, b3));
    x = v128.load32_splat(a, 4);
    s10 = f32x4.add(s10, f32x4.mul(x, b0));
    s11 = f32x4.add(s11, f32x4.mul(x, b1));
    s12 = f32x4.add(s12, f32x4.mul(x, b2));
    s13 = f32x4.add(s13, f32x4.mul(x, b3));
    if (a == end2) break;
    b0 = v128.load(b, 64); b1 = v128.load(b, 80); b2 = v128.load(b, 96); b3 = v128.load(b, 112);
    x = v128.load32_splat(a, 8);
    s00 = f32x4.add(s00, f32x4.mul(x, b0));
    s01 = f32x4.add(s01, f32x4.mul(x, b1));
    s02 = f32x4.add(s02, f32x4.mul(x, b2));
    s03 = f32x4.add(s03, f32x4.mul(x, b3));
    x = v128.load32_splat(a, 12);
    s10 = f32x4.add(s10, f32x4.mul(x, b0));
    s11 = f32x4.add(s11, f32x4.mul(x, b1));
    s12 = f32x4.add(s12, f32x4.mul(x, b2));
    s13 = f32x4.add(s13, f32x4.mul(x, b3));
    if (a == end3) break;
    b0 = v128.load(b, 128); b1 = v128.load(b, 144); b2 = v128.load(b, 160); b3 = v128.load(b, 176);
    x = v128.load32_splat(a, 16);
    s00 = f32x4.add(s00, f32x4.mul(x, b0));
    s01 = f32x4.add(s01, f32x4.mul(x, b1));
    s02 = f32x4.add(s02, f32x4.mul(x, b2));
    s03 = f32x4.add(s03, f32x4.mul(x, b3));
    x = v128.load32_splat(a, 20);
    s10 = f32x4.add(s10, f32x4.mul(x, b0));
    s11 = f32x4.add(s11, f32x4.mul(x, b1));
    s12 = f32x4.add(s12, f32x4.mul(x, b2));
    s13 = f32x4.add(s13, f32x4.mul(x, b3));
    if (a == end4) break;
    b0 = v128.load(b, 192); b1 = v128.load(b, 208); b2 = v128.load(b, 224); b3 = v128.load(b, 240);
    x = v128.load32_splat(a, 24);
    s00 = f32x4.add(s00, f32x4.mul(x, b0));
    s01 = f32x4.add(s01, f32x4.mul(x, b1));
    s02 = f32x4.add(s02, f32x4.mul(x, b2));
    s03 = f32x4.add(s03, f32x4.mul(x, b3));
    x = v128.load32_splat(a, 28);
    s10 = f32x4.add(s10, f32x4.mul(x, b0));
    s11 = f32x4.add(s11, f32x4.mul(x, b1));
    s12 = f32x4.add(s12, f32x4.mul(x, b2));
    s13 = f32x4.add(s13, f32x4.mul(x, b3));
    a += 32;
    b += 256;
  }
  v128.store(c, s00); v128.store(c, s01, 16); v128.store(c, s02, 32); v128.store(c, s03, 48);
  c += ldc;
  v128.store(c, s10); v128.store(c, s11, 16); v128.store(c, s12, 32); v128.store(c, s13, 48);
}

/** The valid part of a tile at the right or lower edge; strides in elements. */
function copyTile(tile: usize, rows: usize, cols: usize, c: usize, ldc: usize, d: usize, ldd: usize): void {
  for (let i: usize = 0; i < rows; i++) {
    for (let j: usize = 0; j < cols; j++) {
      const x = load<f32>(tile + ((i * NR + j) << 2));
      store<f32>(c + ((i * ldc + j) << 2), d ? x + load<f32>(d + ((i * ldd + j) << 2)) : x);
    }
  }
}

/** GELU and residual on a block of C that is complete and still in the cache; `ldc` in bytes. */
function epilogue(m: usize, n: usize, c: usize, ldc: usize, withGelu: bool, before: usize, residual: usize): void {
  for (let i: usize = 0; i < m; i++, c += ldc) {
    if (withGelu) {
      if (before) {
        memory.copy(before, c, n << 2);
        before += ldc;
      }
      gelu(0, n, c, c);
    }
    if (residual) {
      add(0, n, c, residual, c);
      residual += ldc;
    }
  }
}

/**
 * Packs lines of length k into panels of `width` lines, MR or NR, each panel k rows of `width` floats, missing lines as
 * zeros. `x[p, l]` is at `src + 4 (p sp + l sl)`.
 */
export function packPanels(src: usize, sp: usize, sl: usize, k: usize, lines: usize, width: usize, dst: usize): void {
  const bytes = (k * width) << 2;
  let l: usize = 0;
  if (sl == 1) {
    // two panels of 8 at a time read whole cache lines
    if (width == 8) for (; l + 16 <= lines; l += 16, dst += 2 * bytes) packRows16(src + (l << 2), sp << 2, k, dst, bytes);
    for (; l + width <= lines; l += width, dst += bytes) packRows(src + (l << 2), sp << 2, k, width, dst);
  } else if (sp == 1) {
    for (; l + width <= lines; l += width, dst += bytes) packTransposed(src + ((l * sl) << 2), sl << 2, k, width, dst);
  }
  for (; l < lines; l += width, dst += bytes) {
    packAny(src + ((l * sl) << 2), sp, sl, k, min(width, lines - l), width, dst);
  }
}

/** Lines that lie side by side: each row of the panel is copied. */
function packRows(src: usize, step: usize, k: usize, width: usize, dst: usize): void {
  if (width == 16) {
    for (let p: usize = 0; p < k; p++, src += step, dst += 64) {
      const x0 = v128.load(src), x1 = v128.load(src, 16), x2 = v128.load(src, 32), x3 = v128.load(src, 48);
      v128.store(dst, x0); v128.store(dst, x1, 16); v128.store(dst, x2, 32); v128.store(dst, x3, 48);
    }
  } else if (width == 8) {
    for (let p: usize = 0; p < k; p++, src += step, dst += 32) {
      const x0 = v128.load(src), x1 = v128.load(src, 16);
      v128.store(dst, x0); v128.store(dst, x1, 16);
    }
  } else if (width == 6) {
    for (let p: usize = 0; p < k; p++, src += step, dst += 24) {
      const x0 = v128.load(src);
      const x1 = load<u64>(src, 16);
      v128.store(dst, x0); store<u64>(dst, x1, 16);
    }
  } else {
    for (let p: usize = 0; p < k; p++, src += step, dst += 8) store<u64>(dst, load<u64>(src));
  }
}

/** The same for two panels of 8, `bytes` apart. */
function packRows16(src: usize, step: usize, k: usize, dst: usize, bytes: usize): void {
  for (let p: usize = 0; p < k; p++, src += step, dst += 32) {
    const x0 = v128.load(src), x1 = v128.load(src, 16), x2 = v128.load(src, 32), x3 = v128.load(src, 48);
    v128.store(dst, x0); v128.store(dst, x1, 16); v128.store(dst + bytes, x2); v128.store(dst + bytes, x3, 16);
  }
}

/** Contiguous lines, `sl` bytes apart: transposed by fours and twos. */
function packTransposed(src: usize, sl: usize, k: usize, width: usize, dst: usize): void {
  let l: usize = 0;
  for (; l + 4 <= width; l += 4) pack4(src + l * sl, sl, k, width << 2, dst + (l << 2));
  if (l < width) pack2(src + l * sl, sl, k, width << 2, dst + (l << 2));
}

function pack4(r0: usize, sl: usize, k: usize, step: usize, dst: usize): void {
  const r1 = r0 + sl, r2 = r1 + sl, r3 = r2 + sl;
  let at: usize = 0;
  for (const end = whole4(k) << 2; at < end; at += 16) {
    const x0 = v128.load(r0 + at), x1 = v128.load(r1 + at), x2 = v128.load(r2 + at), x3 = v128.load(r3 + at);
    const lo01 = v128.shuffle<f32>(x0, x1, 0, 4, 1, 5), hi01 = v128.shuffle<f32>(x0, x1, 2, 6, 3, 7);
    const lo23 = v128.shuffle<f32>(x2, x3, 0, 4, 1, 5), hi23 = v128.shuffle<f32>(x2, x3, 2, 6, 3, 7);
    v128.store(dst, v128.shuffle<f32>(lo01, lo23, 0, 1, 4, 5)); dst += step;
    v128.store(dst, v128.shuffle<f32>(lo01, lo23, 2, 3, 6, 7)); dst += step;
    v128.store(dst, v128.shuffle<f32>(hi01, hi23, 0, 1, 4, 5)); dst += step;
    v128.store(dst, v128.shuffle<f32>(hi01, hi23, 2, 3, 6, 7)); dst += step;
  }
  for (const end = k << 2; at < end; at += 4, dst += step) {
    store<f32>(dst, load<f32>(r0 + at));
    store<f32>(dst, load<f32>(r1 + at), 4);
    store<f32>(dst, load<f32>(r2 + at), 8);
    store<f32>(dst, load<f32>(r3 + at), 12);
  }
}

function pack2(r0: usize, sl: usize, k: usize, step: usize, dst: usize): void {
  const r1 = r0 + sl;
  let at: usize = 0;
  for (const end = whole4(k) << 2; at < end; at += 16) {
    const x0 = v128.load(r0 + at), x1 = v128.load(r1 + at);
    const lo = v128.shuffle<f32>(x0, x1, 0, 4, 1, 5), hi = v128.shuffle<f32>(x0, x1, 2, 6, 3, 7);
    v128.store64_lane(dst, lo, 0); dst += step;
    v128.store64_lane(dst, lo, 1); dst += step;
    v128.store64_lane(dst, hi, 0); dst += step;
    v128.store64_lane(dst, hi, 1); dst += step;
  }
  for (const end = k << 2; at < end; at += 4, dst += step) {
    store<f32>(dst, load<f32>(r0 + at));
    store<f32>(dst, load<f32>(r1 + at), 4);
  }
}

/** Any strides, any number of lines. */
function packAny(src: usize, sp: usize, sl: usize, k: usize, lines: usize, width: usize, dst: usize): void {
  for (let p: usize = 0; p < k; p++, dst += width << 2) {
    for (let l: usize = 0; l < width; l++) {
      store<f32>(dst + (l << 2), l < lines ? load<f32>(src + ((p * sp + l * sl) << 2)) : 0);
    }
  }
}
