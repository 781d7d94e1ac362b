import { Random } from '@gpt-ts/core';
import { expect, test } from 'vitest';
import { jaccard } from './jaccard.js';
import { candidateProbability, lshKeys, safeMinKeys } from './lsh.js';
import { estimatedJaccard, MinHash } from './min-hash.js';

/** Two sets of `size` with `shared` in common. */
function pairOfSets(size: number, shared: number, random: Random): [Uint32Array, Uint32Array] {
  const numbers = new Set<number>();
  while (numbers.size < 2 * size - shared) numbers.add(random.uint32());
  const all = Uint32Array.from(numbers);
  return [all.slice(0, size).sort(), all.slice(size - shared).sort()];
}

test('agreement estimates the Jaccard similarity, without bias', () => {
  const random = new Random(3);
  const pairs = 400;
  for (const shared of [10, 50, 80, 95]) {
    let sum = 0;
    let truth = 0;
    for (let i = 0; i < pairs; i++) {
      const [a, b] = pairOfSets(100, shared, random);
      const minHash = new MinHash({ hashes: 10, seed: i }); // new functions each time: all draws are independent
      truth = jaccard(a, b);
      sum += estimatedJaccard(minHash.signature(a), minHash.signature(b));
    }
    expect(truth).toBe(shared / (200 - shared));
    const deviation = Math.sqrt((truth * (1 - truth)) / (pairs * 10));
    expect(Math.abs(sum / pairs - truth) / deviation).toBeLessThan(4); // measured: 0.66
  }
});

test('numbers in a row, the worst input of a weak hash, are no worse', () => {
  const pairs = 400;
  let sum = 0;
  for (let seed = 0; seed < pairs; seed++) {
    const minHash = new MinHash({ seed });
    const a = Uint32Array.from({ length: 100 }, (_, i) => i);
    const b = Uint32Array.from({ length: 100 }, (_, i) => i + 50);
    sum += estimatedJaccard(minHash.signature(a), minHash.signature(b));
  }
  const deviation = Math.sqrt(((1 / 3) * (2 / 3)) / (pairs * 10));
  expect(Math.abs(sum / pairs - 1 / 3) / deviation).toBeLessThan(4); // measured: 0.59
});

test('documents become candidates as often as the formula says', () => {
  const random = new Random(4);
  const draws = 1_000;
  for (const [shared, hashes, bandHashes, minKeys] of [
    [10, 10, 1, 1],
    [30, 10, 1, 1],
    [60, 20, 4, 1],
    [90, 20, 4, 1],
    [50, 10, 1, 3],
    [80, 20, 2, 5],
  ]) {
    let found = 0;
    for (let seed = 0; seed < draws; seed++) {
      const minHash = new MinHash({ hashes, seed });
      const [a, b] = pairOfSets(100, shared, random);
      const keys = lshKeys(minHash.signature(b), bandHashes);
      const same = lshKeys(minHash.signature(a), bandHashes).filter((key, band) => key === keys[band]);
      if (same.length >= minKeys) found++;
    }
    const p = candidateProbability(shared / (200 - shared), { hashes, bandHashes, minKeys });
    const deviation = Math.sqrt((p * (1 - p)) / draws);
    expect(Math.abs(found / draws - p) / deviation).toBeLessThan(4); // measured: 0.47
  }
});

test("the formula is Spark's for bands of one", () => {
  expect(candidateProbability(0.5)).toBe(1 - 0.5 ** 10);
  expect([candidateProbability(0), candidateProbability(1)]).toEqual([0, 1]);
});

test('keys are asked for while next to nothing is missed', () => {
  const chance = (minKeys: number) => candidateProbability(0.8, { minKeys });
  expect(1 - chance(3)).toBeCloseTo(0.2 ** 10 + 8 * 0.2 ** 9 + 45 * 0.8 ** 2 * 0.2 ** 8, 12); // 0.000078
  expect(safeMinKeys(0.8, 10, 1)).toBe(3);
  expect(1 - chance(4)).toBeGreaterThan(1e-4);
  expect([safeMinKeys(0.3, 10, 1), safeMinKeys(1, 10, 1), safeMinKeys(1, 10, 5)]).toEqual([1, 10, 2]);
});

test('order and repeats of shingles change nothing; the seed changes all', () => {
  const shingles = Uint32Array.of(5, 4_000_000_000, 77, 5);
  const signature = new MinHash().signature(shingles);
  expect(new MinHash().signature(Uint32Array.of(77, 5, 4_000_000_000))).toEqual(signature);
  expect(estimatedJaccard(new MinHash({ seed: 1 }).signature(shingles), signature)).toBe(0);
});

test('the signature of a union is the smaller of both in every place', () => {
  const random = new Random(5);
  const [a, b] = pairOfSets(20, 3, random);
  const minHash = new MinHash({ hashes: 50 });
  const smaller = minHash.signature(a).map((x, k) => Math.min(x, minHash.signature(b)[k]));
  expect(minHash.signature(Uint32Array.of(...a, ...b))).toEqual(smaller);
});

test('smallest values are spread evenly', () => {
  // The smallest of n uniform numbers of [0, 1) is 1 / (n + 1) on average.
  const random = new Random(6);
  const shingles = Uint32Array.from({ length: 99 }, () => random.uint32());
  const signature = new MinHash({ hashes: 4_000 }).signature(shingles);
  const mean = signature.reduce((sum, x) => sum + x / 2 ** 32, 0) / signature.length;
  expect(Math.abs(mean - 0.01)).toBeLessThan(4 * (0.01 / Math.sqrt(4_000))); // measured: 0.08 of the 4 deviations
});

test('without shingles every number is the largest', () => {
  expect(new MinHash({ hashes: 2 }).signature(new Uint32Array())).toEqual(
    Uint32Array.of(0xffffffff, 0xffffffff),
  );
});

test('what cannot be is refused', () => {
  expect(() => new MinHash({ hashes: 0 })).toThrow('hashes must be a positive integer, got 0.');
  expect(() => lshKeys(new Uint32Array(10), 3)).toThrow(
    'bandHashes must be a divisor of the 10 hashes, got 3.',
  );
  expect(() => candidateProbability(1.1)).toThrow('similarity must be from 0 to 1, got 1.1.');
  expect(() => estimatedJaccard(new Uint32Array(2), new Uint32Array(3))).toThrow('a signature of 2 hashes');
});
