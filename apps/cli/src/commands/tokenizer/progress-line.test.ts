import { expect, test } from 'vitest';
import { ProgressLine } from './progress-line.js';

function watched(totalBytes: number | undefined): {
  line: ProgressLine;
  lines: string[];
  at(ms: number): void;
} {
  let time = 0;
  const lines: string[] = [];
  const line = new ProgressLine(totalBytes, { now: () => time, write: (text) => lines.push(text) });
  return { line, lines, at: (ms) => void (time = ms) };
}

test('two seconds go by before anything is said, then ten between lines', () => {
  const { line, lines, at } = watched(10_000_000);
  for (let ms = 0; ms <= 14_000; ms += 500) {
    at(ms);
    line.show({ type: 'count', pieces: ms }, 500 * ms);
  }
  expect(lines).toEqual([
    '1.0 MB read, 2,000 distinct pieces  18s left',
    '6.0 MB read, 12,000 distinct pieces  8s left',
  ]);
});

test('the time that merges have left begins with the first', () => {
  const { line, lines, at } = watched(undefined);
  line.show({ type: 'count', pieces: 1 }, 1000);
  at(60_000);
  line.show({ type: 'merge', merges: 0, maxMerges: 1000, merge: ['a', 'b'], count: 1 }, 1000);
  at(80_000);
  line.show({ type: 'merge', merges: 250, maxMerges: 1000, merge: ['\u0120th', '\x1b'], count: 1234 }, 1000);
  at(90_000);
  line.show({ type: 'merge', merges: 1000, maxMerges: 1000, merge: ['a', 'b'], count: 2 }, 1000);
  expect(lines).toEqual([
    'merge 0/1000  ab 1 times',
    'merge 250/1000  Ġth\\u{1b} 1,234 times  1m 00s left',
    'merge 1000/1000  ab 2 times',
  ]);
});
