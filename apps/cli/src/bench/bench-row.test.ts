import { expect, test } from 'vitest';
import { type BenchRow, rowLine, table } from './bench-row.js';

const rows: BenchRow[] = [
  {
    ...{ name: 'matmul A·Bᵀ', shape: '256x768 · 768x3072', threads: 2, variant: 'relaxed' },
    ...{ value: 112.34, unit: 'GFLOP/s', against: 'multiply-add loop', ratio: 0.91234 },
  },
  {
    ...{ name: 'add', shape: '1024x768', threads: 1, variant: 'plain' },
    ...{ value: 0.5, unit: 'ms', against: 'tfjs', ratio: 12 },
  },
];

test('a table has a column for every field, as wide as its widest cell', () => {
  expect(table(rows).split('\n')).toEqual([
    'what         shape               threads  simd     median       ratio  against',
    'matmul A·Bᵀ  256x768 · 768x3072  2        relaxed  112 GFLOP/s  0.912  multiply-add loop',
    'add          1024x768            1        plain    0.5 ms       12     tfjs',
  ]);
});

test('a line says the same of one row', () => {
  expect(rowLine(rows[1])).toBe('add  1024x768  plain, 1 thread: 0.5 ms, ratio 12 against tfjs');
});
