import { expect, test } from 'vitest';
import { learnMerges } from './learn-merges.js';
import { BORDER, PairCounts } from './pair-counts.js';

test('no merge makes a spelling that is there already or reserved', async () => {
  // a b in one piece, c d in another, e f in a third; ab and cd are taken
  const cells = Int32Array.of(BORDER, 0, 1, BORDER, 2, 3, BORDER, 4, 5, BORDER);
  const counts = Float64Array.of(3, 2, 1);
  const winsTie = () => false;
  const pause = () => undefined;
  const pairs = await PairCounts.of({ cells, counts }, { nIds: 20, minCount: 1, winsTie }, pause);
  const tokens = ['a', 'b', 'c', 'd', 'e', 'f', 'ab'];
  const options = { maxMerges: 5, reserved: ['cd'], onProgress: undefined, pause };
  expect(await learnMerges(pairs, tokens, options)).toEqual([['e', 'f']]);
  expect(tokens.slice(6)).toEqual(['ab', 'ef']);
});
