import { Random } from '@gpt-ts/core';
import { describe, expect, test } from 'vitest';
import { naiveGrams, naiveWords, randomDocument } from '../../test/support/naive-overlap.js';
import { gramLength } from './gram-length.js';
import { splitByOverlap, splitSetsByOverlap } from './split-by-overlap.js';
import type { WordRule } from './words.js';

const words = (count: number, name = 'w') => Array.from({ length: count }, (_, i) => `${name}${i}`).join(' ');

describe('gramLength', () => {
  test.each<[number[], number]>([
    [[10], 10],
    [[3], 8], // at least 8
    [[50], 13], // at most 13
    [[...new Array<number>(95).fill(50), 9, 9, 9, 9, 9], 9], // 5 of 100
    [[...new Array<number>(96).fill(11), 9, 9, 9, 9], 11], // 4 of 100
    [[...new Array<number>(19).fill(12), 9], 9], // 1 of 20
    [[...new Array<number>(20).fill(12), 9], 12], // 1 of 21: the second shortest
  ])('of examples of %j words is %i', async (lengths, n) => {
    expect(await gramLength(lengths.map((length) => words(length)))).toBe(n);
  });

  test('counts no punctuation, and has other bounds for other tasks', async () => {
    expect(await gramLength(['a - b -- c , d e f g h i'])).toBe(9);
    expect(await gramLength(['a - b'], { min: 2 })).toBe(2);
    expect(await gramLength([words(50)], { max: 20 })).toBe(20);
    await expect(gramLength([])).rejects.toThrow('examples must be one or more, got 0');
    await expect(gramLength(['a'], { min: 0 })).rejects.toThrow('n must be');
  });
});

describe('splitByOverlap', () => {
  test('one shared gram makes an example dirty', async () => {
    const train = [`Before. ${words(13).toUpperCase()}! After.`];
    const split = await splitByOverlap([words(20), words(12), words(30, 'v')], train, { n: 13 });
    expect(split).toEqual({ n: 13, dirty: [0, 1], clean: [2], grams: 8 + 1 + 18, found: 2 });
  });

  test('a short example is one gram; one without words is clean', async () => {
    const examples = ['Yes, sir!', 'no sir', '--', ''];
    const split = await splitByOverlap(examples, ['oh yes sir he said']);
    expect(split).toEqual({ n: 8, dirty: [0], clean: [1, 2, 3], grams: 2, found: 1 });
  });

  test('several sets have lengths of their own', async () => {
    const sets = [[words(10)], [words(30)]];
    const splits = await splitSetsByOverlap(sets, [words(11)]);
    expect(splits.map(({ n, dirty }) => [n, dirty])).toEqual([
      [10, [0]],
      [13, []],
    ]);
  });

  test('refuses what cannot be gone through again, and more grams than fit', async () => {
    function* once() {
      yield 'a b';
    }
    await expect(splitByOverlap(once(), [])).rejects.toThrow(
      'examples must be documents that can be gone through twice',
    );
    await expect(splitByOverlap([words(99)], [], { maxGrams: 10 })).rejects.toThrow(
      'at most 10 distinct 13-grams',
    );
  });

  test('500 random test sets are split as sets of strings split them', async () => {
    const random = new Random(5);
    let dirty = 0;
    for (let i = 0; i < 500; i++) {
      const rule = random.pick<WordRule>(['gpt2', 'gpt3']);
      const n = 1 + random.int(8);
      const documents = (count: number) =>
        Array.from({ length: 1 + random.int(count) }, () => randomDocument(random, 20));
      const [examples, train] = [documents(8), documents(3)];
      const isDirty = (example: string) => {
        const length = Math.min(n, naiveWords(example, rule).length);
        const known = new Set(train.flatMap((document) => naiveGrams(document, length, rule)));
        return length > 0 && naiveGrams(example, length, rule).some((gram) => known.has(gram));
      };
      const split = await splitByOverlap(examples, train, { n, rule });
      expect(split.dirty).toEqual([...examples.keys()].filter((k) => isDirty(examples[k])));
      expect([...split.dirty, ...split.clean].toSorted((a, b) => a - b)).toEqual([...examples.keys()]);
      dirty += split.dirty.length;
    }
    expect(dirty).toBeGreaterThan(300);
  });
});
