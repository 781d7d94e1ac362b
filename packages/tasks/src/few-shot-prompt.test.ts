import { describe, expect, test } from 'vitest';
import { bytes } from '../test/toy-codecs.js';
import { type FewShotOptions, fewShotPrompt } from './few-shot-prompt.js';

const french = [
  { context: 'sea otter =>', completion: ' loutre de mer' },
  { context: 'peppermint =>', completion: ' menthe poivr\u00e9e' },
  { context: 'plush giraffe =>', completion: ' girafe peluche' },
];
const task: Omit<FewShotOptions, 'k'> = {
  description: 'Translate English to French:',
  examples: french,
  query: 'cheese =>',
  delimiter: '\n',
  index: 0,
  codec: bytes,
  nCtx: 1000,
};

/** A pool of one-letter items, to see draws. */
const letters = [...'abcdefghij'].map((letter) => ({ context: letter, completion: '' }));
const pool: Omit<FewShotOptions, 'k' | 'index'> = { examples: letters, query: '?', codec: bytes, nCtx: 1000 };
const shots = (k: number, index: number, more: Partial<FewShotOptions> = {}) =>
  fewShotPrompt({ ...pool, k, index, ...more }).shots;

describe('the prompt', () => {
  test('is that of Figure 2.1: zero-shot, one-shot, few-shot', () => {
    expect(fewShotPrompt({ ...task, k: 0 }).text).toBe('Translate English to French:\ncheese =>');
    expect(fewShotPrompt({ ...task, k: 1, examples: french.slice(0, 1) }).text).toBe(
      'Translate English to French:\nsea otter => loutre de mer\ncheese =>',
    );
    const few = fewShotPrompt({ ...task, k: 3 });
    const lines = few.text.split('\n');
    expect(lines).toHaveLength(5);
    expect(lines.slice(1, 4)).toEqual(few.shots.map((i) => french[i].context + french[i].completion));
    expect(few.tokens).toBe(bytes.encode(few.text).length);
  });

  test('has blank lines between its parts and no description unless told otherwise', () => {
    const { text } = fewShotPrompt({ ...pool, examples: letters.slice(0, 1), k: 1, index: 0 });
    expect(text).toBe('a\n\n?');
  });
});

describe('the draw', () => {
  test('depends on seed and index alone', () => {
    const first = shots(5, 3);
    shots(5, 4);
    expect(shots(5, 3)).toEqual(first);
    expect(shots(5, 3, { query: 'other', description: 'other' })).toEqual(first);
    expect(shots(5, 4)).not.toEqual(first);
    expect(shots(5, 3, { seed: 1 })).not.toEqual(first);
    expect(shots(5, 3, { seed: 0 })).toEqual(first);
    expect(first).toEqual([6, 2, 8, 9, 0]); // pinned: a change moves published scores
  });

  test('of a smaller K is the beginning of that of a larger one', () => {
    for (let k = 0; k < 10; k++) expect(shots(k, 1)).toEqual(shots(10, 1).slice(0, k));
  });

  test('has no example twice, never the excluded one, and each equally often', () => {
    const counts = new Array<number>(10).fill(0);
    for (let index = 0; index < 3000; index++) {
      const drawn = shots(3, index, { exclude: 4 });
      expect(new Set(drawn).size).toBe(3);
      for (const i of drawn) counts[i]++;
    }
    expect(counts[4]).toBe(0);
    counts.splice(4, 1);
    for (const count of counts) expect(Math.abs(count - 1000)).toBeLessThan(130); // 5 sd
  });

  test('is clipped to what the pool holds', () => {
    expect(shots(99, 0).toSorted()).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
    expect(shots(99, 0, { exclude: 0 }).toSorted()).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9]);
    expect(shots(99, 0, { exclude: 10 })).toHaveLength(10); // none of the pool
    expect(shots(99, 0, { exclude: [0, 3, 3, 10] }).toSorted()).toEqual([1, 2, 4, 5, 6, 7, 8, 9]);
    expect(shots(5, 0, { examples: [] })).toEqual([]);
    expect(shots(5, 0, { examples: letters.slice(0, 1), exclude: 0 })).toEqual([]);
  });
});

describe('nCtx', () => {
  test('clips K to what fits, keeping the first examples drawn', () => {
    // the query takes 1 token, each example 1 and a delimiter of 2
    for (const [nCtx, k] of [
      [1, 0],
      [3, 0],
      [4, 1],
      [6, 1],
      [7, 2],
      [31, 10],
    ]) {
      const prompt = fewShotPrompt({ ...pool, k: 10, index: 2, nCtx });
      expect(prompt.shots).toEqual(shots(10, 2).slice(0, k));
      expect(prompt.tokens).toBe(1 + 3 * k);
    }
  });

  test('counts the tokens reserved for the answer', () => {
    expect(fewShotPrompt({ ...pool, k: 10, index: 2, nCtx: 9, reserveTokens: 2 }).tokens).toBe(7);
    expect(fewShotPrompt({ ...pool, k: 10, index: 2, nCtx: 9, reserveTokens: 3 }).tokens).toBe(4);
  });

  test('must hold the query', () => {
    expect(() => fewShotPrompt({ ...task, k: 3, nCtx: 40, reserveTokens: 4 })).toThrow(
      'query must be at most 36 tokens with its description, got 38. Shorten them, or use a model with a larger nCtx.',
    );
  });
});

test.each([-1, 1.5, Number.NaN])('K must be a count, not %s', (k) => {
  expect(() => fewShotPrompt({ ...task, k })).toThrow(`k must be a non-negative integer, got ${k}.`);
});
