import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Heap } from './heap.js';

test('gives items in order, those it began with and those pushed', () => {
  const property = fc.property(fc.array(fc.integer()), fc.array(fc.integer()), (initial, pushed) => {
    const heap = new Heap([...initial], (a, b) => a < b);
    for (const item of pushed) heap.push(item);
    const sorted = [...initial, ...pushed].sort((a, b) => a - b);
    expect(sorted.map(() => heap.pop())).toEqual(sorted);
    expect(heap.pop()).toBeUndefined();
  });
  fc.assert(property);
});
