import { Random } from '@gpt-ts/core';
import { describe, expect, test, vi } from 'vitest';
import {
  brokenRow,
  corpusOf,
  documentOf,
  EOT,
  randomLengths,
  rowsOf,
} from '../test/support/random-corpus.js';
import { corpusFromIds } from './corpus.js';
import { shuffledSequences } from './shuffled-sequences.js';

const LAYOUTS = ['packed', 'aligned', 'apart', 'padded'] as const;

/** Corpora of all shapes with windows of all sizes, each with room for one. */
const cases = Array.from({ length: 60 }, (_, seed) => {
  const lengths = randomLengths(seed);
  const room = lengths.reduce((sum, length) => sum + length + 1, 0);
  return { seed, lengths, nCtx: 1 + new Random(seed, 'nCtx').int(Math.min(room, 50)) };
});

type Options = Parameters<typeof shuffledSequences>[0];
const epochOf = (options: Options, epoch: number) => {
  const sequences = shuffledSequences(options);
  return rowsOf(sequences.batch(epoch * sequences.perEpoch, sequences.perEpoch));
};

/** How often each id is a target. */
function countTargets(rows: { targets: number[] }[]): Map<number, number> {
  const counts = new Map<number, number>();
  for (const id of rows.flatMap(({ targets }) => targets)) counts.set(id, (counts.get(id) ?? 0) + 1);
  counts.delete(-1);
  return counts;
}

describe.each(LAYOUTS)('%s', (documents) => {
  test('every row is a piece of the corpus', () => {
    for (const { seed, lengths, nCtx } of cases) {
      for (const row of epochOf({ corpus: corpusOf(lengths), nCtx, documents, seed }, seed % 3)) {
        expect(brokenRow(row, lengths)).toBeUndefined();
      }
    }
  });

  test('a sequence depends on seed and number alone', () => {
    for (const { seed, lengths, nCtx } of cases.slice(0, 20)) {
      const options = { corpus: corpusOf(lengths), nCtx, documents, seed };
      const all = rowsOf(shuffledSequences(options).batch(0, 40));
      const sequences = shuffledSequences(options);
      const random = new Random(seed, 'access');
      for (let i = 0; i < 20; i++) {
        const first = random.int(40);
        const count = 1 + random.int(40 - first);
        expect(rowsOf(sequences.batch(first, count))).toEqual(all.slice(first, first + count));
      }
    }
  });

  test('epochs and seeds differ in order, and 0 is the default seed', () => {
    const options = { corpus: corpusOf([9, 12, 30, 7, 8, 25, 11, 14]), nCtx: 6, documents };
    const epochs = [0, 1, 2, 1_000_000].map((epoch) => JSON.stringify(epochOf(options, epoch)));
    expect(new Set(epochs).size).toBe(4);
    expect(epochOf({ ...options, seed: 1 }, 0)).not.toEqual(epochOf(options, 0));
    expect(epochOf({ ...options, seed: 0 }, 0)).toEqual(epochOf(options, 0));
  });
});

describe('coverage of an epoch', () => {
  test('packed: each id once, each end-of-text once, but for a remainder of fewer than nCtx', () => {
    for (const { seed, lengths, nCtx } of cases) {
      for (const epoch of [0, 7]) {
        const rows = epochOf({ corpus: corpusOf(lengths), nCtx, seed }, epoch);
        const counts = countTargets(rows);
        const places = lengths.reduce((sum, length) => sum + length + 1, 0);
        expect(rows).toHaveLength(Math.floor(places / nCtx));
        expect(counts.get(EOT) ?? 0).toBeLessThanOrEqual(lengths.length);
        counts.delete(EOT);
        for (const count of counts.values()) expect(count).toBe(1);
      }
    }
  });

  test('packed: the remainder is another one each epoch, so nothing is left out for good', () => {
    const lengths = [9, 12, 30, 7];
    const seen = new Set<number>();
    for (let epoch = 0; epoch < 12; epoch++) {
      const rows = epochOf({ corpus: corpusOf(lengths), nCtx: 20 }, epoch); // 60 of 62 places
      for (const id of countTargets(rows).keys()) seen.add(id);
    }
    expect(seen.size).toBe(58 + 1);
  });

  test('packed: a lone text without end-of-text is never joined to itself', () => {
    for (let nCtx = 1; nCtx < 39; nCtx++) {
      const offsets = new Set<number>();
      for (let epoch = 0; epoch < 20; epoch++) {
        const rows = epochOf({ corpus: corpusOf([40], false), nCtx }, epoch);
        expect(rows).toHaveLength(Math.floor(39 / nCtx));
        for (const row of rows) expect(brokenRow(row, [40])).toBeUndefined();
        for (const count of countTargets(rows).values()) expect(count).toBe(1);
        expect(countTargets(rows).has(EOT)).toBe(false);
        offsets.add(Math.min(...rows.map(({ inputs }) => inputs[0])));
      }
      if (39 % nCtx > 0) expect(offsets.size).toBeGreaterThan(1); // the cut moves within the remainder
    }
  });

  test('aligned: each document begins one window', () => {
    for (const { seed, lengths, nCtx } of cases) {
      const rows = epochOf({ corpus: corpusOf(lengths), nCtx, documents: 'aligned', seed }, 1);
      expect(rows.map(({ inputs }) => inputs[0])).toEqual(lengths.map(() => EOT));
      const begun = rows.map(({ targets }) => documentOf(targets[0]));
      expect(begun.sort((a, b) => a - b)).toEqual(lengths.map((_, k) => k));
    }
  });

  test('apart: each id once, and end-of-text once a document', () => {
    for (const { seed, lengths, nCtx } of cases) {
      const counts = countTargets(epochOf({ corpus: corpusOf(lengths), nCtx, documents: 'apart', seed }, 2));
      expect(counts.get(EOT)).toBe(lengths.length);
      counts.delete(EOT);
      expect(counts.size).toBe(lengths.reduce((sum, length) => sum + length, 0));
      for (const count of counts.values()) expect(count).toBe(1);
    }
  });

  test('padded: the beginning of each document once', () => {
    for (const { seed, lengths, nCtx } of cases) {
      const options = { corpus: corpusOf(lengths), nCtx, documents: 'padded', seed } as const;
      const counts = countTargets(epochOf(options, 2));
      counts.delete(EOT);
      const begins = lengths.flatMap((length, k) =>
        Array.from({ length: Math.min(length, nCtx) }, (_, i) => 1000 * (k + 1) + i),
      );
      expect([...counts.keys()].sort((a, b) => a - b)).toEqual(begins);
      for (const count of counts.values()) expect(count).toBe(1);
    }
  });

  test.each(['apart', 'padded'] as const)('%s: no window shows two documents', (documents) => {
    for (const { seed, lengths, nCtx } of cases) {
      for (const separated of [true, false]) {
        const corpus = corpusOf(separated ? lengths : lengths.map((length) => length + 1), separated);
        for (const { inputs, targets } of epochOf({ corpus, nCtx, documents, seed }, 1)) {
          const shown = [...inputs, ...targets].filter((id) => id > 0);
          expect(new Set(shown.map(documentOf)).size).toBe(1);
        }
      }
    }
  });
});

test('a batch is not one long document, and documents change their neighbours', () => {
  const options = { corpus: corpusOf([400, 400, 400, 400]), nCtx: 10, seed: 2 };
  for (let epoch = 0; epoch < 5; epoch++) {
    const batch = epochOf(options, epoch).slice(0, 12);
    expect(new Set(batch.flatMap(({ inputs }) => inputs.map(documentOf))).size).toBeGreaterThan(2);
  }
  const after = new Set<number>();
  for (let epoch = 0; epoch < 20; epoch++) {
    for (const { inputs } of epochOf(options, epoch)) {
      const end = inputs.indexOf(1399); // the last id of the first document
      if (end >= 0 && end + 2 < inputs.length) after.add(documentOf(inputs[end + 2]));
    }
  }
  expect(after).toEqual(new Set([1, 2, 3]));
});

test('16-bit ids give the same batches as 32-bit ids, in memory of their own', () => {
  const ids = Int32Array.from({ length: 200 }, (_, i) => i % 13);
  const of = (array: Int32Array | Uint16Array) =>
    shuffledSequences({ corpus: corpusFromIds(array, { eotId: 0 }), nCtx: 8 });
  const sequences = of(Uint16Array.from(ids));
  const batch = sequences.batch(3, 5);
  expect(batch).toEqual(of(ids).batch(3, 5));
  const copy = batch.inputs.slice();
  sequences.batch(3, 5).inputs.fill(-1);
  expect(batch.inputs).toEqual(copy);
});

test('set-up reads no ids, and a batch no more than its own', () => {
  const ids = new Uint16Array(1_000_000).fill(1);
  for (let i = 700; i < ids.length; i += 700) ids[i] = 0;
  const corpus = corpusFromIds(ids, { eotId: 0 });
  const subarray = vi.spyOn(ids, 'subarray');
  const slice = vi.spyOn(ids, 'slice');
  for (const documents of LAYOUTS) {
    const sequences = shuffledSequences({ corpus, nCtx: 1024, documents });
    expect(subarray).not.toHaveBeenCalled();
    sequences.batch(0, 12);
    const read = subarray.mock.results.reduce((sum, { value }) => sum + value.length, 0);
    expect(read).toBeGreaterThan(12 * 600);
    expect(read).toBeLessThan(12 * 2 * 1025);
    expect(slice).not.toHaveBeenCalled();
    subarray.mockClear();
  }
});

describe('refuses', () => {
  const corpus = corpusOf([5, 5]);

  test.each([
    [{ nCtx: 0 }, 'nCtx must be a positive integer, got 0.'],
    [{ nCtx: 13 }, 'nCtx must be at most 12,'],
    [{ seed: -1 }, 'seed must be an integer from 0 to 2^53 - 1, got -1.'],
  ])('the option %j', (wrong, message) => {
    expect(() => shuffledSequences({ corpus, nCtx: 4, ...wrong })).toThrow(message);
  });

  test('numbers that are none', () => {
    const sequences = shuffledSequences({ corpus, nCtx: 4 });
    expect(() => sequences.batch(-1, 1)).toThrow('first must be an integer from 0 to 2^53 - 1, got -1.');
    expect(() => sequences.batch(0, 0)).toThrow('count must be a positive integer, got 0.');
    expect(() => sequences.batch(0.5, 1)).toThrow('first must be');
  });
});
