/** Rows are read one at a time, so that a bad one need not end the others. */
import { InvalidFileError } from '@gpt-ts/core';
import { InvalidExampleError } from '../errors/invalid-example-error.js';
import type { Row } from './row.js';

/** Reads one row when it is called, and throws what is wrong with it then. */
export type LazyRow<R = Row> = () => R;

/** The rows of a file. */
export type RowsOf<R = Row> = (text: string, file: string) => Iterable<LazyRow<R>>;

/** Is told of a row that is not what it should be, and is left out. */
export type OnBadRow = (error: InvalidExampleError) => void;

/**
 * What is made of the rows of a file, in their order.
 *
 * @param onBadRow - Without it the first bad row is thrown. A row is left out as a whole, with all that was made of it.
 * @param make - Gives what a row says: one thing, a list of several, or an empty list where the set itself leaves a row out.
 * @throws {@link InvalidExampleError} for a bad row, and in any case for wrong column names.
 * @throws InvalidFileError for a file without rows.
 */
export function readRows<R, T>(
  rows: Iterable<LazyRow<R>>,
  file: string,
  onBadRow: OnBadRow | undefined,
  make: (row: R) => T | T[],
): T[] {
  const all: T[] = [];
  let count = 0;
  for (const row of rows) {
    count++;
    try {
      const made = make(row());
      for (const each of Array.isArray(made) ? made : [made]) all.push(each);
    } catch (error) {
      if (onBadRow === undefined || !(error instanceof InvalidExampleError)) throw error;
      onBadRow(error);
    }
  }
  if (count === 0) throw new InvalidFileError({ file, problem: 'it holds no examples' });
  return all;
}
