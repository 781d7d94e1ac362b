/** Shape checks and arithmetic shared by the ops. */
import { ShapeError } from '@gpt-ts/core';

/** Number of elements. */
export function sizeOf(shape: readonly number[]): number {
  return shape.reduce((product, dim) => product * dim, 1);
}

/** The last dimension; 1 for a scalar. */
export function lastDim(shape: readonly number[]): number {
  return shape[shape.length - 1] ?? 1;
}

/** Number of rows when everything but the last dimension is flattened. */
export function rowsOf(shape: readonly number[]): number {
  return sizeOf(shape.slice(0, -1));
}

/** Throws unless the two shapes are equal. */
export function assertShape(
  op: string,
  argument: string,
  got: readonly number[],
  want: readonly number[],
): void {
  if (got.length !== want.length || got.some((dim, i) => dim !== want[i])) {
    throw new ShapeError({ op, argument, expected: `[${want.join(', ')}]`, received: got });
  }
}

/** Throws unless the tensor has at least `rank` dimensions. */
export function assertRank(op: string, argument: string, got: readonly number[], rank: number): void {
  if (got.length < rank) {
    throw new ShapeError({ op, argument, expected: `of ${rank} or more dimensions`, received: got });
  }
}
