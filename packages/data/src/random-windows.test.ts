import { describe, expect, test } from 'vitest';
import { brokenRow, corpusOf, rowsOf } from '../test/support/random-corpus.js';
import { corpusFromIds } from './corpus.js';
import { randomWindows } from './random-windows.js';

const ids = Int32Array.from({ length: 50 }, (_, i) => i);
const corpus = corpusFromIds(ids);

describe('randomWindows', () => {
  test('each target is the id after its input, and each row is one window', () => {
    const { inputs, targets, batchSize, nCtx } = randomWindows({ corpus, nCtx: 8 }).batch(0, 4);
    expect([batchSize, nCtx, inputs.length, targets.length]).toEqual([4, 8, 32, 32]);
    for (let i = 0; i < 32; i++) {
      expect(targets[i]).toBe(inputs[i] + 1);
      if (i % 8 !== 0) expect(inputs[i]).toBe(inputs[i - 1] + 1);
    }
  });

  test('a sequence depends on seed and number alone', () => {
    const windows = (seed?: number) => randomWindows({ corpus, nCtx: 4, seed });
    const once = windows(1);
    const fourth = once.batch(12, 3);
    expect(rowsOf(once.batch(10, 6)).slice(2, 5)).toEqual(rowsOf(fourth));
    expect(once.batch(12, 3)).toEqual(fourth);
    expect(windows(1).batch(12, 3)).toEqual(fourth);
    expect(windows(1).batch(15, 3)).not.toEqual(fourth);
    expect(windows(2).batch(12, 3)).not.toEqual(fourth);
    expect(windows(2 ** 32 + 1).batch(12, 3)).not.toEqual(fourth);
    expect(windows(1).batch(2 ** 32 + 12, 3)).not.toEqual(fourth);
    expect(windows().batch(4, 3)).toEqual(windows(0).batch(4, 3));
  });

  test('every start from 0 to length - nCtx - 1 comes up equally often', () => {
    const short = corpusFromIds(ids.subarray(0, 12));
    const { inputs } = randomWindows({ corpus: short, nCtx: 2, seed: 3 }).batch(0, 10_000);
    const counts = new Array<number>(10).fill(0);
    for (let row = 0; row < 10_000; row++) counts[inputs[2 * row]]++;
    for (const count of counts) expect(Math.abs(count - 1_000)).toBeLessThan(150); // 5 sd
  });

  test('between documents stands end-of-text, and a window starts at any place', () => {
    const lengths = [3, 1, 4];
    const windows = randomWindows({ corpus: corpusOf(lengths), nCtx: 5 });
    expect(windows.perEpoch).toBe(2); // 11 places
    const rows = rowsOf(windows.batch(0, 500));
    for (const row of rows) expect(brokenRow(row, lengths)).toBeUndefined();
    expect(new Set(rows.map(({ inputs }) => inputs.join(' '))).size).toBe(11);
  });

  test('the shortest text that fits has one window', () => {
    const short = corpusFromIds(ids.subarray(0, 5));
    const { inputs, targets } = randomWindows({ corpus: short, nCtx: 4 }).batch(7, 1);
    expect([...inputs, ...targets]).toEqual([0, 1, 2, 3, 1, 2, 3, 4]);
  });

  test.each([
    [{ nCtx: 50 }, 'nCtx must be at most 49, the ids to predict in this corpus, got 50.'],
    [{ nCtx: 1.5 }, 'nCtx must be a positive integer, got 1.5.'],
    [{ seed: -1 }, 'seed must be an integer from 0 to 2^53 - 1, got -1.'],
  ])('refuses %j', (wrong, message) => {
    expect(() => randomWindows({ corpus, nCtx: 4, ...wrong })).toThrow(message);
  });

  test('refuses numbers that are none', () => {
    const windows = randomWindows({ corpus, nCtx: 4 });
    expect(() => windows.batch(-1, 1)).toThrow('first must be');
    expect(() => windows.batch(0, 1.5)).toThrow('count must be');
  });
});
