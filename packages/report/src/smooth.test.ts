import { expect, test } from 'vitest';
import { smooth } from './smooth.js';

const LENGTH = 50;
const SPAN = 9;

test('is the average with weights that fall exponentially to both sides', () => {
  const values = Float64Array.from({ length: LENGTH }, (_, i) =>
    i % 7 === 3 ? Number.NaN : Math.sin(i) + i / 10,
  );
  const smoothed = smooth(values, SPAN);
  for (let i = 0; i < LENGTH; i++) {
    let [sum, weight] = [0, 0];
    for (let j = 0; j < LENGTH; j++) {
      if (Number.isNaN(values[j])) continue;
      const each = Math.exp((-2 / SPAN) * Math.abs(i - j));
      sum += each * values[j];
      weight += each;
    }
    expect(Math.abs(smoothed[i] - sum / weight)).toBeLessThan(1e-14); // largest seen: 1.8e-15
  }
});

test('leaves a constant as it is, and nothing where there is nothing', () => {
  for (const value of smooth(new Float64Array(LENGTH).fill(3), SPAN)) expect(value).toBeCloseTo(3, 12);
  expect(Array.from(smooth(new Float64Array(2).fill(Number.NaN), SPAN))).toEqual([Number.NaN, Number.NaN]);
  expect(smooth(new Float64Array(0), SPAN).length).toBe(0);
});
