import { Random } from '@gpt-ts/core';
import { expect, test } from 'vitest';
import { permutation } from './permutation.js';

test('each order of three comes up equally often', () => {
  const random = new Random(1);
  const counts = new Map<string, number>();
  for (let i = 0; i < 6_000; i++) {
    const order = permutation(3, random).join('');
    counts.set(order, (counts.get(order) ?? 0) + 1);
  }
  expect(counts.size).toBe(6);
  for (const count of counts.values()) expect(Math.abs(count - 1_000)).toBeLessThan(150); // 5 sd
});

test('of nothing is nothing, of one is itself', () => {
  expect([permutation(0, new Random(0)).length, ...permutation(1, new Random(0))]).toEqual([0, 0]);
});
