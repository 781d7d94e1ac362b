import { describe, expect, test } from 'vitest';
import { rollingWindows } from './language-model.js';

/** Draws windows as the documentation does: what is fed, then what is predicted. */
function draw(text: string, nCtx: number, stride: number): string[] {
  return rollingWindows(text.length, nCtx, stride).map(
    ({ begin, end, count }) => `${text.slice(begin, end)} > ${text.slice(end - count + 1, end + 1)}`,
  );
}

describe('rollingWindows', () => {
  test('are the ones in the documentation', () => {
    expect(rollingWindows(8, 4, 4)).toEqual([
      { begin: 0, end: 4, count: 4 },
      { begin: 3, end: 7, count: 3 },
    ]);
    expect(draw('abcdefg', 4, 4)).toEqual(['abcd > bcde', 'cdef > fg']);
    expect(draw('abcdefg', 4, 1)).toEqual(['abcd > bcde', 'bcde > f', 'cdef > g']);
  });

  test('predict every token but the first exactly once, in order, with all the context that fits', () => {
    for (let length = 0; length <= 20; length++) {
      for (let nCtx = 1; nCtx <= 8; nCtx++) {
        for (let stride = 1; stride <= nCtx; stride++) {
          const predicted: number[] = [];
          for (const { begin, end, count } of rollingWindows(length, nCtx, stride)) {
            expect(end - begin).toBe(Math.min(nCtx, end));
            expect(count).toBeLessThanOrEqual(end - begin);
            for (let i = end - count; i < end; i++) predicted.push(i + 1);
          }
          expect(predicted).toEqual(Array.from({ length: Math.max(0, length - 1) }, (_, i) => i + 1));
        }
      }
    }
  });

  test('give every prediction at least nCtx - stride + 1 tokens of context where the text has them', () => {
    for (const { begin, end, count } of rollingWindows(50, 8, 3)) {
      const context = end - count + 1 - begin; // of the first prediction in the window
      expect(context).toBeGreaterThanOrEqual(begin === 0 ? 1 : 8 - 3 + 1);
    }
  });

  test.each([0, -1, 1.5, 5, Number.NaN])('refuse stride %s with nCtx 4', (stride) => {
    expect(() => rollingWindows(9, 4, stride)).toThrow(
      `stride must be an integer from 1 to nCtx (4), got ${stride}.`,
    );
  });

  test.each([0, -1, 1.5, Number.NaN])('refuse nCtx %s', (nCtx) => {
    expect(() => rollingWindows(9, nCtx, 1)).toThrow(`nCtx must be a positive integer, got ${nCtx}.`);
  });
});
