import { expect, test } from 'vitest';
import { CountLine } from './count-line.js';

test('nothing for two seconds, then what is done and the time left, of this sitting alone', () => {
  let time = 0;
  const lines: string[] = [];
  const line = new CountLine('items', { now: () => time, write: (text) => lines.push(text) });
  for (const [at, done] of [
    [0, 1000],
    [1900, 1500],
    [4000, 2000],
    [5000, 2500],
    [20_000, 6000],
  ]) {
    time = at;
    line.show(done, 6000);
  }
  expect(lines.slice(0, 1)).toEqual(['2,000 of 6,000 items  16s left']);
  expect(lines.at(-1)).toBe('6,000 of 6,000 items');
});
