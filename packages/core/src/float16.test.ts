import { describe, expect, test } from 'vitest';
import { type Float16, readFloat16, writeFloat16 } from './float16.js';

/** By definition: sign, exponent, fraction. */
function definition(dtype: Float16, bits: number): number {
  const [exponentBits, fractionBits] = dtype === 'F16' ? [5, 10] : [8, 7];
  const bias = 2 ** (exponentBits - 1) - 1;
  const sign = bits >> 15 ? -1 : 1;
  const exponent = (bits >> fractionBits) & (2 ** exponentBits - 1);
  const fraction = (bits & (2 ** fractionBits - 1)) / 2 ** fractionBits;
  if (exponent === 2 ** exponentBits - 1)
    return fraction === 0 ? sign * Number.POSITIVE_INFINITY : Number.NaN;
  if (exponent === 0) return sign * fraction * 2 ** (1 - bias);
  return sign * (1 + fraction) * 2 ** (exponent - bias);
}

const all = Uint16Array.from({ length: 2 ** 16 }, (_, bits) => bits);
const one = (dtype: Float16, value: number) => {
  const into = new Uint16Array(1);
  const tooLarge = writeFloat16(dtype, Float32Array.of(value), into);
  return { bits: into[0], tooLarge };
};

describe.each<Float16>(['F16', 'BF16'])('%s', (dtype) => {
  const values = new Float32Array(2 ** 16);
  readFloat16(dtype, all, values);

  test('all 65,536 bit patterns have the value of the definition', () => {
    for (const bits of all) {
      const want = definition(dtype, bits);
      if (!Object.is(values[bits], want)) expect(values[bits], `0x${bits.toString(16)}`).toBe(want);
    }
  });

  test('and come back from it; NaN stays NaN', () => {
    const back = new Uint16Array(2 ** 16);
    expect(writeFloat16(dtype, values, back)).toBe(-1); // infinity was infinite before
    for (const bits of all) {
      if (Number.isNaN(values[bits])) expect(definition(dtype, back[bits])).toBeNaN();
      else if (back[bits] !== bits) expect(back[bits]).toBe(bits);
    }
  });

  test('values between two neighbours go to the nearer one, to the even one from the middle', () => {
    const last = dtype === 'F16' ? 0x7bff : 0x7f7f;
    for (let bits = 0; bits < last; bits += bits < 0x420 ? 1 : 37) {
      const [low, high] = [values[bits], values[bits + 1]];
      const middle = (low + high) / 2; // exact: float32 has more bits; below the smallest it is 2^-25 or a float32 subnormal
      expect(one(dtype, middle).bits).toBe(bits % 2 === 0 ? bits : bits + 1);
      if (Math.fround(low + (high - low) / 4) > low)
        expect(one(dtype, low + (high - low) / 4).bits).toBe(bits);
      if (high - low > 1e-44) expect(one(dtype, low + (high - low) * 0.75).bits).toBe(bits + 1);
    }
  });

  test('what is too large becomes infinity, and is told', () => {
    const largest = dtype === 'F16' ? 65504 : definition('BF16', 0x7f7f);
    const beyond = dtype === 'F16' ? 65520 : 3.4e38;
    expect(one(dtype, largest).tooLarge).toBe(-1);
    expect(one(dtype, -beyond)).toEqual({ bits: dtype === 'F16' ? 0xfc00 : 0xff80, tooLarge: 0 });
    expect(one(dtype, Number.POSITIVE_INFINITY).tooLarge).toBe(-1);
  });
});
