import { useWasmBackend } from '@gpt-ts/backend-wasm';
import { InvalidArgumentError } from '@gpt-ts/core';
import { beforeAll, expect, test } from 'vitest';
import { GPT } from './gpt.js';
import { growVocabulary } from './grow-vocabulary.js';

const sizes = { nLayer: 1, nHead: 2, nEmbd: 8, nCtx: 5, nVocab: 7 };
const ids = Int32Array.of(3, 1, 6, 2);

beforeAll(async () => {
  await useWasmBackend();
});

test.each(['tied', 'untied', 'joint'] as const)(
  'a %s model says what it said of the old tokens',
  async (head) => {
    using model = GPT.random({ ...sizes, head }, 1);
    using grown = await growVocabulary(model, 3);
    expect(grown.config.nVocab).toBe(10);
    const [before, after] = await Promise.all([model.logits(ids).data(), grown.logits(ids).data()]);
    const [n, m] = [before.length / 4, after.length / 4];
    expect(m - n).toBe(3);
    for (let t = 0; t < 4; t++) {
      const old = [...after.slice(t * m, t * m + 7), ...after.slice(t * m + 10, (t + 1) * m)];
      expect(old).toEqual([...before.slice(t * n, (t + 1) * n)]);
    }
    expect(() => grown.logits(Int32Array.of(9))).not.toThrow();
  },
);

test('the new rows are small, of their own, and the same for one seed', async () => {
  using model = GPT.random(sizes, 1);
  using one = await growVocabulary(model, 3, 5);
  using same = await growVocabulary(model, 3, 5);
  using other = await growVocabulary(model, 3, 6);
  const rows = async (each: GPT) => (await each.values()).get('wte.weight')!.data.slice(7 * 8);
  expect(await rows(one)).toEqual(await rows(same));
  expect(await rows(one)).not.toEqual(await rows(other));
  const values = [...(await rows(one))];
  expect(new Set(values).size).toBe(24);
  expect(Math.max(...values.map(Math.abs))).toBeLessThan(0.08); // 4 deviations; seen: 0.04
});

test('a count that is none is refused', async () => {
  using model = GPT.random(sizes, 1);
  await expect(growVocabulary(model, 0)).rejects.toThrow(InvalidArgumentError);
});
