import { expect, test } from 'vitest';
import { sweepWindows } from './sweep-windows.js';

const ids = Int32Array.from({ length: 12 }, (_, i) => i);

test('windows lie side by side, and the last batch is smaller', () => {
  const batches = [...sweepWindows({ ids, batchSize: 2, nCtx: 3 })];
  expect(batches).toEqual([
    {
      inputs: Int32Array.of(0, 1, 2, 3, 4, 5),
      targets: Int32Array.of(1, 2, 3, 4, 5, 6),
      batchSize: 2,
      nCtx: 3,
    },
    { inputs: Int32Array.of(6, 7, 8), targets: Int32Array.of(7, 8, 9), batchSize: 1, nCtx: 3 },
  ]);
});

test.each([64, 2_000])('tinyshakespeare validation has 1,742 windows of 64 in batches of %i', (batchSize) => {
  const batches = [...sweepWindows({ ids: new Uint16Array(111_540), batchSize, nCtx: 64 })];
  expect(batches.reduce((sum, batch) => sum + batch.batchSize, 0)).toBe(1_742);
});

test('the sweep may be run again', () => {
  const sweep = sweepWindows({ ids, batchSize: 2, nCtx: 3 });
  expect([...sweep]).toEqual([...sweep]);
});

test('a text with room for one window gives it, and a shorter one is refused before the first batch', () => {
  expect([...sweepWindows({ ids, batchSize: 4, nCtx: 11 })]).toHaveLength(1);
  expect(() => sweepWindows({ ids, batchSize: 4, nCtx: 12 })).toThrow(
    'ids.length must be at least 13 (nCtx 12 and one id to predict), got 12. ' +
      'The text is shorter than the context: give a longer one, or set nCtx to 11 or less.',
  );
});

test('with startId, windows start where that id stands', () => {
  const ids = Int32Array.of(9, 1, 9, 2, 3, 9, 4);
  const batches = [...sweepWindows({ ids, batchSize: 2, nCtx: 2, startId: 9 })];
  expect(batches.map(({ inputs }) => [...inputs])).toEqual([[9, 1, 9, 2]]); // the last one lacks a target
});
