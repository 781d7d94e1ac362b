import { expect, test } from 'vitest';
import { brokenRow, corpusOf, randomLengths, rowsOf } from '../test/support/random-corpus.js';
import { corpusFromIds } from './corpus.js';
import { sweepWindows } from './sweep-windows.js';

const corpus = corpusFromIds(Int32Array.from({ length: 12 }, (_, i) => i));

test('windows lie side by side, and the last batch is smaller', () => {
  const batches = [...sweepWindows({ corpus, batchSize: 2, nCtx: 3 })];
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
  const held = corpusFromIds(new Uint16Array(111_540));
  const batches = [...sweepWindows({ corpus: held, batchSize, nCtx: 64 })];
  expect(batches.reduce((sum, batch) => sum + batch.batchSize, 0)).toBe(1_742);
});

test('the sweep may be run again', () => {
  const sweep = sweepWindows({ corpus, batchSize: 2, nCtx: 3 });
  expect([...sweep]).toEqual([...sweep]);
});

test.each([
  [3, 1],
  [8, 2],
  [9, 3],
  [1_000, 3],
])('of at most %i tokens it has %i windows', (maxTokens, windows) => {
  const sweep = sweepWindows({ corpus, batchSize: 2, nCtx: 3, maxTokens });
  expect([...sweep].flatMap(rowsOf)).toEqual(
    [...sweepWindows({ corpus, batchSize: 2, nCtx: 3 })].flatMap(rowsOf).slice(0, windows),
  );
});

test.each(['packed', 'aligned', 'apart', 'padded'] as const)(
  '%s: order kept, and no id twice but where windows overlap',
  (documents) => {
    for (let seed = 0; seed < 50; seed++) {
      const lengths = [30, ...randomLengths(seed)];
      const nCtx = 1 + (seed % 17);
      const sweep = sweepWindows({ corpus: corpusOf(lengths), nCtx, documents, batchSize: 3 });
      const rows = [...sweep].flatMap(rowsOf);
      for (const row of rows) expect(brokenRow(row, lengths)).toBeUndefined();
      const firsts = rows.map(({ targets }) => targets.find((id) => id > 0) ?? 0).filter((id) => id > 0);
      expect(firsts).toEqual(firsts.toSorted((a, b) => a - b));
      if (documents === 'aligned') continue;
      const ids = rows.flatMap(({ targets }) => targets).filter((id) => id > 0);
      expect(new Set(ids).size).toBe(ids.length);
    }
  },
);

test.each([
  [{ batchSize: 0 }, 'batchSize must be a positive integer, got 0.'],
  [{ nCtx: 1.5 }, 'nCtx must be a positive integer, got 1.5.'],
  [{ maxTokens: 2 }, 'maxTokens must be nCtx (3) or more, got 2.'],
  [{ maxTokens: Number.NaN }, 'maxTokens must be nCtx (3) or more, got NaN.'],
  [{ nCtx: 12 }, 'nCtx must be at most 11, the ids to predict in this corpus, got 12.'],
])('refuses %j before the first batch', (wrong, message) => {
  expect(() => sweepWindows({ corpus, batchSize: 1, nCtx: 3, ...wrong })).toThrow(message);
});
