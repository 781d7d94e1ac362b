/** What a row of a plain file says, but for its label. */
import { isGptError, JsonReader, type JsonValue } from '@gpt-ts/core';
import type { ExampleContent, ExampleForm } from '../example.js';
import type { Row } from '../reading/row.js';
import { optionName } from './columns.js';

/** An example without its label; of a multiple choice, also what its options are called. */
export interface Content {
  fields: ExampleContent;
  optionNames?: readonly string[];
}

/** Reads the fields that a form has. */
export function contentOf(row: Row, form: ExampleForm): Content {
  const text = (column: string) => row.text(column);
  switch (form) {
    case 'classification':
      return { fields: { form, text: text('text') } };
    case 'entailment':
      return { fields: { form, premise: text('premise'), hypothesis: text('hypothesis') } };
    case 'similarity':
      return { fields: { form, a: text('a'), b: text('b') } };
    case 'multiple-choice': {
      const { options, optionNames } = choices(row);
      const question = isBlank(row, 'question') ? {} : { question: text('question') };
      return { fields: { form, context: text('context'), ...question, options }, optionNames };
    }
  }
}

function choices(row: Row): { optionNames: string[]; options: string[] } {
  if (row.fields.has('options')) {
    const options = row.texts('options', listed(row));
    if (options.length < 2) throw row.fail('options', 'two texts or more', options);
    return { optionNames: options.map((_, i) => `${i}`), options };
  }
  const columns = [...row.fields.keys()].filter((column) => optionName(column) !== undefined);
  return {
    optionNames: columns.map((column) => optionName(column)!),
    options: columns.map((column) => row.text(column)),
  };
}

/** The value of `options`; in a table it is the text of a JSON array. */
function listed(row: Row): JsonValue | undefined {
  const value = row.fields.get('options');
  if (typeof value !== 'string') return value;
  try {
    const reader = new JsonReader(value, row.source.file);
    const parsed = reader.value();
    reader.end();
    return parsed;
  } catch (error) {
    if (!isGptError(error)) throw error;
    throw row.fail('options', 'a JSON array of texts', value);
  }
}

function isBlank(row: Row, column: string): boolean {
  const value = row.fields.get(column);
  return value === undefined || value === null || (typeof value === 'string' && value.trim() === '');
}
