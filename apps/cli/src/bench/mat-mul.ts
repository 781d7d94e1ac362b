/** The product in its three orientations, `Y = X W` and its two gradients, as a share of the ceiling. */
import { dispose, matMul } from '@gpt-ts/kernels';
import { type BenchCase, shareOfCeiling } from './bench-case.js';
import type { BenchRow } from './bench-row.js';
import { parameters } from './inputs.js';
import { median } from './statistics.js';

const ORIENTATIONS = [
  ['matmul A·B', false, false],
  ['matmul A·Bᵀ', false, true],
  ['matmul Aᵀ·B', true, false],
] as const;

/** Every orientation of every size. */
export const matMulCases: BenchCase[] = ORIENTATIONS.flatMap(([name, transposeA, transposeB]) =>
  [256, 1024].flatMap((m) =>
    [768, 3072].flatMap((k) =>
      [768, 3072].map((n): BenchCase => {
        return {
          name,
          shape: `${m}x${k} · ${k}x${n}`,
          async measure(bench) {
            const [a, b] = parameters(transposeA ? [k, m] : [m, k], transposeB ? [n, k] : [k, n]);
            using subject = {
              run: () => matMul(a, b, { transposeA, transposeB }).dispose(),
              [Symbol.dispose]: () => dispose([a, b]),
            };
            return await shareOfCeiling(subject, 2 * m * n * k, bench);
          },
        };
      }),
    ),
  ),
);

/** The smallest and the median share of each orientation, in each configuration that has several sizes. */
export function matMulSummary(rows: readonly BenchRow[]): BenchRow[] {
  const products = rows.filter(({ name }) => ORIENTATIONS.some(([each]) => each === name));
  const groups: Record<string, BenchRow[]> = {};
  for (const row of products) (groups[`${row.name} ${row.threads} ${row.variant}`] ??= []).push(row);
  return Object.values(groups)
    .filter((group) => group.length > 1)
    .flatMap((group) => {
      const of = (word: string, pick: (values: number[]) => number) => ({
        ...group[0],
        name: `${group[0].name}, ${word} ratio`,
        shape: `${group.length} sizes`,
        value: pick(group.map(({ value }) => value)),
        ratio: pick(group.map(({ ratio }) => ratio)),
      });
      return [of('smallest', (values) => Math.min(...values)), of('median', median)];
    });
}
