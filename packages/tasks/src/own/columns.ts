/** The columns of the plain form of each task. */
import { InvalidExampleError } from '../errors/invalid-example-error.js';
import type { ExampleForm, ExampleSource } from '../example.js';
import { nearest } from './nearest.js';

const REQUIRED: Record<ExampleForm, readonly string[]> = {
  classification: ['text', 'label'],
  entailment: ['premise', 'hypothesis', 'label'],
  similarity: ['a', 'b', 'label'],
  'multiple-choice': ['context', 'label'],
};
const OPTION = /^option(?<name>[0-9]{1,2}|[A-Z])$/;
const LISTED = 5; // of the unknown columns, in a message

/** What the column `option2` or `optionB` calls its option: `2`, `B`. Undefined for any other column. */
export function optionName(column: string): string | undefined {
  return OPTION.exec(column)?.groups?.name;
}

/**
 * Refuses columns that are missing, unknown, or in each other's way.
 *
 * @param ignored - Columns that may be there and are not read.
 */
export function assertColumns(
  columns: readonly string[],
  form: ExampleForm,
  ignored: readonly string[],
  source: ExampleSource,
): void {
  const choice = form === 'multiple-choice';
  const required = REQUIRED[form];
  const known = choice ? [...required, 'question', 'optionA', 'options'] : required;
  const read = columns.filter((column) => !ignored.includes(column));
  const unknown = read.filter((column) => !known.includes(column) && !(choice && optionName(column)));
  const nOptions = read.filter((column) => optionName(column)).length;
  const hasOptions = read.includes('options') ? nOptions === 0 : nOptions >= 2;
  const complete = required.every((column) => read.includes(column)) && (hasOptions || !choice);
  if (complete && unknown.length === 0) return;
  const more = choice ? ', maybe question, and either options or optionA, optionB, ...' : '';
  const expected = `columns ${required.join(', ')}${more}`;
  const hint = unknown.length > 0 ? unknownHint(unknown, known) : undefined;
  throw new InvalidExampleError({ ...source, expected, received: columns.join(', '), hint });
}

function unknownHint(unknown: readonly string[], known: readonly string[]): string {
  const listed = unknown.slice(0, LISTED).map((column) => {
    return `${JSON.stringify(column.slice(0, 40))} (nearest: ${nearest(column, known)})`;
  });
  const more = unknown.length > LISTED ? ` and ${unknown.length - LISTED} more` : '';
  return `Unknown: ${listed.join(', ')}${more}. Rename them, or name them in ignoreColumns.`;
}
