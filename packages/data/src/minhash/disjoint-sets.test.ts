import { Random } from '@gpt-ts/core';
import { expect, test } from 'vitest';
import { DisjointSets } from './disjoint-sets.js';

test('sets are what pairs connect, named by the smallest, in any order of joins', () => {
  const random = new Random(8);
  for (let round = 0; round < 50; round++) {
    const n = 40;
    const edges = Array.from({ length: 25 }, () => [random.int(n), random.int(n)] as const);
    const label = Array.from({ length: n }, (_, i) => i); // by spreading the smallest until nothing changes
    for (let changed = true; changed; ) {
      changed = false;
      for (const [i, j] of edges) {
        const smallest = Math.min(label[i], label[j]);
        changed ||= label[i] !== label[j];
        label[i] = label[j] = smallest;
      }
    }
    const sets = new DisjointSets(n);
    for (const [i, j] of random.shuffle(edges)) sets.join(i, j);
    expect(label.map((_, i) => sets.first(i))).toEqual(label);
  }
});

test('a chain of a million is no trouble', () => {
  const n = 1_000_000;
  const sets = new DisjointSets(n);
  for (let i = n - 1; i > 0; i--) sets.join(i, i - 1);
  expect(sets.first(n - 1)).toBe(0);
});
