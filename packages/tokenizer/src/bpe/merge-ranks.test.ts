import { expect, test } from 'vitest';
import { MergeRanks, NO_MERGE } from './merge-ranks.js';

test('finds every merge and nothing else, also among ids whose hashes meet', () => {
  const ranks = new MergeRanks(1000);
  const expected = new Map<string, number>();
  for (let rank = 0; rank < 1000; rank++) {
    const [left, right] = [(rank * 7919) % 2 ** 20, (rank * 104_729) % 2 ** 20];
    ranks.add(left, right, 5000 + rank);
    expected.set(`${left} ${right}`, rank);
  }
  for (const [pair, rank] of expected) {
    const [left, right] = pair.split(' ').map(Number);
    expect(ranks.rank(left, right)).toBe(rank);
    expect(ranks.result(rank)).toBe(5000 + rank);
    expect(ranks.rank(right, left)).toBe(expected.get(`${right} ${left}`) ?? NO_MERGE);
    expect(ranks.rank(left, -1)).toBe(NO_MERGE);
  }
  expect(new MergeRanks(0).rank(0, 0)).toBe(NO_MERGE);
});
