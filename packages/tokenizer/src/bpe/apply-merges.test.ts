import fc from 'fast-check';
import { expect, test } from 'vitest';
import { applyMerges, mergeByRank, mergeByScanning } from './apply-merges.js';
import { MergeRanks } from './merge-ranks.js';

type Triple = readonly [left: number, right: number, result: number];

function ranksOf(merges: readonly Triple[]): MergeRanks {
  const ranks = new MergeRanks(merges.length);
  for (const merge of merges) ranks.add(...merge);
  return ranks;
}

function merged(merge: typeof applyMerges, ids: readonly number[], ranks: MergeRanks): number[] {
  const buffer = Int32Array.from(ids);
  return [...buffer.subarray(0, merge(buffer, ids.length, ranks))];
}

/** The definition: the pair of lowest rank, everywhere, from left to right; again until no pair merges. */
function defined(ids: readonly number[], merges: readonly Triple[]): number[] {
  for (;;) {
    const first = merges.find(([left, right]) => ids.some((id, i) => id === left && ids[i + 1] === right));
    if (first === undefined) return [...ids];
    const [left, right, result] = first;
    const next: number[] = [];
    for (let i = 0; i < ids.length; i++) {
      if (ids[i] === left && ids[i + 1] === right) {
        next.push(result);
        i++;
      } else next.push(ids[i]);
    }
    ids = next;
  }
}

test.each([mergeByScanning, mergeByRank])('%o joins the lowest rank first, left to right', (merge) => {
  const ranks = ranksOf([
    [0, 0, 2],
    [2, 1, 3],
  ]);
  expect(merged(merge, [], ranks)).toEqual([]);
  expect(merged(merge, [1], ranks)).toEqual([1]);
  expect(merged(merge, [0, 0, 0, 1], ranks)).toEqual([2, 0, 1]);
  expect(merged(merge, [0, 0, 1, 0, 0, 0, 0, 1], ranks)).toEqual([3, 2, 3]);
});

test('both versions are the definition for any merges, even ones that training would not make', () => {
  const N = 6;
  const id = fc.nat({ max: N - 1 });
  const lengths = [1, 1, 1, 2, 3, 4]; // a result is longer than its parts, so that merging ends
  const merge = fc.tuple(id, id, id).filter(([l, r, t]) => lengths[l] + lengths[r] === lengths[t]);
  const merges = fc.uniqueArray(merge, { selector: ([l, r]) => l * N + r, maxLength: 12 });
  const property = fc.property(merges, fc.array(id, { maxLength: 60 }), (merges, ids) => {
    const expected = defined(ids, merges);
    expect(merged(mergeByScanning, ids, ranksOf(merges))).toEqual(expected);
    expect(merged(mergeByRank, ids, ranksOf(merges))).toEqual(expected);
  });
  fc.assert(property, { numRuns: 5_000 });
});

test.each([127, 128, 1001])('%i ids give what the definition gives', (length) => {
  const merges: Triple[] = [
    [0, 0, 2],
    [2, 2, 3],
  ];
  const ids = Array.from({ length }, () => 0);
  expect(merged(applyMerges, ids, ranksOf(merges))).toEqual(defined(ids, merges));
});
