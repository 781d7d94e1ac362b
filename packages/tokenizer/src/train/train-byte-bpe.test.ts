import { InvalidArgumentError } from '@gpt-ts/core';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { referenceTrain } from '../../test/support/reference.js';
import { numRuns, unicode } from '../../test/support/unicode.js';
import type { TrainProgress } from './options.js';
import { trainByteBpe } from './train-byte-bpe.js';

const EOT = '<|endoftext|>';

/** A document that is cut at these places. */
async function* inParts(text: string, cuts: readonly number[]): AsyncGenerator<string> {
  for (let i = 0; i <= cuts.length; i++) yield text.slice(cuts[i - 1] ?? 0, cuts[i] ?? text.length);
}

/** Of 300,000 words, all different; long enough for a report on the way. */
async function* longText(): AsyncGenerator<string> {
  for (let i = 0; i < 300; i++) {
    if (i % 30 === 0) await new Promise((resolve) => setTimeout(resolve, 10));
    yield Array.from({ length: 1000 }, (_, j) => ` ${(1000 * i + j + 100_000).toString()}`).join('');
  }
}

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

  test('no merge makes the spelling of a special token', async () => {
    const tokenizer = await trainByteBpe(' the'.repeat(100), { nVocab: 300, specialTokens: ['Ġthe'] });
    expect(tokenizer.specialTokens.get('Ġthe')).toBe(tokenizer.nVocab - 1);
  });

  test('borders between the parts of a document are invisible, wherever they are', async () => {
    const text = `it'll don't 😀😀 two  spaces${EOT}the end \n\n of it'll${EOT} 12 12`;
    const options = { nVocab: 400, minFrequency: 1 };
    const { merges } = await trainByteBpe(text, options);
    for (const cut of [...text].keys()) {
      expect((await trainByteBpe([inParts(text, [cut])], options)).merges).toEqual(merges);
    }
    const cuts = Array.from({ length: text.length - 1 }, (_, i) => i + 1);
    expect((await trainByteBpe([inParts(text, cuts)], options)).merges).toEqual(merges);
    const two = await trainByteBpe([inParts('ab', [1]), inParts('cd', [1])], options);
    expect(two.merges).toEqual([
      ['a', 'b'],
      ['c', 'd'],
    ]);
  });

  test('reports what it reads and every merge', async () => {
    const seen: TrainProgress[] = [];
    const onProgress = (progress: TrainProgress): void => void seen.push(progress);
    await trainByteBpe(['ab ab', `é${EOT}ab`], { nVocab: 300, onProgress });
    const merge = { type: 'merge', maxMerges: 43 };
    expect(seen).toEqual([
      { type: 'count', bytes: 9, pieces: 3, dropped: 0 }, // 'ab', ' ab', 'é'
      { ...merge, merges: 1, merge: ['a', 'b'], count: 3 },
    ]);
  });

  test('reports also while it reads, and what it forgets', async () => {
    const seen: number[][] = [];
    await trainByteBpe(longText(), {
      nVocab: 257,
      maxPieces: 1000,
      onProgress: (event) => event.type === 'count' && seen.push([event.bytes, event.pieces, event.dropped]),
    });
    expect(seen.length).toBeGreaterThan(1);
    for (const [i, [bytes, pieces, dropped]] of seen.entries()) {
      expect(bytes).toBeGreaterThanOrEqual(seen[i - 1]?.[0] ?? 0);
      expect(pieces).toBeLessThanOrEqual(1000);
      expect(dropped).toBeGreaterThanOrEqual(seen[i - 1]?.[2] ?? 0);
    }
    expect(seen.at(-1)).toEqual([7 * 300_000, expect.any(Number), expect.any(Number)]);
    expect(seen.at(-1)![1] + seen.at(-1)![2]).toBeGreaterThanOrEqual(300_000);
  });

  test('of equally frequent pairs the lower ids come first', async () => {
    const { merges } = await trainByteBpe('zy yz ba ab', { nVocab: 300, minFrequency: 1, specialTokens: [] });
    expect(merges.slice(0, 3)).toEqual([
      ['a', 'b'],
      ['b', 'a'], // a piece of its own: ' ba'
      ['y', 'z'],
    ]);
  });

  test('words that name properties of objects are words like others', async () => {
    const text = '__proto__ constructor toString hasOwnProperty __proto__ constructor toString'.repeat(2);
    const { tokens, merges } = await trainByteBpe(text, { nVocab: 400 });
    expect(tokens).toEqual(expect.arrayContaining(['Ġconstructor', 'proto', 'Ġto']));
    expect(merges).toEqual(referenceTrain(text, 400 - 257, 2));
  });

  test('beyond maxPieces the rarest pieces are forgotten', async () => {
    const rare = Array.from(
      { length: 300 },
      (_, i) => ` ${i.toString(26).replace(/\d/g, (d) => 'qrstuvwxyz'[Number(d)])}`,
    );
    const text = ' hello'.repeat(3) + rare.join('');
    const all = await trainByteBpe(text, { nVocab: 1000, minFrequency: 1 });
    const few = await trainByteBpe(text, { nVocab: 1000, minFrequency: 1, maxPieces: 20 });
    expect(few.merges.length).toBeLessThan(all.merges.length);
    expect(few.tokens).toContain('Ġhello');
    expect((await trainByteBpe(text, { nVocab: 1000, minFrequency: 1, maxPieces: 301 })).merges).toEqual(
      all.merges,
    );
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
      { nVocab: 300, maxPieces: 0 },
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
    const sizes = fc.constantFrom(1, 2, 7, 1000);
    const frequency = fc.constantFrom(1, 2, 3);
    const property = fc.asyncProperty(text, frequency, sizes, async (text, minFrequency, size) => {
      const options = { nVocab: 290, minFrequency, specialTokens: [] };
      const merges = referenceTrain(text, 34, minFrequency);
      expect((await trainByteBpe(text, options)).merges).toEqual(merges);
      const parts = Array.from({ length: Math.ceil(text.length / size) }, (_, i) => i * size).slice(1);
      expect((await trainByteBpe([inParts(text, parts)], options)).merges).toEqual(merges);
    });
    await fc.assert(property, { numRuns });
  });
});
