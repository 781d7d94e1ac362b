/** Examples of one's own: a CSV, TSV or JSONL file with named columns, one form for each task. */
import { InvalidFileError, show } from '@gpt-ts/core';
import type { InvalidExampleError } from '../errors/invalid-example-error.js';
import type { ExampleForm, ExampleOf } from '../example.js';
import { readRows } from '../reading/read-rows.js';
import type { Row } from '../reading/row.js';
import { type Content, contentOf } from './content.js';
import { type ExampleFormat, exampleRows } from './row-readers.js';

/** What a file is and how strict to be. */
export interface ReadExamplesOptions<F extends ExampleForm> {
  form: F;
  format: ExampleFormat;
  /** The name that errors show. */
  file: string;
  /**
   * Class names by label, as the training file gave them; any other label is an error. Default: the different labels
   * of this file, sorted by code unit, so that the order of rows does not matter. For multiple choice: the names of
   * the options.
   */
  classes?: readonly string[];
  /** Leave out rows that cannot be read, and count them. Default false: the first one is an error. */
  skipBadRows?: boolean;
  /** Columns that may be there and are not read. Default: any unknown column is an error. */
  ignoreColumns?: readonly string[];
}

/** What a file held. */
export interface ReadExamples<F extends ExampleForm> {
  examples: ExampleOf<F>[];
  /** Class names by label; pass them on when reading the dev file. */
  classes: readonly string[];
  /** Rows left out. */
  skipped: number;
  /** What was wrong with the first of them. */
  firstSkipped?: InvalidExampleError;
}

/**
 * Reads the examples of a file with named columns.
 *
 * | form | columns |
 * | --- | --- |
 * | `classification` | `text`, `label` |
 * | `entailment` | `premise`, `hypothesis`, `label` |
 * | `similarity` | `a`, `b`, `label` |
 * | `multiple-choice` | `context`, maybe `question`, `label`, and `optionA`, `optionB`, ... or `options` |
 *
 * The label of a multiple choice is what stands behind `option`: `B` for `optionB`, `2` for `option2`. `options` is a
 * JSON array of texts, and the label an index in it, from 0. White space around a field does not count.
 *
 * @throws {@link InvalidExampleError} for a wrong header, and for a row that is wrong unless `skipBadRows`.
 * @throws InvalidFileError for a file without examples, with a single class, or with quotes that do not close.
 * @example
 * const csv = 'text,label\nWhat fun!,good\n"Oh, no.",bad\n';
 * const { examples, classes } = readExamples(csv, { form: 'classification', format: 'csv', file: 'a.csv' });
 * classes; // => ['bad', 'good']
 * examples[1].text; // => 'Oh, no.'
 */
export function readExamples<F extends ExampleForm>(
  text: string,
  options: ReadExamplesOptions<F>,
): ReadExamples<F> {
  const { form, file, skipBadRows = false } = options;
  const known = options.classes;
  let optionNames = form === 'multiple-choice' ? known : undefined;
  let skipped = 0;
  let firstSkipped: InvalidExampleError | undefined;
  const skip = (error: InvalidExampleError) => {
    skipped++;
    firstSkipped ??= error;
  };
  const read = (row: Row): { row: Row; label: string; content: Content } => {
    const content = contentOf(row, form);
    optionNames ??= content.optionNames;
    assertOptions(row, content, optionNames);
    const names = known ?? optionNames;
    if (names !== undefined) row.oneOf('label', names);
    return { row, label: row.name('label'), content };
  };
  const rows = readRows(exampleRows(text, options), file, skipBadRows ? skip : undefined, read);
  if (rows.length === 0) {
    const problem = `it holds no examples, and ${skipped} bad rows`;
    throw new InvalidFileError({ file, problem, cause: firstSkipped });
  }
  const classes = known ?? optionNames ?? [...new Set(rows.map(({ label }) => label))].sort();
  if (classes.length < 2) {
    const problem = `every label is ${show(classes[0])}`;
    throw new InvalidFileError({ file, problem, hint: 'Give examples of two classes or more.' });
  }
  const index = new Map(classes.map((name, i) => [name, i]));
  const examples = rows.map(({ row, label, content }) => {
    return { ...content.fields, label: index.get(label), source: row.source } as ExampleOf<F>;
  });
  return { examples, classes, skipped, firstSkipped };
}

function assertOptions(row: Row, content: Content, names: readonly string[] | undefined): void {
  const received = content.optionNames?.join(', ');
  if (received === undefined || received === names?.join(', ')) return;
  throw row.fail('options', `the options ${names?.join(', ')}`, received);
}
