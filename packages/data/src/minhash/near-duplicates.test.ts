import { Random } from '@gpt-ts/core';
import { expect, test } from 'vitest';
import { testWithData } from '../../test/support/shared-data.js';
import { stories } from '../story-world/story.js';
import { jaccard } from './jaccard.js';
import { findNearDuplicates } from './near-duplicates.js';
import { shingleSet } from './word-shingles.js';

const articles = 'dedup-minhash/articles_1000.train';
const truth = 'dedup-minhash/articles_1000.truth';

testWithData('all labelled pairs of 1000 articles are found, and no other', [articles, truth], (read) => {
  const lines = read(articles).trim().split('\n');
  const ids = lines.map((line) => line.slice(0, line.indexOf(' ')));
  const texts = lines.map((line) => line.slice(line.indexOf(' ') + 1));
  const expected = read(truth)
    .trim()
    .split('\n')
    .map((line) => line.trim().split(' ').sort().join(' '))
    .sort();
  for (const shingleWords of [1, 5]) {
    for (const threshold of [0.5, 0.8]) {
      const { pairs } = findNearDuplicates(texts, { shingleWords, threshold });
      expect(pairs.map(({ a, b }) => [ids[a], ids[b]].sort().join(' ')).sort()).toEqual(expected);
    }
  }
});

/** The first `count` stories, some of them again with words changed. */
function withCopies(count: number, random: Random): string[] {
  const texts: string[] = [];
  for (const text of stories({ seed: 9 })) {
    if (texts.length >= count) return texts;
    texts.push(text);
    if (random.int(3) > 0) continue;
    const words = text.split(' ');
    for (let i = random.int(8); i > 0; i--) words[random.int(words.length)] = 'changed';
    texts.push(words.join(' '));
  }
  return texts;
}

test('pairs are those that comparing everything with everything finds, but for what LSH may miss', () => {
  const texts = withCopies(300, new Random(10));
  const sets = texts.map((text) => shingleSet(text));
  const all = sets.flatMap((x, b) => sets.slice(0, b).map((y, a) => ({ a, b, similarity: jaccard(x, y) })));
  const expected = all.filter(({ similarity }) => similarity >= 0.7);
  expect(expected.length).toBeGreaterThan(50);
  // At 0.7 one pair in 170,000 agrees in none of ten hashes, one in 7,000 in fewer than two.
  for (const minKeys of [1, 2]) {
    expect(findNearDuplicates(texts, { threshold: 0.7, perKey: 1000, minKeys }).pairs).toEqual(expected);
  }
});

test('the first of a cluster stands for it, also through texts between', () => {
  const words = Array.from({ length: 200 }, (_, i) => `w${i}`);
  const step = (k: number) =>
    words
      .with(20, `x${k}`)
      .with(60 + 20 * k, 'y')
      .join(' ');
  const far = [step(0), 'else '.repeat(9), step(1), step(2)];
  const { first, pairs } = findNearDuplicates(far, { threshold: 0.85 });
  expect(pairs.length).toBeGreaterThan(0);
  expect([...first]).toEqual([0, 1, 0, 0]);
});

test('texts without words are near nothing', () => {
  expect([...findNearDuplicates(['', ' ', 'a', 'A']).first]).toEqual([0, 1, 2, 2]);
});

test('a thousand equal texts are one cluster with bounded work', () => {
  const { first, pairs } = findNearDuplicates(Array(1_000).fill('the same words again and again'), {
    perKey: 4,
  });
  expect(Math.max(...first)).toBe(0);
  expect(pairs.length).toBe(4 * 1_000 - (1 + 2 + 3 + 4));
});

test('options that cannot be are refused', () => {
  expect(() => findNearDuplicates([], { threshold: 0 })).toThrow(
    'threshold must be more than 0, at most 1, got 0.',
  );
  expect(() => findNearDuplicates([], { bandHashes: 4 })).toThrow('a divisor of the 10 hashes');
  expect(() => findNearDuplicates([], { minKeys: 11 })).toThrow(
    'minKeys must be at most the number of bands, 10',
  );
  expect(() => findNearDuplicates([], { perKey: 0 })).toThrow('perKey must be a positive integer');
});
