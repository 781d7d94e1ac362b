/** Files that belong together, row by row. */
import { InvalidFileError } from '@gpt-ts/core';
import type { LazyRow } from './read-rows.js';
import type { Row } from './row.js';

/** The rows of a file and its name. */
export interface FileRows {
  file: string;
  rows: Iterable<LazyRow>;
}

/**
 * The first row with the first, the second with the second.
 *
 * @throws {@link InvalidFileError} when one file has more rows than the other.
 */
export function pairedRows(one: FileRows, other: FileRows): LazyRow<[Row, Row]>[] {
  const rows = [...one.rows];
  const others = [...other.rows];
  if (rows.length !== others.length) {
    const problem = `it has ${others.length} rows, and ${one.file} has ${rows.length}`;
    const hint = 'They belong together row by row.';
    throw new InvalidFileError({ file: other.file, problem, hint });
  }
  return rows.map((row, i) => () => [row(), others[i]()]);
}
