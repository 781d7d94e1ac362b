import { Random } from '@gpt-ts/core';
import { expect, test } from 'vitest';
import { jaccard } from './jaccard.js';

test('it is intersection over union, by the definition', () => {
  const random = new Random(7);
  for (let round = 0; round < 300; round++) {
    const draw = () => new Set(Array.from({ length: random.int(20) }, () => random.int(25)));
    const a = draw();
    const b = draw();
    const union = new Set([...a, ...b]);
    const shared = [...a].filter((x) => b.has(x)).length;
    const sorted = (set: Set<number>) => Uint32Array.from(set).sort();
    const got = jaccard(sorted(a), sorted(b));
    expect(got).toBe(union.size === 0 ? 0 : shared / union.size);
    expect(jaccard(sorted(b), sorted(a))).toBe(got);
  }
});
