import fc from 'fast-check';
import { expect, test } from 'vitest';
import { applyMerges, mergeByRank, mergeByScanning } from './apply-merges.js';
import { MergeRanks } from './bpe-tables.js';

function table(nVocab: number, merges: readonly (readonly [number, number, number])[]): MergeRanks {
  const ranks = new MergeRanks(nVocab);
  for (const [left, right, result] of merges) ranks.add(left, right, result);
  return ranks;
}

test.each([mergeByScanning, mergeByRank])('%o joins the lowest rank first, left to right', (merge) => {
  const ranks = table(4, [
    [0, 0, 2],
    [2, 1, 3],
  ]);
  expect(merge([], ranks)).toEqual([]);
  expect(merge([1], ranks)).toEqual([1]);
  expect(merge([0, 0, 0, 1], ranks)).toEqual([2, 0, 1]);
  expect(merge([0, 0, 1, 0, 0, 0, 0, 1], ranks)).toEqual([3, 2, 3]);
});

test('both versions agree for any merges, even ones that training would not make', () => {
  const N = 6;
  const id = fc.nat({ max: N - 1 });
  const lengths = [1, 1, 1, 2, 3, 4]; // a result is longer than its parts, so that merging ends
  const merge = fc.tuple(id, id, id).filter(([l, r, t]) => lengths[l] + lengths[r] === lengths[t]);
  const merges = fc.uniqueArray(merge, { selector: ([l, r]) => l * N + r, maxLength: 12 });
  const property = fc.property(merges, fc.array(id, { maxLength: 60 }), (merges, ids) => {
    const ranks = table(N, merges);
    expect(mergeByRank([...ids], ranks)).toEqual(mergeByScanning([...ids], ranks));
  });
  fc.assert(property, { numRuns: 5_000 });
});

test('long pieces give what scanning gives', () => {
  const ranks = table(4, [
    [0, 0, 2],
    [2, 2, 3],
  ]);
  const ids = Array.from({ length: 1001 }, () => 0);
  expect(applyMerges([...ids], ranks)).toEqual(mergeByScanning([...ids], ranks));
});
