import { Random } from '@gpt-ts/core';
import { describe, expect, test } from 'vitest';
import { corpusOf, rowsOf } from '../test/support/random-corpus.js';
import { fillBatch } from './batch.js';
import { type MixtureSource, mixture } from './mixture.js';
import type { Sequences } from './sequences.js';
import { shuffledSequences } from './shuffled-sequences.js';

/** A source whose sequence `i` holds its own name and `i`. */
function source(name: number, weight: number, perEpoch = 100): MixtureSource {
  const sequences: Sequences = {
    nCtx: 2,
    perEpoch,
    batch: (first, count) =>
      fillBatch(count, 2, (row, inputs, targets) => {
        inputs.set([name, first + row]);
        targets.set([first + row, -1]);
      }),
  };
  return { sequences, weight };
}

/** Which source each sequence is from, and its number there. */
const drawn = (sequences: Sequences, first: number, count: number) =>
  rowsOf(sequences.batch(first, count)).map(({ inputs: [name, number] }) => ({ name, number }));

describe('shares', () => {
  test.each([
    [[1, 1], 10, [5, 5]],
    [[0.6, 0.3, 0.1], 10, [6, 3, 1]],
    [[1, 1, 1], 10, [4, 3, 3]], // of equal remainders the first
    [[50, 30, 20], 7, [4, 2, 1]], // quotas 3.5, 2.1, 1.4
    [[60, 22, 8, 8, 3], 101, [60, 22, 8, 8, 3]],
    [[60, 22, 8, 8, 3], 100, [59, 22, 8, 8, 3]], // quotas 59.4, 21.8, 7.9, 7.9, 3.0
    [[5], 3, [3]],
  ])('weights %j in rounds of %i give %j of each', (weights, roundLength, counts) => {
    const mixed = mixture({ sources: weights.map((weight, i) => source(i, weight)), roundLength });
    for (const round of [0, 1, 50]) {
      const names = drawn(mixed, round * roundLength, roundLength).map(({ name }) => name);
      expect(weights.map((_, i) => names.filter((name) => name === i).length)).toEqual(counts);
    }
  });

  test('rounds and seeds differ in order', () => {
    const sources = [source(0, 1), source(1, 1)];
    const names = (seed: number, round: number) =>
      drawn(mixture({ sources, seed, roundLength: 50 }), 50 * round, 50)
        .map(({ name }) => name)
        .join('');
    expect(new Set([names(0, 0), names(0, 1), names(0, 2), names(1, 0)]).size).toBe(4);
  });
});

test('each source goes on in its own order, without gaps, whatever is asked', () => {
  const sources = [source(0, 5), source(1, 3), source(2, 1)];
  const all = drawn(mixture({ sources, seed: 4, roundLength: 12 }), 0, 200);
  for (const name of [0, 1, 2]) {
    const numbers = all.filter((row) => row.name === name).map(({ number }) => number);
    expect(numbers).toEqual(numbers.map((_, i) => i));
  }
  const random = new Random(5);
  const mixed = mixture({ sources, seed: 4, roundLength: 12 });
  for (let i = 0; i < 100; i++) {
    const first = random.int(200);
    const count = 1 + random.int(200 - first);
    expect(drawn(mixed, first, count)).toEqual(all.slice(first, first + count));
  }
});

test('sequence 10^12 costs what sequence 0 costs, and its numbers are exact', () => {
  const mixed = mixture({ sources: [source(0, 3), source(1, 1)], roundLength: 4 });
  const numbers = rowsOf(mixed.batch(4e12, 4)).map(({ inputs }) => inputs);
  expect(numbers.filter(([name]) => name === 0)).toHaveLength(3);
  expect(mixed.epochs(4e12)).toEqual([3e10, 1e10]);
});

test('real sources: no document is seen again before all of its source were', () => {
  const [a, b] = [corpusOf(new Array(20).fill(3)), corpusOf(new Array(30).fill(3))].map((corpus, seed) =>
    shuffledSequences({ corpus, nCtx: 4, documents: 'padded', seed }),
  );
  const mixed = mixture({
    sources: [
      { sequences: a, weight: 2 },
      { sequences: b, weight: 3 },
    ],
    roundLength: 10,
  });
  expect([mixed.nCtx, mixed.perEpoch]).toEqual([4, 50]);
  const rows = rowsOf(mixed.batch(0, 50)).map(({ inputs }) => inputs.join(' '));
  const counts = new Map<string, number>();
  for (const row of rows) counts.set(row, (counts.get(row) ?? 0) + 1);
  const twice = [...counts.values()].filter((count) => count === 2).length; // documents 0 to 19 look alike in both
  expect([counts.size, twice, mixed.epochs(50)]).toEqual([30, 20, [1, 1]]);
});

test('epochs count what was drawn, within a round too', () => {
  const sources = [source(0, 3, 10), source(1, 1, 40)];
  const mixed = mixture({ sources, seed: 6, roundLength: 8 });
  for (const n of [0, 1, 5, 8, 13, 100]) {
    const names = n === 0 ? [] : drawn(mixed, 0, n).map(({ name }) => name);
    const of = (wanted: number) => names.filter((name) => name === wanted).length;
    expect(mixed.epochs(n)).toEqual([of(0) / 10, of(1) / 40]);
  }
});

test('table 2.2 of the GPT-3 paper: epochs of each data set when training for 300 billion tokens', () => {
  const nCtx = 2048;
  const table = [
    { name: 'Common Crawl', tokens: 410e9, weight: 60, epochs: 0.44 },
    { name: 'WebText2', tokens: 19e9, weight: 22, epochs: 3.47 }, // printed: 2.9
    { name: 'Books1', tokens: 12e9, weight: 8, epochs: 2.0 }, // printed: 1.9
    { name: 'Books2', tokens: 55e9, weight: 8, epochs: 0.44 }, // printed: 0.43
    { name: 'Wikipedia', tokens: 3e9, weight: 3, epochs: 3.0 }, // printed: 3.4
  ];
  // The printed epochs come from shares and sizes that were not rounded; these from the table's own figures. Its weights
  // add up to 101, so that 303 billion tokens are what they count as 300.
  const sources = table.map(({ tokens, weight }, i) => source(i, weight, Math.round(tokens / nCtx)));
  const mixed = mixture({ sources, roundLength: 101 });
  const epochs = mixed.epochs(Math.round(303e9 / nCtx)).map((value) => Number(value.toFixed(2)));
  expect(epochs).toEqual(table.map((row) => row.epochs));
});

describe('refuses', () => {
  test.each([
    [[], {}, 'sources must be at least one, got 0.'],
    [[source(0, 0)], {}, 'sources[0].weight must be a positive number, got 0.'],
    [[source(0, 1), source(1, Number.NaN)], {}, 'sources[1].weight must be a positive number, got NaN.'],
    [
      [source(0, 1), source(1, 1e-6)],
      {},
      'sources[1].weight must be large enough for one sequence in a round of 1000, got 0.000001.',
    ],
    [[source(0, 1)], { roundLength: 0 }, 'roundLength must be a positive integer, got 0.'],
    [[source(0, 1)], { seed: -1 }, 'seed must be'],
    [
      [source(0, 1), { sequences: { ...source(1, 1).sequences, nCtx: 3 }, weight: 1 }],
      {},
      'sources[1].sequences.nCtx must be 2, as that of sources[0], got 3.',
    ],
  ])('case %#', (sources, options, message) => {
    expect(() => mixture({ sources, ...options })).toThrow(message);
  });

  test('numbers that are none', () => {
    const mixed = mixture({ sources: [source(0, 1)] });
    expect(() => mixed.batch(-1, 1)).toThrow('first must be');
    expect(() => mixed.batch(0, 0)).toThrow('count must be');
    expect(() => mixed.epochs(-1)).toThrow('n must be');
  });
});
