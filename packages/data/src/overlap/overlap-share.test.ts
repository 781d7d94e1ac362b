import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { Random } from '@gpt-ts/core';
import { describe, expect, test } from 'vitest';
import { naiveGrams, randomDocument } from '../../test/support/naive-overlap.js';
import { type OverlapOptions, overlapShare } from './overlap-share.js';
import type { WordRule } from './words.js';

async function shareOf(train: string[], test: string[], options: OverlapOptions = {}) {
  return (await overlapShare(train, [{ name: 'test', documents: test }], options)).sets[0];
}

const numbers = (from: number, count: number) =>
  Array.from({ length: count }, (_, i) => `w${from + i}`).join(' ');

describe('overlapShare', () => {
  test('of 93 grams, the 33 that begin in the 40 words copied from the training data', async () => {
    const found = await shareOf([numbers(1000, 500)], [`${numbers(0, 60)} ${numbers(1100, 40)}`]);
    expect(found).toMatchObject({ name: 'test', grams: 93, found: 33, share: 33 / 93 });
  });

  test('a text is all in itself, and nothing of it in another', async () => {
    expect((await shareOf([numbers(0, 300)], [numbers(0, 300)])).share).toBe(1);
    expect((await shareOf([numbers(0, 300)], [numbers(300, 300)])).share).toBe(0);
  });

  test('grams end where documents end', async () => {
    expect((await shareOf([numbers(0, 7), numbers(7, 7)], [numbers(0, 14)])).found).toBe(0);
    expect((await shareOf([numbers(0, 14)], [numbers(0, 7), numbers(7, 7)])).grams).toBe(0);
  });

  test('each document has a share of its own; without a gram it is null', async () => {
    const { documents, share } = await shareOf(['a b c d'], ['A, b; c!', 'x y', 'z', ''], { n: 2 });
    expect(documents.map((each) => each.share)).toEqual([1, 0, null, null]);
    expect(share).toBe(2 / 3);
    expect((await shareOf(['a'], [])).share).toBe(null);
    expect((await shareOf([], ['a b'], { n: 2 })).share).toBe(0);
  });

  test.each<WordRule>(['gpt2', 'gpt3'])(
    '%s: 200 random corpora give what sets of strings give',
    async (rule) => {
      const random = new Random(3, rule);
      for (let i = 0; i < 200; i++) {
        const n = 1 + random.int(6);
        const documents = (count: number) =>
          Array.from({ length: random.int(count) }, () => randomDocument(random, 30));
        const [train, test] = [documents(6), documents(6)];
        const known = new Set(train.flatMap((document) => naiveGrams(document, n, rule)));
        const grams = test.map((document) => naiveGrams(document, n, rule));
        const result = await shareOf(train, test, { n, rule });
        expect(result.documents.map((each) => [each.grams, each.found])).toEqual(
          grams.map((each) => [each.length, each.filter((gram) => known.has(gram)).length]),
        );
      }
    },
  );

  test('holds its filter and one document, not the corpus', async () => {
    setFlagsFromString('--expose-gc');
    const gc = runInNewContext('gc') as () => void;
    const held = () => {
      gc();
      const { heapUsed, arrayBuffers } = process.memoryUsage();
      return heapUsed + arrayBuffers;
    };
    let characters = 0;
    let after = 0;
    async function* train() {
      for (let i = 0; i < 250; i++) {
        const document = `${numbers(1000 * (i % 100), 1000)} `.repeat(5);
        characters += document.length;
        yield document;
      }
      after = held();
    }
    const before = held();
    const tests = [{ name: 'a', documents: [numbers(500, 100)] }];
    const { sets } = await overlapShare(train(), tests, { expectedGrams: 500_000 });
    expect(sets[0].share).toBe(1);
    expect(characters).toBeGreaterThan(8e6);
    expect(after - before).toBeLessThan(5e6); // the filter has 2.4 MB; seen: 2.3 MB
  });

  test('counts first, or is told how many; then it says what the rate became', async () => {
    const train = [numbers(0, 1007)];
    const counted = await overlapShare(train, []);
    expect(counted.trainGrams).toBe(1000);
    expect(counted.falsePositiveRate / 1e-8).toBeCloseTo(1, 1);
    const crowded = await overlapShare(train, [], { expectedGrams: 100 });
    expect(crowded.falsePositiveRate).toBeGreaterThan(0.9);
    function* once() {
      yield numbers(0, 1007);
    }
    expect((await overlapShare(once(), [], { expectedGrams: 1000 })).trainGrams).toBe(1000);
    await expect(overlapShare(once(), [])).rejects.toThrow(
      'train must be documents that can be gone through twice',
    );
  });

  test.each<[OverlapOptions, string]>([
    [{ n: 0 }, 'n must be an integer from 1 to 1000, got 0.'],
    [{ n: 2.5 }, 'n must be'],
    [{ n: 1e9 }, 'n must be'],
    [{ rule: 'gpt1' as WordRule }, "rule must be 'gpt2' or 'gpt3'"],
    [{ falsePositiveRate: 2 }, 'falsePositiveRate must be'],
    [{ expectedGrams: 1e12 }, 'expected must be at most 112022460'],
  ])('refuses %j', async (options, message) => {
    await expect(overlapShare(['a'], [], options)).rejects.toThrow(message);
  });
});
