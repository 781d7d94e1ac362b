import { expect, test } from 'vitest';
import { BytesLine } from './bytes-line.js';

test('two seconds go by before anything is said, then ten between lines', () => {
  let time = 0;
  const lines: string[] = [];
  const line = new BytesLine(30_000_000, { now: () => time, write: (text) => lines.push(text) });
  for (; time <= 30_000; time += 500) line.add(500_000);
  expect(lines).toEqual([
    '2.5 of 30.0 MB read  22s left',
    '12.5 of 30.0 MB read  17s left',
    '22.5 of 30.0 MB read  7s left',
  ]);
});
