/** Packing: factors of a product are copied into panels that are read front to back, whatever their strides are. */
import { whole4 } from './simd';

/** Rows and columns of the tile of a product that is kept in registers: see `gemm`. */
export const MR: usize = ASC_FEATURE_RELAXED_SIMD ? 6 : 3;
export const NR: usize = ASC_FEATURE_RELAXED_SIMD ? 8 : 12;

/**
 * Packs lines of length k into panels of `width` lines, MR or NR, each panel k rows of `width` floats, missing lines as
 * zeros. `x[p, l]` is at `src + 4 (p sp + l sl)`.
 */
export function packPanels(src: usize, sp: usize, sl: usize, k: usize, lines: usize, width: usize, dst: usize): void {
  const bytes = (k * width) << 2;
  let l: usize = 0;
  if (sl == 1) {
    const panels = lines / width;
    packSideBySide(src, sp << 2, k, panels, width, dst, bytes);
    l = panels * width;
    dst += panels * bytes;
  } else if (sp == 1) {
    for (; l + width <= lines; l += width, dst += bytes) packTransposed(src + ((l * sl) << 2), sl << 2, k, width, dst);
  }
  for (; l < lines; l += width, dst += bytes) {
    packAny(src + ((l * sl) << 2), sp, sl, k, min(width, lines - l), width, dst);
  }
}

/**
 * Lines that lie side by side. Four rows of the source are read from end to end, which is how memory gives them fastest;
 * each panel gets four of its rows at a time.
 */
function packSideBySide(src: usize, step: usize, k: usize, panels: usize, width: usize, dst: usize, bytes: usize): void {
  const row = width << 2;
  let p: usize = 0;
  for (const end = whole4(k); p < end; p += 4, src += step << 2, dst += row << 2) {
    const r1 = src + step, r2 = r1 + step, r3 = r2 + step;
    for (let panel: usize = 0, at: usize = 0, to = dst; panel < panels; panel++, at += row, to += bytes) {
      copyRow(width, src + at, to);
      copyRow(width, r1 + at, to + row);
      copyRow(width, r2 + at, to + 2 * row);
      copyRow(width, r3 + at, to + 3 * row);
    }
  }
  for (; p < k; p++, src += step, dst += row) {
    for (let panel: usize = 0, at: usize = 0, to = dst; panel < panels; panel++, at += row, to += bytes) {
      copyRow(width, src + at, to);
    }
  }
}

/** Copies 12, 8, 6 or 3 floats. */
// @ts-ignore: decorator
@inline
function copyRow(width: usize, from: usize, to: usize): void {
  if (width == NR) {
    v128.store(to, v128.load(from));
    v128.store(to, v128.load(from, 16), 16);
    if (NR == 12) v128.store(to, v128.load(from, 32), 32);
  } else if (MR == 6) {
    v128.store(to, v128.load(from));
    store<u64>(to, load<u64>(from, 16), 16);
  } else {
    store<u64>(to, load<u64>(from));
    store<u32>(to, load<u32>(from, 8), 8);
  }
}

/** Contiguous lines, `sl` bytes apart: transposed by fours, and what is left by twos or threes. */
function packTransposed(src: usize, sl: usize, k: usize, width: usize, dst: usize): void {
  if (width == 8) return pack8(src, sl, k, dst);
  let l: usize = 0;
  for (; l + 4 <= width; l += 4) pack4(src + l * sl, sl, k, width << 2, dst + (l << 2));
  if (width == 6) pack2(src + l * sl, sl, k, 24, dst + (l << 2));
  else if (width == 3) pack3(src, sl, k, dst);
}

/** Eight lines at once fill whole cache lines: 2 % faster than four and four. */
function pack8(r0: usize, sl: usize, k: usize, dst: usize): void {
  const r1 = r0 + sl, r2 = r1 + sl, r3 = r2 + sl, r4 = r3 + sl, r5 = r4 + sl, r6 = r5 + sl, r7 = r6 + sl;
  const whole = whole4(k) << 2;
  for (let at: usize = 0; at < whole; at += 16, dst += 128) {
    fourRows(v128.load(r0 + at), v128.load(r1 + at), v128.load(r2 + at), v128.load(r3 + at), 32, dst);
    fourRows(v128.load(r4 + at), v128.load(r5 + at), v128.load(r6 + at), v128.load(r7 + at), 32, dst + 16);
  }
  if (whole < k << 2) packAny(r0 + whole, 1, sl >> 2, k & 3, 8, 8, dst);
}

/** Stores the columns of four vectors as rows, `step` bytes apart. */
// @ts-ignore: decorator
@inline
function fourRows(x0: v128, x1: v128, x2: v128, x3: v128, step: usize, dst: usize): void {
  const lo01 = v128.shuffle<f32>(x0, x1, 0, 4, 1, 5), hi01 = v128.shuffle<f32>(x0, x1, 2, 6, 3, 7);
  const lo23 = v128.shuffle<f32>(x2, x3, 0, 4, 1, 5), hi23 = v128.shuffle<f32>(x2, x3, 2, 6, 3, 7);
  v128.store(dst, v128.shuffle<f32>(lo01, lo23, 0, 1, 4, 5));
  v128.store(dst + step, v128.shuffle<f32>(lo01, lo23, 2, 3, 6, 7));
  v128.store(dst + 2 * step, v128.shuffle<f32>(hi01, hi23, 0, 1, 4, 5));
  v128.store(dst + 3 * step, v128.shuffle<f32>(hi01, hi23, 2, 3, 6, 7));
}

function pack4(r0: usize, sl: usize, k: usize, step: usize, dst: usize): void {
  const r1 = r0 + sl, r2 = r1 + sl, r3 = r2 + sl;
  let at: usize = 0;
  for (const end = whole4(k) << 2; at < end; at += 16) {
    fourRows(v128.load(r0 + at), v128.load(r1 + at), v128.load(r2 + at), v128.load(r3 + at), step, dst);
    dst += step << 2;
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

function pack3(r0: usize, sl: usize, k: usize, dst: usize): void {
  const r1 = r0 + sl, r2 = r1 + sl;
  let at: usize = 0;
  for (const end = whole4(k) << 2; at < end; at += 16, dst += 48) {
    const x0 = v128.load(r0 + at), x1 = v128.load(r1 + at), x2 = v128.load(r2 + at);
    const lo01 = v128.shuffle<f32>(x0, x1, 0, 4, 1, 5), hi01 = v128.shuffle<f32>(x0, x1, 2, 6, 3, 7);
    const mid = v128.shuffle<f32>(lo01, x2, 3, 5, 3, 5); // row 1 of line 1, row 1 of line 2
    v128.store(dst, v128.shuffle<f32>(lo01, x2, 0, 1, 4, 2));
    v128.store(dst, v128.shuffle<f32>(mid, hi01, 0, 1, 4, 5), 16);
    v128.store(dst, v128.shuffle<f32>(x2, hi01, 2, 6, 7, 3), 32);
  }
  for (const end = k << 2; at < end; at += 4, dst += 12) {
    store<f32>(dst, load<f32>(r0 + at));
    store<f32>(dst, load<f32>(r1 + at), 4);
    store<f32>(dst, load<f32>(r2 + at), 8);
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
