/** `findCollisions` and `cleanDocument` together, as GPT-3's appendix C has them. */
import { Random } from '@gpt-ts/core';
import { describe, expect, test } from 'vitest';
import { naiveGrams, naiveWords, randomDocument } from '../../test/support/naive-overlap.js';
import { type CleaningOptions, cleanDocument } from './clean-document.js';
import { type CollisionOptions, findCollisions } from './find-collisions.js';
import type { WordRule } from './words.js';

const secret = 'one two three four five six seven eight nine ten eleven twelve thirteen';
/** Words that are in nothing else, 5 characters each with the space behind them. */
const filler = (seed: number, words: number) =>
  Array.from({ length: words }, (_, i) => `${(seed * 1000 + i + 36 ** 3).toString(36)} `).join('');

async function clean(document: string, options: CleaningOptions = {}, others: CollisionOptions = {}) {
  return cleanDocument(document, await findCollisions([document], [secret], others), options);
}

describe('findCollisions', () => {
  test('finds a gram through case and punctuation', async () => {
    const shouted = `"${secret.toUpperCase().replaceAll(' ', ', ')}!"`;
    const { grams, testGrams } = await findCollisions([`x ${shouted} y`], [secret]);
    expect([...grams]).toEqual([secret]);
    expect(testGrams).toBe(1);
  });

  test('12 of 13 words are no collision', async () => {
    const { grams } = await findCollisions([secret.replace('seven', '7')], [secret]);
    expect(grams.size).toBe(0);
  });

  test('in 10 training documents it is a collision, in 11 a set phrase; twice in one document is once', async () => {
    const train = (count: number) => Array.from({ length: count }, () => `${secret} ${secret}`);
    expect(await findCollisions(train(10), [secret])).toMatchObject({ grams: new Set([secret]), ignored: 0 });
    expect(await findCollisions(train(11), [secret])).toMatchObject({ grams: new Set(), ignored: 1 });
    expect(await findCollisions(train(11), [secret], { maxDocuments: 11 })).toMatchObject({ ignored: 0 });
  });

  test('refuses more grams than it may hold', async () => {
    await expect(findCollisions([], [secret, filler(1, 20)], { maxGrams: 8 })).rejects.toThrow(
      'the tests must be of at most 8 distinct 13-grams, got 9. Give them in parts.',
    );
  });

  test.each<[CollisionOptions, string]>([
    [{ n: 0 }, 'n must be'],
    [{ maxDocuments: -1 }, 'maxDocuments must be'],
    [{ rule: '' as WordRule }, 'rule must be'],
  ])('refuses %j', async (options, message) => {
    await expect(findCollisions([], [], options)).rejects.toThrow(message);
  });
});

describe('cleanDocument', () => {
  test('takes out the gram and 200 characters on each side', async () => {
    const [left, right] = [filler(1, 100), filler(2, 100)];
    const { pieces, ...rest } = await clean(`${left}${secret} ${right}`);
    expect(pieces).toEqual([left.slice(0, -200), right.slice(199)]);
    expect(rest).toEqual({ outcome: 'cut', collisions: 1, split: 2, removed: 200 + secret.length + 200 });
  });

  test('a document without a collision stays as it is', async () => {
    const document = filler(1, 5);
    const expected = { outcome: 'clean', pieces: [document], collisions: 0, split: 1, removed: 0 };
    expect(await clean(document)).toEqual(expected);
    expect(await clean('')).toMatchObject({ outcome: 'clean', pieces: [''] });
  });

  test('a piece of 200 characters stays, one of 199 goes', async () => {
    const around = (left: number) => `${filler(1, 200).slice(0, left - 1)} ${secret} ${filler(2, 200)}`;
    expect((await clean(around(400))).pieces.map((piece) => piece.length)).toEqual([200, 801]);
    const { pieces, split, outcome } = await clean(around(399));
    expect([pieces.length, split, outcome]).toEqual([1, 2, 'cut']);
  });

  test('nothing long enough left: too short', async () => {
    const document = `${filler(1, 79)}${secret}`;
    const expected = { outcome: 'too-short', pieces: [], collisions: 1, split: 1, removed: document.length };
    expect(await clean(document)).toEqual(expected);
    expect(await clean(secret)).toMatchObject({ outcome: 'too-short', split: 0 });
  });

  test('10 pieces stay, 11 are too many, and short pieces count', async () => {
    const document = (pieces: number, words: number) =>
      Array.from({ length: pieces }, (_, k) => filler(k, words)).join(`${secret} `);
    expect(await clean(document(10, 130))).toMatchObject({ outcome: 'cut', split: 10, collisions: 9 });
    expect(await clean(document(11, 130))).toMatchObject({
      outcome: 'too-many-pieces',
      split: 11,
      pieces: [],
    });
    expect(await clean(document(11, 90))).toMatchObject({ outcome: 'too-many-pieces', split: 11 });
    expect(await clean(document(11, 70))).toMatchObject({ outcome: 'too-short', split: 2 }); // margins meet
    expect(await clean(document(11, 130), { maxPieces: 11 })).toMatchObject({ outcome: 'cut', split: 11 });
  });

  test('does not cut a character in two', async () => {
    const { pieces } = await clean(`${'😀'.repeat(200)}a ${secret} b${'😀'.repeat(200)}`, {
      margin: 3,
      minPiece: 0,
    });
    expect(pieces).toEqual(['😀'.repeat(199), '😀'.repeat(199)]);
    expect(pieces.join('').isWellFormed()).toBe(true);
  });

  test('3,000 random documents: what is left is theirs, and has no colliding gram', async () => {
    const random = new Random(11);
    let cut = 0;
    for (let i = 0; i < 3000; i++) {
      const rule = random.pick<WordRule>(['gpt2', 'gpt3']);
      const n = 2 + random.int(4);
      const [document, ...tests] = Array.from({ length: 3 }, () => randomDocument(random, 40));
      const collisions = await findCollisions([document], tests, { n, rule });
      const known = new Set(tests.flatMap((test) => naiveGrams(test, n, rule)));
      const mine = naiveGrams(document, n, rule).filter((gram) => known.has(gram));
      expect(collisions.grams).toEqual(new Set(mine));
      const margin = random.int(5);
      const options = { margin, minPiece: 0, maxPieces: 1000 };
      const { pieces, outcome, removed, collisions: count } = cleanDocument(document, collisions, options);
      expect(count).toBe(mine.length);
      expect(outcome === 'clean').toBe(mine.length === 0);
      expect(pieces.join('').length + removed).toBe(document.length);
      let from = 0;
      for (const piece of pieces) {
        const at = document.indexOf(piece, from);
        expect(at).toBeGreaterThanOrEqual(from);
        from = at + piece.length;
        if (margin > 0 && mine.length > 0) cut++;
        // A word cut by a margin may become another; whole words of a piece stand in the document as they are.
        const inner = naiveWords(piece, rule).slice(1, -1).join(' ');
        expect(naiveGrams(inner, n, rule).filter((gram) => known.has(gram))).toEqual([]);
      }
    }
    expect(cut).toBeGreaterThan(500);
  });

  test.each<[CleaningOptions, string]>([
    [{ margin: -1 }, 'margin must be'],
    [{ minPiece: 0.5 }, 'minPiece must be'],
    [{ maxPieces: Number.NaN }, 'maxPieces must be'],
  ])('refuses %j', async (options, message) => {
    await expect(clean('a', options)).rejects.toThrow(message);
  });
});
