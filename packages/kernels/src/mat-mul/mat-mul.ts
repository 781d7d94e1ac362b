import { ShapeError } from '@gpt-ts/core';
import type { MatMulAttrs } from '../kernel-table.js';
import { run } from '../run.js';
import { assertRank, lastDim, rowsOf } from '../shape.js';
import type { Tensor } from '../tensor.js';

/**
 * Matrix product, with either factor transposed in place of being stored so.
 *
 * @param a - `[.., K]`; leading dimensions count as rows. `[K, M]` with `transposeA`.
 * @param b - `[K, N]`, or `[N, K]` with `transposeB`.
 * @returns `[.., N]`; `[M, N]` with `transposeA`.
 * @throws ShapeError when the inner dimensions differ.
 * @example
 * const logits = matMul(hidden, wte, { transposeB: true }); // [B, T, C] x [V, C] -> [B, T, V]
 */
export function matMul(a: Tensor, b: Tensor, options: Partial<MatMulAttrs> = {}): Tensor {
  const { transposeA = false, transposeB = false } = options;
  assertRank('matMul', 'a', a.shape, 2);
  if (b.shape.length !== 2) {
    throw new ShapeError({ op: 'matMul', argument: 'b', expected: 'a matrix', received: b.shape });
  }
  if (transposeA && a.shape.length !== 2) {
    throw new ShapeError({
      op: 'matMul',
      argument: 'a',
      expected: 'a matrix when transposed',
      received: a.shape,
    });
  }
  const inner = transposeA ? a.shape[0] : lastDim(a.shape);
  if (b.shape[transposeB ? 1 : 0] !== inner) {
    const expected = transposeB ? `[N, ${inner}]` : `[${inner}, N]`;
    throw new ShapeError({ op: 'matMul', argument: 'b', expected, received: b.shape });
  }
  return run('GptMatMul', { a, b }, { transposeA, transposeB })[0];
}

/** Dimensions of a product and the shape of its result; leading dimensions of either factor count as rows. */
export function matMulShape(
  a: readonly number[],
  b: readonly number[],
  { transposeA, transposeB }: MatMulAttrs,
): { m: number; n: number; k: number; shape: number[] } {
  const m = transposeA ? lastDim(a) : rowsOf(a);
  const n = transposeB ? rowsOf(b) : lastDim(b);
  const k = transposeA ? rowsOf(a) : lastDim(a);
  return { m, n, k, shape: transposeA ? [m, n] : [...a.slice(0, -1), n] };
}
