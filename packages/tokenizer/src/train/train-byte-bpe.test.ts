import { InvalidArgumentError } from '@gpt-ts/core';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { referenceTrain } from '../../test/support/reference.js';
import { numRuns, unicode } from '../../test/support/unicode.js';
import { type TrainByteBpeProgress, trainByteBpe } from './train-byte-bpe.js';

const EOT = '<|endoftext|>';

describe('trainByteBpe', () => {
  test("works Wikipedia's example", async () => {
    const text = 'aaabdaaabac';
    const tokenizer = await trainByteBpe(text, { nVocab: 259, specialTokens: [] });
    expect(tokenizer.merges).toEqual([
      ['a', 'a'], // Z
      ['a', 'b'], // Y
      ['aa', 'ab'], // X = ZY, one of two pairs that occur twice
    ]);
    expect(tokenizer.encode(text)).toEqual([258, 67, 258, 64, 66]); // XdXac
    expect(tokenizer.decode([258, 67, 258, 64, 66])).toBe(text);
  });

  test('puts special tokens last and reaches nVocab exactly', async () => {
    const tokenizer = await trainByteBpe('low lower lowest '.repeat(3), { nVocab: 262 });
    expect(tokenizer).toMatchObject({ nVocab: 262, eotId: 261 });
    expect(tokenizer.merges).toHaveLength(5);
  });

  test('stops early when pairs run out or are rarer than minFrequency', async () => {
    expect((await trainByteBpe('', { nVocab: 1000 })).nVocab).toBe(257);
    expect((await trainByteBpe('abab', { nVocab: 1000 })).merges).toEqual([['a', 'b']]);
    expect((await trainByteBpe('abab', { nVocab: 1000, minFrequency: 1 })).merges).toEqual([
      ['a', 'b'],
      ['ab', 'ab'],
    ]);
    expect((await trainByteBpe('abab', { nVocab: 1000, minFrequency: 3 })).merges).toEqual([]);
  });

  test('learns nothing from or across special tokens', async () => {
    const options = { nVocab: 300, minFrequency: 1 };
    const tokenizer = await trainByteBpe(`ab${EOT}cd${EOT}${EOT}`, options);
    expect(tokenizer.merges).toEqual([
      ['a', 'b'],
      ['c', 'd'],
    ]);
    expect((await trainByteBpe(['ab', 'cd'], options)).merges).toEqual(tokenizer.merges);
    expect((await trainByteBpe(EOT, { ...options, specialTokens: [] })).merges.length).toBeGreaterThan(5);
  });

  test('takes one text, a list, a generator or an asynchronous source', async () => {
    const texts = ['the cat ', 'the hat ', 'the bat'];
    async function* stream() {
      yield* texts;
    }
    const options = { nVocab: 264 };
    const { merges } = await trainByteBpe(texts, options);
    expect((await trainByteBpe(new Set(texts), options)).merges).toEqual(merges);
    expect((await trainByteBpe(stream(), options)).merges).toEqual(merges);
  });

  test('reports every merge', async () => {
    const seen: TrainByteBpeProgress[] = [];
    await trainByteBpe('ab ab', { nVocab: 300, onProgress: (progress) => seen.push(progress) });
    expect(seen).toEqual([{ merges: 1, maxMerges: 43, merge: ['a', 'b'], count: 2 }]);
  });

  test('stops with the reason of its signal, also one that arrives by a timer', async () => {
    const reason = new Error('enough');
    const early = trainByteBpe('abab', { nVocab: 300, signal: AbortSignal.abort(reason) });
    await expect(early).rejects.toBe(reason);
    const controller = new AbortController();
    setTimeout(() => controller.abort(reason), 1);
    function* endless() {
      for (let i = 0; ; i++) yield `${i} `;
    }
    const late = trainByteBpe(endless(), { nVocab: 300, signal: controller.signal });
    await expect(late).rejects.toBe(reason);
  });

  test('refuses options out of range', async () => {
    const wrong = [{ nVocab: 256 }, { nVocab: 300.5 }, { nVocab: 2 ** 21 }, { nVocab: Number.NaN }];
    for (const options of [
      ...wrong,
      { nVocab: 300, minFrequency: 0 },
      { nVocab: 300, specialTokens: ['a'] },
    ]) {
      await expect(trainByteBpe('text', options)).rejects.toThrow(InvalidArgumentError);
    }
    await expect(trainByteBpe('text', { nVocab: 256 })).rejects.toThrow(
      'nVocab must be an integer from 257 to 1048576, got 256.',
    );
  });

  test('one piece of a million characters takes seconds, not hours', { timeout: 60_000 }, async () => {
    const tokenizer = await trainByteBpe('abracadabra'.repeat(100_000), { nVocab: 300 });
    expect(tokenizer.merges.slice(0, 2)).toEqual([
      ['a', 'b'],
      ['r', 'a'],
    ]);
  });

  test('learns what a full recount after every merge learns', async () => {
    const runs = fc.array(fc.constantFrom('a', 'aa', 'aaa', 'ab', 'b', ' ', 'ba'), { maxLength: 40 });
    const joined = runs.map((parts) => parts.join(''));
    const text = fc.oneof(joined, unicode);
    const property = fc.asyncProperty(text, fc.constantFrom(1, 2, 3), async (text, minFrequency) => {
      const tokenizer = await trainByteBpe(text, { nVocab: 290, minFrequency, specialTokens: [] });
      expect(tokenizer.merges).toEqual(referenceTrain(text, 34, minFrequency));
    });
    await fc.assert(property, { numRuns });
  });
});
