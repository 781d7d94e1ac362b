import { expect, test } from 'vitest';
import type { BenchRow } from './bench-row.js';
import { matMulSummary } from './mat-mul.js';

const row = (name: string, threads: number, value: number, ratio: number): BenchRow => ({
  ...{ name, shape: `size ${value}`, threads, variant: 'plain' },
  ...{ value, unit: 'GFLOP/s', against: 'multiply-add loop', ratio },
});

test('each orientation and configuration is summed up by its smallest and its median ratio', () => {
  const rows = [
    row('matmul A·B', 1, 50, 0.8),
    row('matmul A·B', 1, 58, 0.9),
    row('matmul A·B', 1, 40, 0.95),
    row('matmul A·B', 2, 100, 0.7),
    row('matmul A·B', 2, 90, 0.6),
    row('matmul Aᵀ·B', 1, 30, 0.5), // alone
    row('add', 1, 1, 2),
    row('add', 1, 1, 3),
  ];
  expect(matMulSummary(rows)).toEqual(
    [
      { ...row('matmul A·B, smallest ratio', 1, 40, 0.8), shape: '3 sizes' },
      { ...row('matmul A·B, median ratio', 1, 50, 0.9), shape: '3 sizes' },
      { ...row('matmul A·B, smallest ratio', 2, 90, 0.6), shape: '2 sizes' },
      { ...row('matmul A·B, median ratio', 2, 95, 0.65), shape: '2 sizes' },
    ].map((each) => ({ ...each, ratio: expect.closeTo(each.ratio, 12) })),
  );
});
