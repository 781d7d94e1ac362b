/**
 * The two 16-bit float formats of weight files: IEEE half precision (`F16`) and the upper half of a float32 (`BF16`).
 *
 * Reading is exact, for subnormals, infinities and NaN as well. Writing rounds to the nearest, to even in the middle.
 *
 * @see IEEE 754-2019 section 3.4, binary16.
 */

/** A 16-bit float format. */
export type Float16 = 'F16' | 'BF16';

/** The values of 16-bit floats: `into[i]` becomes the value of `bits[i]`. */
export function readFloat16(dtype: Float16, bits: Uint16Array, into: Float32Array): void {
  const words = new Uint32Array(into.buffer, into.byteOffset, into.length);
  if (dtype === 'BF16') for (let i = 0; i < bits.length; i++) words[i] = bits[i] << 16;
  else for (let i = 0; i < bits.length; i++) words[i] = fromHalf(bits[i]);
}

/**
 * The 16-bit floats next to values.
 *
 * @returns Index of the first finite value that is too large for the format, or -1. It becomes infinity.
 */
export function writeFloat16(dtype: Float16, values: Float32Array, into: Uint16Array): number {
  const words = new Uint32Array(values.buffer, values.byteOffset, values.length);
  const [toBits, infinity] = dtype === 'BF16' ? [toBrain, 0x7f80] : [toHalf, 0x7c00];
  let tooLarge = -1;
  for (let i = 0; i < words.length; i++) {
    into[i] = toBits(words[i]);
    const overflows = (into[i] & 0x7fff) === infinity && (words[i] & 0x7fffffff) < 0x7f800000;
    if (overflows && tooLarge < 0) tooLarge = i;
  }
  return tooLarge;
}

/** Bits of a half as bits of a float32. */
function fromHalf(half: number): number {
  const sign = (half & 0x8000) << 16;
  const exponent = (half >> 10) & 31;
  const fraction = half & 1023;
  if (exponent === 31) return sign | 0x7f800000 | (fraction << 13);
  if (exponent > 0) return sign | ((exponent + 112) << 23) | (fraction << 13);
  if (fraction === 0) return sign;
  const zeros = Math.clz32(fraction) - 21; // 1 to 10: how far the leading 1 is from the place of a normal number's
  return sign | ((113 - zeros) << 23) | (((fraction << zeros) & 1023) << 13);
}

/** Bits of a float32 as bits of a half. */
function toHalf(word: number): number {
  const sign = (word >>> 16) & 0x8000;
  const size = word & 0x7fffffff;
  if (size > 0x7f800000) return sign | 0x7e00 | ((size >> 13) & 1023); // NaN stays NaN
  if (size >= 0x477ff000) return sign | 0x7c00; // 65520 and more
  if (size >= 0x38800000) return sign | ((size - 0x38000000 + 0xfff + ((size >> 13) & 1)) >> 13);
  const shift = 126 - (size >> 23); // of a subnormal: 14 to 24 and more
  if (shift > 24) return sign;
  const fraction = (size & 0x7fffff) | 0x800000;
  const kept = fraction >> shift;
  const rest = fraction & ((1 << shift) - 1);
  const middle = 1 << (shift - 1);
  return sign | (kept + (rest > middle || (rest === middle && kept % 2 === 1) ? 1 : 0));
}

/** Bits of a float32 as bits of a bfloat16. */
function toBrain(word: number): number {
  if ((word & 0x7fffffff) > 0x7f800000) return (word >>> 16) | 0x40; // NaN stays NaN
  return (word + 0x7fff + ((word >>> 16) & 1)) >>> 16;
}
