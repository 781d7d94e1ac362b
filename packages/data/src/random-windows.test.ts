import { describe, expect, test } from 'vitest';
import { randomWindows } from './random-windows.js';

const ids = Int32Array.from({ length: 50 }, (_, i) => i);

describe('randomWindows', () => {
  test('each target is the id after its input, and each row is one window', () => {
    const { inputs, targets, batchSize, nCtx } = randomWindows({ ids, batchSize: 4, nCtx: 8 }).batch(0);
    expect([batchSize, nCtx, inputs.length, targets.length]).toEqual([4, 8, 32, 32]);
    for (let i = 0; i < 32; i++) {
      expect(targets[i]).toBe(inputs[i] + 1);
      if (i % 8 !== 0) expect(inputs[i]).toBe(inputs[i - 1] + 1);
    }
  });

  test('a batch depends on seed and step alone', () => {
    const windows = (seed?: number) => randomWindows({ ids, batchSize: 3, nCtx: 4, seed });
    const once = windows(1);
    const fourth = once.batch(4);
    once.batch(5);
    expect(once.batch(4)).toEqual(fourth);
    expect(windows(1).batch(4)).toEqual(fourth);
    expect(windows(1).batch(5)).not.toEqual(fourth);
    expect(windows(2).batch(4)).not.toEqual(fourth);
    expect(windows().batch(4)).toEqual(windows(0).batch(4));
  });

  test('every start from 0 to length - nCtx - 1 comes up equally often', () => {
    const windows = randomWindows({ ids: ids.subarray(0, 12), batchSize: 100, nCtx: 2, seed: 3 });
    const counts = new Array<number>(10).fill(0);
    for (let step = 0; step < 100; step++) {
      const { inputs } = windows.batch(step);
      for (let row = 0; row < 100; row++) counts[inputs[2 * row]]++;
    }
    for (const count of counts) expect(Math.abs(count - 1_000)).toBeLessThan(150); // 5 sd
  });

  test('the batches of two steps share no memory', () => {
    const windows = randomWindows({ ids, batchSize: 1, nCtx: 4 });
    const first = windows.batch(0);
    const copy = first.inputs.slice();
    windows.batch(1).inputs.fill(-1);
    expect(first.inputs).toEqual(copy);
  });

  test('16-bit ids give the same batches as 32-bit ids', () => {
    const options = { batchSize: 2, nCtx: 5, seed: 9 };
    expect(randomWindows({ ids: Uint16Array.from(ids), ...options }).batch(0)).toEqual(
      randomWindows({ ids, ...options }).batch(0),
    );
  });

  test('the shortest text that fits has one window', () => {
    const { inputs, targets } = randomWindows({ ids: ids.subarray(0, 5), batchSize: 1, nCtx: 4 }).batch(7);
    expect([...inputs, ...targets]).toEqual([0, 1, 2, 3, 1, 2, 3, 4]);
  });

  test('a text shorter than the context is refused with both numbers and what to do', () => {
    expect(() => randomWindows({ ids: ids.subarray(0, 10), batchSize: 1, nCtx: 64 })).toThrow(
      'ids.length must be at least 65 (nCtx 64 and one id to predict), got 10. ' +
        'The text is shorter than the context: give a longer one, or set nCtx to 9 or less.',
    );
    expect(() => randomWindows({ ids: ids.subarray(0, 1), batchSize: 1, nCtx: 64 })).toThrow(
      'got 1. The text is empty or nearly so: give a longer one.',
    );
  });

  test.each([
    [{ batchSize: 0 }, 'batchSize must be a positive integer, got 0.'],
    [{ nCtx: 1.5 }, 'nCtx must be a positive integer, got 1.5.'],
    [{ seed: -1 }, 'seed must be an integer from 0 to 2^53 - 1, got -1.'],
  ])('refuses %j', (wrong, message) => {
    expect(() => randomWindows({ ids, batchSize: 1, nCtx: 4, ...wrong })).toThrow(message);
  });

  test('refuses a step that is no step', () => {
    expect(() => randomWindows({ ids, batchSize: 1, nCtx: 4 }).batch(-1)).toThrow('step must be');
  });
});

describe('startId', () => {
  const documents = Int32Array.of(9, 1, 2, 9, 3, 4, 5, 9, 6, 7);

  test('every window begins where that id stands and fits into the text', () => {
    const { inputs } = randomWindows({ ids: documents, batchSize: 60, nCtx: 3, startId: 9 }).batch(0);
    const rows = Array.from({ length: 60 }, (_, row) => [...inputs.subarray(3 * row, 3 * row + 3)].join(' '));
    expect(new Set(rows)).toEqual(new Set(['9 1 2', '9 3 4'])); // 9 6 7 has no target for its last id
  });

  test('an id that starts no window is refused', () => {
    const windows = (startId: number) => randomWindows({ ids: documents, batchSize: 1, nCtx: 3, startId });
    expect(() => windows(8)).toThrow(
      'startId must be an id that stands 3 or more before the end of the text, got 8.',
    );
    expect(() => windows(6)).toThrow('startId must be');
  });
});
