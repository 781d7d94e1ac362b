import { describe, expect, test } from 'vitest';
import { extremes, thinning } from './thin.js';

describe('thinning', () => {
  test.each([0, 1, 2, 3, 7, 100, 101, 1999, 2000, 2001])('%i rows to at most 10 stretches', (length) => {
    const { size, rows } = thinning(length, 10);
    expect(rows.length).toBeLessThanOrEqual(20);
    expect(rows).toEqual([...new Set(rows)].sort((a, b) => a - b));
    if (length > 0) expect([rows[0], rows.at(-1)]).toEqual([0, length - 1]);
    if (length <= 10) expect([size, rows.length]).toEqual([1, length]);
  });

  test('keeps the lowest and the highest value of every stretch, in their order', () => {
    for (const length of [1, 5, 10, 11, 31, 995]) {
      const values = Array.from({ length }, (_, i) => (i * 7919) % 1009);
      const thin = thinning(length, 10);
      const drawn = extremes(values, thin);
      expect(drawn.length).toBe(thin.rows.length);
      expect(Math.max(...drawn)).toBe(Math.max(...values));
      expect(Math.min(...drawn)).toBe(Math.min(...values));
    }
    expect(extremes([5, 1, 2, 9], thinning(4, 1))).toEqual([1, 9]);
    expect(extremes([9, 1, 2, 5, 3], thinning(5, 2))).toEqual([9, 1, 5, 3]);
  });

  test('passes over gaps', () => {
    const gap = Number.NaN;
    expect(extremes([gap, 3, gap, gap, gap, gap], thinning(6, 2))).toEqual([3, 3, gap, gap]);
  });
});
