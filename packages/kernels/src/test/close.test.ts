import { describe, expect, test } from 'vitest';
import { assertClose, MismatchError } from './close.js';

const tolerance = { rtol: 0.125, atol: 0.25 }; // exact in binary, so the limit itself can be tested

describe('assertClose', () => {
  test('returns the largest difference of values that agree', () => {
    expect(assertClose('x', [1, 2, 3.25], [1, 2.125, 3], tolerance)).toBe(0.25);
    expect(assertClose('x', [], [], tolerance)).toBe(0);
  });

  test('allows atol + rtol |want|, and nothing beyond', () => {
    expect(assertClose('x', [8 + 1.25], [8], tolerance)).toBe(1.25);
    expect(() => assertClose('x', [8 + 1.5], [8], tolerance)).toThrow(MismatchError);
    expect(assertClose('x', [-8 - 1.25], [-8], tolerance)).toBe(1.25);
    expect(() => assertClose('x', [1e-30], [0], { rtol: 1, atol: 0 })).toThrow('x[0]: got 1e-30, want 0.');
  });

  test('a tolerance of zero means equal', () => {
    expect(assertClose('x', [0, -0], [-0, 0], { rtol: 0, atol: 0 })).toBe(0);
    expect(() => assertClose('x', [1], [1 + Number.EPSILON], { rtol: 0, atol: 0 })).toThrow(MismatchError);
  });

  test('names the element farthest outside its tolerance', () => {
    expect(() => assertClose('wte', [0, 9, 5], [0, 0, 0], tolerance)).toThrow('wte[1]: got 9, want 0.');
  });

  test.each([
    ['got', [1, Number.NaN, 99], [1, 2, 3]],
    ['wanted', [1, 2, 99], [1, Number.NaN, 3]],
    ['in both', [1, Number.NaN, 99], [1, Number.NaN, 3]],
  ])('a NaN %s is never close', (_, got, want) => {
    expect(() => assertClose('x', got, want, tolerance)).toThrow(`x[1]: got ${got[1]}, want ${want[1]}.`);
  });

  test.each([
    [[Number.POSITIVE_INFINITY], [1]],
    [[1], [Number.POSITIVE_INFINITY]],
    [[Number.NEGATIVE_INFINITY], [Number.POSITIVE_INFINITY]],
  ])('an infinity is never close to something else: %s, %s', (got, want) => {
    expect(() => assertClose('x', got, want, tolerance)).toThrow(MismatchError);
  });

  test('lengths must agree', () => {
    expect(() => assertClose('x', [1], [1, 2], tolerance)).toThrow('x.length[0]: got 1, want 2.');
    expect(() => assertClose('x', [1, 2], [1], tolerance)).toThrow('x.length[0]: got 2, want 1.');
  });
});
