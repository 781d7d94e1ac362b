import fc from 'fast-check';
import { expect, test } from 'vitest';
import { numRuns } from '../../test/support/unicode.js';
import { BORDER, type Pair, PairCounts } from './pair-counts.js';

interface Weighted {
  ids: number[];
  count: number;
}

const lowest = (left: number, right: number, otherLeft: number, otherRight: number): boolean =>
  left !== otherLeft ? left < otherLeft : right < otherRight;

function pairCounts(pieces: readonly Weighted[], nIds: number, minCount: number): Promise<PairCounts> {
  const cells = Int32Array.from([...pieces.flatMap(({ ids }) => [BORDER, ...ids]), BORDER]);
  const counts = Float64Array.from(pieces, ({ count }) => count);
  return PairCounts.of({ cells, counts }, { nIds, minCount, winsTie: lowest }, () => undefined);
}

/** The best pair by counting all of them. */
function recount(pieces: readonly Weighted[], minCount: number): Pair | undefined {
  const counts = new Map<string, Pair>();
  for (const { ids, count } of pieces) {
    for (let i = 0; i + 1 < ids.length; i++) {
      const [left, right] = [ids[i], ids[i + 1]];
      const key = `${left} ${right}`;
      counts.set(key, { left, right, count: count + (counts.get(key)?.count ?? 0) });
    }
  }
  const order = (a: Pair, b: Pair) => b.count - a.count || a.left - b.left || a.right - b.right;
  return [...counts.values()].filter(({ count }) => count >= minCount).sort(order)[0];
}

function join({ ids, count }: Weighted, { left, right }: Pair, id: number): Weighted {
  const joined: number[] = [];
  for (let i = 0; i < ids.length; i++) {
    if (ids[i] !== left || ids[i + 1] !== right) joined.push(ids[i]);
    else {
      joined.push(id);
      i++;
    }
  }
  return { ids: joined, count };
}

test('after every merge the best pair is the one that a full recount finds', async () => {
  const ids = fc.array(fc.nat(2), { minLength: 1, maxLength: 30 });
  const lists = fc.array(fc.record({ ids, count: fc.integer({ min: 1, max: 5 }) }), { maxLength: 8 });
  const property = fc.asyncProperty(lists, fc.integer({ min: 1, max: 4 }), async (lists, minCount) => {
    let pieces: Weighted[] = lists;
    const pairs = await pairCounts(pieces, 300, minCount);
    for (let id = 3; ; id++) {
      const best = recount(pieces, minCount);
      expect(pairs.takeBest()).toEqual(best);
      if (best === undefined) break;
      pairs.merge(best, id);
      pieces = pieces.map((piece) => join(piece, best, id));
    }
  });
  await fc.assert(property, { numRuns });
});

test('a run of one symbol is joined from the left', async () => {
  const pairs = await pairCounts([{ ids: [0, 0, 0, 0, 0], count: 1 }], 9, 1);
  const taken: (Pair | undefined)[] = [];
  for (let id = 1; id <= 4; id++) {
    const best = pairs.takeBest();
    taken.push(best);
    if (best !== undefined) pairs.merge(best, id);
  }
  expect(taken).toEqual([
    { left: 0, right: 0, count: 4 },
    { left: 1, right: 0, count: 1 }, // 1 1 0: of equals, the lower ids
    { left: 1, right: 2, count: 1 },
    undefined,
  ]);
});

test('a pair that is not merged is not offered again', async () => {
  const pairs = await pairCounts([{ ids: [0, 1, 2], count: 1 }], 9, 1);
  expect(pairs.takeBest()).toEqual({ left: 0, right: 1, count: 1 });
  expect(pairs.takeBest()).toEqual({ left: 1, right: 2, count: 1 });
  expect(pairs.takeBest()).toBeUndefined();
});
