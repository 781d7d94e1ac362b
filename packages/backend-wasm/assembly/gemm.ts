/**
 * C = A B for any strides: the one routine behind every product in the forward and backward pass.
 *
 * Follows the blocking of Goto & van de Geijn 2008: a KC x NC block of B is packed into panels 8 columns wide and
 * stays in the L2 cache; 4 rows of A are packed at a time and stay in L1; a 4 x 8 tile of C lives in 8 vector
 * registers while k runs. (V8 has 16; wider tiles spill, because a plain multiply-add needs a temporary.)
 * Packing reads through the strides, so transposed factors cost no more than plain ones.
 */

const KC: usize = 256;
const NC: usize = 512;
const MR: usize = 4;
const NR: usize = 8;

/** Bytes of scratch memory that `gemm` needs: the packed block of B, 4 packed rows of A, one tile. */
export function gemmScratchBytes(): usize {
  return (KC * NC + KC * MR + MR * NR) * 4;
}

/**
 * Rows `0..m` of C (+)= A B (+ bias). Strides are in elements: `A[i, p]` is at `a + 4 (i ai + p ap)`, `B[p, j]` at
 * `b + 4 (p bp + j bj)`, `C[i, j]` at `c + 4 (i ldc + j)`.
 *
 * @param bias - Address of n floats added to each row, or 0.
 * @param accumulate - Add to what C holds, in place of overwriting it.
 */
export function gemm(
  m: usize, n: usize, k: usize,
  a: usize, ai: usize, ap: usize,
  b: usize, bp: usize, bj: usize,
  c: usize, ldc: usize,
  bias: usize, accumulate: bool, scratch: usize,
): void {
  const packedB = scratch;
  const packedA = packedB + KC * NC * 4;
  const tile = packedA + KC * MR * 4;
  for (let j0: usize = 0; j0 < n; j0 += NC) {
    const nc = min(NC, n - j0);
    for (let p0: usize = 0; p0 < k; p0 += KC) {
      const kc = min(KC, k - p0);
      const add = accumulate || p0 > 0;
      for (let j: usize = 0; j < nc; j += NR) {
        pack8(b + ((p0 * bp + (j0 + j) * bj) << 2), bp, bj, kc, min(NR, nc - j), packedB + ((j * kc) << 2));
      }
      for (let i: usize = 0; i < m; i += MR) {
        const rows = min(MR, m - i);
        pack4(a + ((i * ai + p0 * ap) << 2), ap, ai, kc, rows, packedA);
        for (let j: usize = 0; j < nc; j += NR) {
          const cols = min(NR, nc - j);
          const out = c + ((i * ldc + j0 + j) << 2);
          const panel = packedB + ((j * kc) << 2);
          const biasHere = !add && bias ? bias + ((j0 + j) << 2) : 0;
          if (rows == MR && cols == NR) {
            tile4x8(kc, packedA, panel, out, ldc, biasHere, add);
          } else {
            tile4x8(kc, packedA, panel, tile, NR, 0, false);
            copyTile(tile, rows, cols, out, ldc, biasHere, add);
          }
        }
      }
    }
  }
}

/** One 4 x 8 tile: C = A B, plus bias or plus C. */
function tile4x8(k: usize, a: usize, b: usize, c: usize, ldc: usize, bias: usize, add: bool): void {
  const c1 = c + (ldc << 2);
  const c2 = c1 + (ldc << 2);
  const c3 = c2 + (ldc << 2);
  let s00 = f32x4.splat(0), s01 = f32x4.splat(0);
  if (bias) {
    s00 = v128.load(bias);
    s01 = v128.load(bias, 16);
  }
  let s10 = s00, s11 = s01, s20 = s00, s21 = s01, s30 = s00, s31 = s01;
  if (add) {
    s00 = v128.load(c); s01 = v128.load(c, 16);
    s10 = v128.load(c1); s11 = v128.load(c1, 16);
    s20 = v128.load(c2); s21 = v128.load(c2, 16);
    s30 = v128.load(c3); s31 = v128.load(c3, 16);
  }
  for (const end = a + (k << 4); a < end; a += 16, b += 32) {
    const b0 = v128.load(b), b1 = v128.load(b, 16);
    let x = v128.load32_splat(a);
    s00 = f32x4.add(s00, f32x4.mul(x, b0));
    s01 = f32x4.add(s01, f32x4.mul(x, b1));
    x = v128.load32_splat(a, 4);
    s10 = f32x4.add(s10, f32x4.mul(x, b0));
    s11 = f32x4.add(s11, f32x4.mul(x, b1));
    x = v128.load32_splat(a, 8);
    s20 = f32x4.add(s20, f32x4.mul(x, b0));
    s21 = f32x4.add(s21, f32x4.mul(x, b1));
    x = v128.load32_splat(a, 12);
    s30 = f32x4.add(s30, f32x4.mul(x, b0));
    s31 = f32x4.add(s31, f32x4.mul(x, b1));
  }
  v128.store(c, s00); v128.store(c, s01, 16);
  v128.store(c1, s10); v128.store(c1, s11, 16);
  v128.store(c2, s20); v128.store(c2, s21, 16);
  v128.store(c3, s30); v128.store(c3, s31, 16);
}

/** The valid part of a tile at the right or lower edge. */
function copyTile(tile: usize, rows: usize, cols: usize, c: usize, ldc: usize, bias: usize, add: bool): void {
  for (let i: usize = 0; i < rows; i++) {
    for (let j: usize = 0; j < cols; j++) {
      const to = c + ((i * ldc + j) << 2);
      let x = load<f32>(tile + ((i * NR + j) << 2));
      if (bias) x += load<f32>(bias + (j << 2));
      if (add) x += load<f32>(to);
      store<f32>(to, x);
    }
  }
}

/** Packs `lines` (at most 8) lines of length k as k rows of 8, missing lines as zeros. `x[p, l]` at `src + 4 (p sp + l sl)`. */
function pack8(src: usize, sp: usize, sl: usize, k: usize, lines: usize, dst: usize): void {
  if (lines < 8) return packEdge(src, sp, sl, k, lines, 8, dst);
  if (sl == 1) {
    for (let p: usize = 0; p < k; p++, src += sp << 2, dst += 32) {
      v128.store(dst, v128.load(src));
      v128.store(dst, v128.load(src, 16), 16);
    }
  } else if (sp == 1) {
    packTransposed(src, sl, k, 32, dst);
    packTransposed(src + (sl << 4), sl, k, 32, dst + 16);
  } else {
    packEdge(src, sp, sl, k, 8, 8, dst);
  }
}

/** The same for 4 lines. */
function pack4(src: usize, sp: usize, sl: usize, k: usize, lines: usize, dst: usize): void {
  if (lines < 4) return packEdge(src, sp, sl, k, lines, 4, dst);
  if (sl == 1) {
    for (let p: usize = 0; p < k; p++, src += sp << 2, dst += 16) v128.store(dst, v128.load(src));
  } else if (sp == 1) {
    packTransposed(src, sl, k, 16, dst);
  } else {
    packEdge(src, sp, sl, k, 4, 4, dst);
  }
}

/** Four contiguous lines, transposed four by four; rows of the result are `step` bytes apart. */
function packTransposed(src: usize, sl: usize, k: usize, step: usize, dst: usize): void {
  const r0 = src, r1 = r0 + (sl << 2), r2 = r1 + (sl << 2), r3 = r2 + (sl << 2);
  let p: usize = 0;
  for (const end = k & ~3; p < end; p += 4) {
    const at = p << 2;
    const x0 = v128.load(r0 + at), x1 = v128.load(r1 + at), x2 = v128.load(r2 + at), x3 = v128.load(r3 + at);
    const lo01 = v128.shuffle<f32>(x0, x1, 0, 4, 1, 5), hi01 = v128.shuffle<f32>(x0, x1, 2, 6, 3, 7);
    const lo23 = v128.shuffle<f32>(x2, x3, 0, 4, 1, 5), hi23 = v128.shuffle<f32>(x2, x3, 2, 6, 3, 7);
    v128.store(dst, v128.shuffle<f32>(lo01, lo23, 0, 1, 4, 5)); dst += step;
    v128.store(dst, v128.shuffle<f32>(lo01, lo23, 2, 3, 6, 7)); dst += step;
    v128.store(dst, v128.shuffle<f32>(hi01, hi23, 0, 1, 4, 5)); dst += step;
    v128.store(dst, v128.shuffle<f32>(hi01, hi23, 2, 3, 6, 7)); dst += step;
  }
  for (; p < k; p++, dst += step) {
    const at = p << 2;
    store<f32>(dst, load<f32>(r0 + at));
    store<f32>(dst, load<f32>(r1 + at), 4);
    store<f32>(dst, load<f32>(r2 + at), 8);
    store<f32>(dst, load<f32>(r3 + at), 12);
  }
}

/** Any strides, any number of lines. */
function packEdge(src: usize, sp: usize, sl: usize, k: usize, lines: usize, width: usize, dst: usize): void {
  for (let p: usize = 0; p < k; p++, dst += width << 2) {
    for (let l: usize = 0; l < width; l++) {
      store<f32>(dst + (l << 2), l < lines ? load<f32>(src + ((p * sp + l * sl) << 2)) : 0);
    }
  }
}
