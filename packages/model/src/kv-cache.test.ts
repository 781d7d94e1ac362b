import { OutOfMemoryError, useWasmBackend } from '@gpt-ts/backend-wasm';
import { ContextOverflowError, InvalidArgumentError, Random } from '@gpt-ts/core';
import { memory, type Tensor } from '@gpt-ts/kernels';
import { beforeAll, describe, expect, test } from 'vitest';
import { GPT } from './gpt.js';
import type { GPTConfigInput } from './gpt-config.js';
import { KVCache } from './kv-cache.js';

const base: GPTConfigInput = { nLayer: 3, nHead: 2, nEmbd: 24, nCtx: 14, nVocab: 17, initStd: 0.2 };
const configs: [string, GPTConfigInput][] = [
  ['GPT-2', base],
  ['GPT-3', { ...base, attention: [{ kind: 'dense' }, { kind: 'banded', window: 3 }] }],
  ['GPT-1', { ...base, norm: 'post' }],
  ['untied', { ...base, head: 'untied' }],
  ['joint', { ...base, head: 'joint' }],
  [
    'strided',
    {
      ...base,
      attention: [
        { kind: 'strided', stride: 4 },
        { kind: 'fixed', stride: 4, summary: 1 },
      ],
    },
  ],
];
const TOLERANCE = 2e-5; // largest difference seen: 1.6e-6
const random = new Random(0, 'kv-cache');
const draw = (length: number) => Array.from({ length }, () => random.int(base.nVocab));

async function take(tensor: Tensor): Promise<Float32Array> {
  const values = (await tensor.data()) as Float32Array;
  tensor.dispose();
  return values;
}

function largestDifference(a: Float32Array, b: Float32Array): number {
  expect(a.length).toBe(b.length);
  return a.reduce((most, x, i) => Math.max(most, Math.abs(x - b[i])), 0);
}

beforeAll(async () => {
  await useWasmBackend();
});

describe.each(configs)('%s', (_, config) => {
  test('read in pieces, the logits are those of the whole', async () => {
    using model = GPT.random(config, 1);
    using cache = new KVCache(model.config, { rows: 1 });
    const ids = draw(14);
    for (const [from, to] of [
      [0, 5],
      [5, 6],
      [6, 10],
      [10, 11],
      [11, 14],
    ]) {
      const got = await take(model.nextLogits([ids.slice(from, to)], cache));
      const want = await take(model.nextLogits([ids.slice(0, to)]));
      expect(largestDifference(got, want)).toBeLessThan(TOLERANCE);
    }
    expect(cache.lengths).toEqual([14]);
  });

  test('rows of different lengths go on side by side, in any order', async () => {
    using model = GPT.random(config, 2);
    using cache = new KVCache(model.config, { rows: 3, positions: 12 });
    const rows = [draw(7), draw(2), draw(5)];
    (await take(model.nextLogits(rows, cache))).toString();
    cache.select([2, 0, 0, 1]);
    const order = [rows[2], rows[0], rows[0], rows[1]].map((row) => [...row]);
    for (let step = 0; step < 4; step++) {
      const next = draw(4);
      for (const [r, row] of order.entries()) row.push(next[r]);
      const got = await take(
        model.nextLogits(
          next.map((id) => [id]),
          cache,
        ),
      );
      const want = await Promise.all(order.map((row) => take(model.nextLogits([row]))));
      for (const [r, each] of want.entries()) {
        const row = got.slice(r * base.nVocab, (r + 1) * base.nVocab);
        expect(largestDifference(row, each)).toBeLessThan(TOLERANCE);
      }
    }
  });
});

test.each(configs)(
  '%s: a row that holds much is read beside one that is given much, when each fits',
  async (_, config) => {
    using model = GPT.random(config, 4);
    using cache = new KVCache(model.config, { rows: 3, positions: 13 });
    const before = memory();
    const texts: number[][] = [[], [], []];
    let largest = 0;
    for (const counts of [
      [10, 2, 5],
      [1, 8, 3], // 10 + 8 are more than the 13 positions, and than the 14 of the model
      [2, 1, 5],
    ]) {
      const more = counts.map(draw);
      for (const [r, ids] of more.entries()) texts[r].push(...ids);
      const got = await take(model.nextLogits(more, cache));
      for (const [r, text] of texts.entries()) {
        const want = await take(model.nextLogits([text]));
        const row = got.slice(r * base.nVocab, (r + 1) * base.nVocab);
        largest = Math.max(largest, largestDifference(row, want));
      }
    }
    if (process.env.GPT_TS_SHOW_ERRORS) console.log(`${largest.toExponential(1)} uneven`);
    expect(largest).toBeLessThan(TOLERANCE);
    expect(cache.lengths).toEqual([13, 11, 13]);
    expect(memory()).toEqual(before);
    expect(() => model.nextLogits([draw(1), draw(1), draw(1)], cache)).toThrow('14 tokens exceed nCtx 13.');
    expect(memory()).toEqual(before);
  },
);

test('a fork goes on by itself, and padding has room behind the positions', async () => {
  using model = GPT.random(base, 3);
  const before = memory();
  {
    using cache = new KVCache(model.config, { rows: 2, positions: 14, padding: 8 });
    const rows = [draw(9), draw(4)];
    await take(model.nextLogits(rows, cache));
    using fork = cache.fork([1, 0, 1]);
    expect([fork.lengths, fork.positions, fork.layers[0].shape[1]]).toEqual([[4, 9, 4], 14, 22]);
    const layers = [...fork.layers];
    for (const [at, each] of [
      [[0, 1], cache],
      [[1, 0, 1], fork],
    ] as const) {
      const next = at.map((row) => draw(row === 0 ? 1 : 10));
      const got = await take(model.nextLogits(next, each)); // row 0's padding reaches position 18
      for (const [r, row] of at.entries()) {
        const want = await take(model.nextLogits([[...rows[row], ...next[r]]]));
        expect(largestDifference(got.subarray(17 * r, 17 * (r + 1)), want)).toBeLessThan(TOLERANCE);
      }
    }
    expect(fork.layers).toEqual(layers); // none was made longer for the padding
    expect(() => cache.fork([2])).toThrow('rows must be one or more rows from 0 to 1, got [2].');
    expect(() => model.nextLogits([draw(5), draw(1)], cache)).toThrow(ContextOverflowError); // padding is no room for text
  }
  expect(memory()).toEqual(before);
});

test('what is forgotten can be read anew', async () => {
  using model = GPT.random(base, 3);
  using cache = new KVCache(model.config, { rows: 1 });
  const ids = draw(9);
  await take(model.nextLogits([ids], cache));
  cache.truncate(4);
  const got = await take(model.nextLogits([ids.slice(4)], cache));
  expect(largestDifference(got, await take(model.nextLogits([ids])))).toBeLessThan(TOLERANCE);
});

test('leaves no tensor behind', async () => {
  using model = GPT.random(base, 3);
  const before = memory();
  {
    using cache = new KVCache(model.config, { rows: 2 });
    await take(model.nextLogits([draw(3), draw(5)], cache));
    cache.select([1]);
    expect(memory().numTensors).toBe(before.numTensors + model.config.nLayer);
    await take(model.nextLogits([draw(1)], cache));
  }
  expect(memory()).toEqual(before);
});

test('a cache that the backend has no room for leaves nothing behind', () => {
  using model = GPT.random(base, 3);
  const before = memory();
  expect(() => new KVCache(model.config, { rows: 2 ** 40 })).toThrow(OutOfMemoryError);
  expect(memory()).toEqual(before);
});

test('refuses what it has no room for', () => {
  using model = GPT.random(base, 3);
  using cache = new KVCache(model.config, { rows: 1, positions: 6 });
  expect(() => model.nextLogits([draw(7)], cache)).toThrow(ContextOverflowError);
  expect(() => cache.select([1])).toThrow(InvalidArgumentError);
  expect(() => cache.select([])).toThrow(InvalidArgumentError);
  expect(() => new KVCache(model.config, { rows: 0 })).toThrow('rows must be a positive integer, got 0.');
  expect(() => new KVCache(model.config, { rows: 1, positions: 15 })).toThrow(
    'positions must be an integer from 1 to nCtx = 14, got 15.',
  );
});
