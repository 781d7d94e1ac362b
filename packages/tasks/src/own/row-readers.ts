/** The rows of a plain file in any of its formats. */
import { InvalidArgumentError } from '@gpt-ts/core';
import type { ExampleForm } from '../example.js';
import { csvCells } from '../reading/csv.js';
import { jsonRow } from '../reading/jsonl.js';
import { lines } from '../reading/lines.js';
import type { Row } from '../reading/row.js';
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

/** One function for each row, so that a bad row does not end the others. A wrong header throws at once. */
export function rowReaders(text: string, options: RowsOptions): Iterable<() => Row> {
  const { format } = options;
  if (format === 'jsonl') return jsonRows(text, options);
  if (format === 'csv') return tableRows(csvCells(text, options.file), options);
  if (format === 'tsv') return tableRows(tsvCells(text), options);
  throw new InvalidArgumentError({ argument: 'format', expected: 'csv, jsonl or tsv', received: format });
}

function* jsonRows(text: string, { form, file, ignoreColumns = [] }: RowsOptions): Generator<() => Row> {
  for (const { row, line } of lines(text)) {
    yield () => {
      const read = jsonRow(line, { file, row });
      assertColumns([...read.fields.keys()], form, ignoreColumns, read.source);
      return read;
    };
  }
}

function* tableRows(
  all: Generator<Cells>,
  { form, file, ignoreColumns = [] }: RowsOptions,
): Generator<() => Row> {
  const names = header(all, file);
  assertColumns(names.cells, form, ignoreColumns, { file, row: names.row });
  for (const cells of all) yield () => named(names.cells, cells, file);
}
