/** Multiple choice from rows. */
import type { MultipleChoiceExample } from '../example.js';
import type { Row } from '../reading/row.js';

/** The options in a list of texts, two or more. */
export function optionsOf(row: Row, column: string): string[] {
  const options = row.texts(column);
  if (options.length >= 2) return options;
  throw row.fail(column, 'two texts or more', options);
}

/** A multiple choice whose options stand in columns of their own. */
export function choiceOf(
  row: Row,
  columns: { context: string; question?: string; options: readonly string[] },
  label: number,
): MultipleChoiceExample {
  const { context, question, options } = columns;
  return {
    form: 'multiple-choice',
    context: row.text(context),
    ...(question && { question: row.text(question) }),
    options: options.map((option) => row.text(option)),
    label,
    source: row.source,
  };
}
