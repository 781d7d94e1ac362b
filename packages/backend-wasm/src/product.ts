/** Matrix products as calls to the compiled kernels, one a thread. */
import type { Activation } from '@gpt-ts/kernels';
import type { KernelFunctions } from './kernel-module.js';
import { split } from './split.js';

/** C [m, n] = A [m, k] B [k, n] by addresses, either factor stored transposed, with what `linear` adds to it. */
export interface Product {
  m: number;
  n: number;
  k: number;
  a: number;
  b: number;
  c: number;
  transposeA?: boolean;
  transposeB?: boolean;
  /** Add to C. */
  accumulate?: boolean;
  bias?: number;
  activation?: Activation;
  slope?: number | undefined;
  residual?: number | undefined;
}

const ACTIVATIONS: Record<Activation, number> = { none: 0, gelu: 1, 'gelu-exact': 2 }; // as in assembly/gelu.ts

const ROWS = 12; // parts begin at multiples of both builds' tiles: 6 x 8 and 3 x 12
const COLUMNS = 24;
const FEW_ROWS = 4; // below this a product is bound by reading B, and packing it would double that
const GELU = 20; // operations of one, roughly

/** One kernel function, and its arguments for each thread. */
export interface Step {
  name: string;
  calls: number[][];
}

/** Scratch memory for any product of `n` columns. */
export function productScratchBytes(functions: KernelFunctions, threads: number, n: number): number {
  const fewRows = 4 * functions.fewRowsParts() * (FEW_ROWS - 1) * n;
  return Math.max(functions.gemmScratchBytes() * threads, fewRows);
}

/** The steps of a product, one after the other. */
export function productSteps(
  product: Product,
  functions: KernelFunctions,
  scratch: number,
  threads: number,
): Step[] {
  const { m, n, k, a, b, c, transposeA, transposeB, accumulate } = product;
  const { bias = 0, slope = 0, residual = 0 } = product;
  const activation = ACTIVATIONS[product.activation ?? 'none'];
  const work = 2 * m * n * k;
  if (m < FEW_ROWS && !transposeA && !accumulate) {
    if (!transposeB) {
      const parts = functions.fewRowsParts();
      const ranges = split(parts, 1, work, threads);
      const columns = split(n, COLUMNS, m * n * (parts + (activation ? GELU : 0)), threads);
      return [
        { name: 'fewRows', calls: ranges.map(([from, to]) => [from, to, m, n, k, a, b, scratch]) },
        {
          name: 'fewRowsSum',
          calls: columns.map(([from, to]) => [from, to, m, n, scratch, c, bias, activation, slope, residual]),
        },
      ];
    }
    if (!bias && !activation && !residual) {
      const columns = split(n, COLUMNS, work, threads);
      return [
        { name: 'fewRowsTransposed', calls: columns.map(([from, to]) => [from, to, m, n, k, a, b, c]) },
      ];
    }
  }
  const [ai, ap] = transposeA ? [1, m] : [k, 1];
  const [bp, bj] = transposeB ? [1, k] : [n, 1];
  const byRows = m >= n; // each thread packs all of the other factor: let that be the smaller one
  const parts = byRows ? split(m, ROWS, work, threads) : split(n, COLUMNS, work, threads);
  const bytes = functions.gemmScratchBytes();
  const calls = parts.map(([first, last], part) => {
    const [i, j] = byRows ? [first, 0] : [0, first];
    const at = 4 * (i * n + j);
    return [
      ...[byRows ? last - first : m, byRows ? n : last - first, k],
      ...[a + 4 * i * ai, ai, ap],
      ...[b + 4 * j * bj, bp, bj],
      ...[c + at, n, accumulate ? 1 : 0],
      ...[bias && bias + 4 * j, activation, slope && slope + at, residual && residual + at],
      scratch + part * bytes,
    ];
  });
  return [{ name: 'gemm', calls }];
}
