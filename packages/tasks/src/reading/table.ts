/** Tables of text: a row of column names (or names that are known beforehand), then rows of as many cells. */
import { InvalidFileError } from '@gpt-ts/core';
import { InvalidExampleError } from '../errors/invalid-example-error.js';
import type { ExampleSource } from '../example.js';
import { csvCells } from './csv.js';
import { lines } from './lines.js';
import type { LazyRow, RowsOf } from './read-rows.js';
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

/**
 * Gives cells their names.
 *
 * @param short - Whether cells may be missing at the end.
 */
export function named(columns: readonly string[], { row, cells }: Cells, file: string, short = false): Row {
  const source: ExampleSource = { file, row };
  if (cells.length > columns.length || (cells.length < columns.length && !short)) {
    const expected = `${columns.length} cells (${columns.join(', ')})`;
    throw new InvalidExampleError({ ...source, expected, received: cells.length });
  }
  return new Row(source, new Map(cells.map((cell, i) => [columns[i], cell])));
}

/** How a table is laid out. */
export interface TableOptions {
  /** Without a header, the columns asked for are all columns in their order. Default true. */
  header?: boolean;
  /** Rows may end before their last cells. Default false. */
  short?: boolean;
}

/**
 * The rows of a TSV file whose columns are known.
 *
 * @param columns - What the header has to name, in any order; more columns do no harm.
 */
export function tsvRows(
  text: string,
  file: string,
  columns: readonly string[],
  options?: TableOptions,
): Generator<LazyRow> {
  return tableRows(tsvCells(text), file, columns, options);
}

/** The same as a function of the file alone. */
export function tsvTable(columns: readonly string[], options?: TableOptions): RowsOf {
  return (text, file) => tsvRows(text, file, columns, options);
}

/** The same for a CSV file. */
export function csvRows(
  text: string,
  file: string,
  columns: readonly string[],
  options?: TableOptions,
): Generator<LazyRow> {
  return tableRows(csvCells(text, file), file, columns, options);
}

function* tableRows(
  all: Generator<Cells>,
  file: string,
  columns: readonly string[],
  { header: hasHeader = true, short = false }: TableOptions = {},
): Generator<LazyRow> {
  const names = hasHeader ? header(all, file) : { row: 0, cells: columns };
  if (columns.some((name) => !names.cells.includes(name))) {
    const expected = `columns named ${columns.join(', ')}`;
    throw new InvalidExampleError({ file, row: names.row, expected, received: names.cells.join(', ') });
  }
  for (const cells of all) yield () => named(names.cells, cells, file, short);
}
