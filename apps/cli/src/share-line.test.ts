import { expect, test } from 'vitest';
import { ShareLine } from './share-line.js';

function draw(steps: readonly [atMs: number, share: number][]): string[] {
  const lines: string[] = [];
  let now = 0;
  const line = new ShareLine({ now: () => now, write: (text) => lines.push(text) });
  for (const [at, share] of steps) {
    now = at;
    line.show('work', share);
  }
  return lines;
}

test('short work draws nothing', () => {
  expect(draw([[100, 0.1], [1900, 0.9]])).toEqual([]); // biome-ignore format: a table
});

test('time left follows from what was done in this sitting', () => {
  expect(draw([[0, 0], [3000, 0.25]])).toEqual(['work  25%  9s left']); // biome-ignore format: a table
  expect(draw([[0, 0.5], [3000, 0.75]])).toEqual(['work  75%  3s left']); // biome-ignore format: a table
  expect(draw([[3000, 1]])).toEqual(['work  100%']);
});
