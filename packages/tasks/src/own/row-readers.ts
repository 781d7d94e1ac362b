/** The rows of a plain file in any of its formats. */
import { InvalidArgumentError } from '@gpt-ts/core';
import type { ExampleForm } from '../example.js';
import { csvCells } from '../reading/csv.js';
import { jsonlRows } from '../reading/jsonl.js';
import type { LazyRow } from '../reading/read-rows.js';
import { type Cells, header, named, tsvCells } from '../reading/table.js';
import { assertColumns } from './columns.js';

/** How a file of examples is written: quoted CSV, tabs without quotes, or one JSON object a line. */
export type ExampleFormat = 'csv' | 'jsonl' | 'tsv';

interface RowsOptions {
  form: ExampleForm;
  format: ExampleFormat;
  file: string;
  ignoreColumns?: readonly string[];
}

/** The rows of a file. A wrong header throws at once, and a row when it is read. */
export function exampleRows(text: string, options: RowsOptions): Iterable<LazyRow> {
  const { format } = options;
  if (format === 'jsonl') return jsonRows(text, options);
  if (format === 'csv') return tableRows(csvCells(text, options.file), options);
  if (format === 'tsv') return tableRows(tsvCells(text), options);
  throw new InvalidArgumentError({ argument: 'format', expected: 'csv, jsonl or tsv', received: format });
}

function* jsonRows(text: string, { form, file, ignoreColumns = [] }: RowsOptions): Generator<LazyRow> {
  for (const readRow of jsonlRows(text, file)) {
    yield () => {
      const row = readRow();
      assertColumns([...row.fields.keys()], form, ignoreColumns, row.source);
      return row;
    };
  }
}

function* tableRows(
  all: Generator<Cells>,
  { form, file, ignoreColumns = [] }: RowsOptions,
): Generator<LazyRow> {
  const names = header(all, file);
  assertColumns(names.cells, form, ignoreColumns, { file, row: names.row });
  for (const cells of all) yield () => named(names.cells, cells, file);
}
