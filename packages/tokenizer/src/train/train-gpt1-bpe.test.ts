import { InvalidArgumentError, MemoryStorage } from '@gpt-ts/core';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { numRuns } from '../../test/support/unicode.js';
import type { Merge } from '../bpe/merge-ranks.js';
import { bertWords } from '../gpt1/bert-words.js';
import { loadTokenizer } from '../load-tokenizer.js';
import type { TrainProgress } from './options.js';
import { trainGpt1Bpe } from './train-gpt1-bpe.js';

/** subword-nmt's loop on strings: recounts everything after each merge; of equals the largest pair of strings wins. */
function referenceTrain(words: readonly string[], maxMerges: number, minFrequency: number): Merge[] {
  let symbols = words.map((word) => [...word].map((c, i, all) => (i < all.length - 1 ? c : `${c}</w>`)));
  const merges: Merge[] = [];
  const points = (text: string) =>
    [...text].map((c) => c.codePointAt(0)!.toString(16).padStart(6, '0')).join('');
  while (merges.length < maxMerges) {
    const counts = new Map<string, number>();
    for (const word of symbols) {
      for (let i = 0; i + 1 < word.length; i++) {
        const key = `${word[i]} ${word[i + 1]}`;
        counts.set(key, (counts.get(key) ?? 0) + 1);
      }
    }
    const keyed = [...counts].map(([key, count]) => ({ pair: key.split(' '), count }));
    const order = ([l, r]: string[]) => `${points(l)} ${points(r)}`;
    const [best] = keyed.sort((a, b) => b.count - a.count || (order(a.pair) < order(b.pair) ? 1 : -1));
    if (best === undefined || best.count < minFrequency) break;
    const [left, right] = best.pair;
    merges.push([left, right]);
    symbols = symbols.map((word) => {
      const out: string[] = [];
      for (let i = 0; i < word.length; i++) {
        if (word[i] === left && word[i + 1] === right) out.push(left + word[++i]);
        else out.push(word[i]);
      }
      return out;
    });
  }
  return merges;
}

test('orders ids as GPT-1 does', async () => {
  const gpt1 = await trainGpt1Bpe('low low\nlow lower', { nVocab: 100 });
  expect(gpt1.tokens.slice(0, 11).join(' ')).toBe('<unk> l o w e r l</w> o</w> w</w> e</w> r</w>');
  expect(gpt1.merges.slice(0, 2)).toEqual([
    ['l', 'o'],
    ['lo', 'w</w>'],
  ]);
  expect(gpt1.tokens.at(-1)).toBe('\n</w>');
  expect(gpt1.encode('Low\nlow')).toEqual([12, gpt1.nVocab - 1, 12]);
  expect(gpt1.decode(gpt1.encode('Low, low'))).toBe('low <unk>low');
});

test('of equally frequent pairs the later one in the order of code points wins', async () => {
  const options = { nVocab: 100, minFrequency: 1, pipeline: 'huggingface' } as const;
  expect((await trainGpt1Bpe('ab ac bc', options)).merges.map((merge) => merge.join(' '))).toEqual([
    'b c</w>',
    'a c</w>',
    'a b</w>',
  ]);
  // In lower case U+10428, which comes after U+FEF4, although its first half, U+D801, comes before it.
  const { merges } = await trainGpt1Bpe('x\u{10400}q x\u{fef4}q', options);
  expect(merges[0]).toEqual(['\u{10428}', 'q</w>']);
});

test('characters are in order of frequency, of equals in that of code points', async () => {
  const { tokens } = await trainGpt1Bpe('b a\nc c é', { nVocab: 10 });
  expect(tokens).toEqual(['<unk>', 'c', 'a', 'b', 'é', 'c</w>', 'a</w>', 'b</w>', 'é</w>', '\n</w>']);
});

test('spaces, line breaks and empty texts teach nothing', async () => {
  for (const text of ['', ' \n\n ', ['', '\n', '\t \r\n']]) {
    expect((await trainGpt1Bpe(text, { nVocab: 100, minFrequency: 1 })).tokens).toEqual(['<unk>', '\n</w>']);
  }
});

test('minFrequency, maxPieces, progress and the signal are those of byte-level training', async () => {
  const events: TrainProgress[] = [];
  const text = 'aab aab aab cd cd é';
  const onProgress = (event: TrainProgress): void => void events.push(event);
  const gpt1 = await trainGpt1Bpe(text, { nVocab: 100, minFrequency: 3, maxPieces: 2, onProgress });
  expect(gpt1.merges).toEqual([
    ['a', 'b</w>'],
    ['a', 'ab</w>'],
  ]);
  const merge = { type: 'merge', maxMerges: 100 - 6, count: 3 };
  expect(events).toEqual([
    { type: 'count', bytes: 20, pieces: 1, dropped: 2 },
    { ...merge, merges: 1, merge: ['a', 'b</w>'] },
    { ...merge, merges: 2, merge: ['a', 'ab</w>'] },
  ]);
  const reason = new Error('enough');
  const stopped = trainGpt1Bpe(text, { nVocab: 100, signal: AbortSignal.abort(reason) });
  await expect(stopped).rejects.toBe(reason);
});

test('what is saved loads again', async () => {
  const gpt1 = await trainGpt1Bpe('the cat, the hat; the bat. '.repeat(3), { nVocab: 60 });
  const storage = new MemoryStorage();
  await gpt1.save(storage);
  const loaded = await loadTokenizer(storage);
  expect(loaded).toMatchObject({ kind: 'gpt1-bpe', tokens: gpt1.tokens, merges: gpt1.merges });
  expect(loaded.encode('the that')).toEqual(gpt1.encode('the that'));
});

test('learns what a full recount after every merge learns', async () => {
  const text = fc.string({ unit: fc.constantFrom('a', 'b', 'é', '😀', '\uffee', ' ', '.'), maxLength: 60 });
  const property = fc.asyncProperty(text, fc.constantFrom(1, 2, 3), async (text, minFrequency) => {
    const gpt1 = await trainGpt1Bpe(text, { nVocab: 60, minFrequency, pipeline: 'huggingface' });
    const words = bertWords(text).map((word) => word.toLowerCase());
    const characters = new Set(words.join(''));
    expect(gpt1.merges).toEqual(referenceTrain(words, 60 - 2 - 2 * characters.size, minFrequency));
  });
  await fc.assert(property, { numRuns });
});

test('a document in parts gives what the whole gives', async () => {
  const text = "The cat sat.\nThe cat ran, the rat sat.\nDon't!\n".repeat(3);
  async function* parts(size: number) {
    for (let at = 0; at < text.length; at += size) yield text.slice(at, at + size);
  }
  const whole = await trainGpt1Bpe(text, { nVocab: 70 });
  for (const size of [1, 5, 1000]) {
    expect((await trainGpt1Bpe([parts(size)], { nVocab: 70 })).tokens).toEqual(whole.tokens);
  }
});

test('refuses a vocabulary without room for the characters', async () => {
  await expect(trainGpt1Bpe('abc', { nVocab: 7 })).rejects.toThrow(InvalidArgumentError);
  await expect(trainGpt1Bpe('abc', { nVocab: 7 })).rejects.toThrow('at least 8, for 3 characters');
  expect((await trainGpt1Bpe('abc', { nVocab: 8 })).nVocab).toBe(8);
});
