/** Tables of text: a row of column names (or names that are known beforehand), then rows of as many cells. */
import { InvalidFileError } from '@gpt-ts/core';
import { InvalidExampleError } from '../errors/invalid-example-error.js';
import type { ExampleSource } from '../example.js';
import { lines } from './lines.js';
import { Row } from './row.js';

/** Cells of one row, before they have names. */
export interface Cells {
  /** The line on which they start, from 1. */
  row: number;
  cells: readonly string[];
}

/** Cells separated by tabs. Quotes are characters like any other, as in the files of GLUE. */
export function* tsvCells(text: string): Generator<Cells> {
  for (const { row, line } of lines(text)) yield { row, cells: line.split('\t') };
}

/** The column names of a table: its first row. */
export function header(all: Iterator<Cells>, file: string): Cells {
  const first = all.next();
  if (first.done) {
    throw new InvalidFileError({ file, problem: 'it is empty: expected a row of column names' });
  }
  const cells = first.value.cells.map((name) => name.trim());
  const seen = new Set<string>();
  const twice = cells.find((name) => seen.size === seen.add(name).size);
  if (twice !== undefined) {
    throw new InvalidFileError({
      file,
      field: `row ${first.value.row}`,
      problem: `the column ${JSON.stringify(twice)} comes twice`,
    });
  }
  return { row: first.value.row, cells };
}

/** Gives cells their names. */
export function named(columns: readonly string[], { row, cells }: Cells, file: string): Row {
  const source: ExampleSource = { file, row };
  if (cells.length !== columns.length) {
    const expected = `${columns.length} cells (${columns.join(', ')})`;
    throw new InvalidExampleError({ ...source, expected, received: cells.length });
  }
  return new Row(source, new Map(columns.map((name, i) => [name, cells[i]])));
}

/**
 * The rows of a TSV file whose columns are known.
 *
 * @param columns - What the header has to name, in any order; more columns do no harm. With `header: false` there is
 * no header, and these are all columns in their order.
 */
export function* tsvRows(
  text: string,
  file: string,
  columns: readonly string[],
  options: { header: boolean } = { header: true },
): Generator<Row> {
  const all = tsvCells(text);
  const names = options.header ? header(all, file) : { row: 0, cells: columns };
  const missing = columns.filter((name) => !names.cells.includes(name));
  if (missing.length > 0) {
    const received = names.cells.join(', ');
    throw new InvalidExampleError({
      file,
      row: names.row,
      expected: `columns named ${columns.join(', ')}`,
      received,
    });
  }
  let count = 0;
  for (const cells of all) {
    yield named(names.cells, cells, file);
    count++;
  }
  if (count === 0) throw new InvalidFileError({ file, problem: 'it holds no examples' });
}
