/**
 * PIQA and Social IQa: JSONL whose labels stand in the rows, or line by line in a file of their own.
 *
 * @see Bisk et al. 2020, PIQA: reasoning about physical commonsense in natural language; Sap et al. 2019, SocialIQA: commonsense
 * reasoning about social interactions.
 */
import { InvalidArgumentError } from '@gpt-ts/core';
import type { MultipleChoiceExample } from '../example.js';
import { jsonlRows } from '../reading/jsonl.js';
import { lineRows, lines } from '../reading/lines.js';
import { pairedRows } from '../reading/paired-rows.js';
import { type LazyRow, readRows } from '../reading/read-rows.js';
import type { Reader } from '../reading/reader.js';
import type { Row } from '../reading/row.js';
import type { TextFile } from '../sets/task-set.js';
import { choiceOf } from './choice.js';

const LABELS = '-labels.lst';

/** Reads `dev.jsonl`, with `dev-labels.lst` or with labels in the rows, 0 or 1: a goal and two ways to reach it. */
export const readPiqa: Reader<MultipleChoiceExample> = labelledReader((row, labels) =>
  choiceOf(row, { context: 'goal', options: ['sol1', 'sol2'] }, labels.index('label', 2)),
);

/** Reads `dev.jsonl`, with `dev-labels.lst` or with labels in the rows, 1 to 3. */
export const readSocialIqa: Reader<MultipleChoiceExample> = labelledReader((row, labels) =>
  choiceOf(
    row,
    { context: 'context', question: 'question', options: ['answerA', 'answerB', 'answerC'] },
    labels.oneOf('label', ['1', '2', '3']),
  ),
);

function labelledReader<D>(make: (row: Row, labels: Row) => D): Reader<D> {
  return (files, onBadRow) => {
    const rowFiles = files.filter(({ name }) => !name.endsWith(LABELS));
    const labelFiles = new Map(
      files.filter((file) => !rowFiles.includes(file)).map((file) => [file.name, file]),
    );
    const documents = rowFiles.flatMap((file) => {
      const name = file.name.replace(/\.jsonl$/, LABELS);
      const rows = labelledRows(file, labelFiles.get(name));
      labelFiles.delete(name);
      return readRows(rows, file.name, onBadRow, ([row, labels]) => make(row, labels));
    });
    const [lone] = labelFiles.keys();
    if (lone === undefined) return documents;
    const expected = `with ${lone} also ${lone.replace(LABELS, '.jsonl')}`;
    throw new InvalidArgumentError({ argument: 'files', expected, received: files.map(({ name }) => name) });
  };
}

/** Each row with the row that holds its label. */
function* labelledRows({ text, name: file }: TextFile, labels?: TextFile): Generator<LazyRow<[Row, Row]>> {
  const rows = jsonlRows(text, file);
  if (labels !== undefined) {
    const { name, text } = labels;
    yield* pairedRows({ file, rows }, { file: name, rows: lineRows(lines(text), name, 'label') });
    return;
  }
  for (const readRow of rows) {
    yield () => {
      const row = readRow();
      return [row, row];
    };
  }
}
