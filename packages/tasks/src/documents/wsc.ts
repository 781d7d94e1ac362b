/**
 * WSC as in SuperGLUE: does a pronoun stand for a noun phrase?
 *
 * @see Wang et al. 2019, SuperGLUE; JSONL with `text`, `target` (`span1_text`, `span2_text`, `span2_index` in words) and `label`.
 */
import type { TaskDocument } from '../evaluation/task.js';
import { jsonlRows } from '../reading/jsonl.js';
import { type Reader, rowReader } from '../reading/reader.js';

/** A text cut around a pronoun: `before`, `pronoun` and `after`, put together, are the text. */
export interface WscDocument extends TaskDocument {
  readonly before: string;
  readonly pronoun: string;
  readonly after: string;
  /** The noun phrase, written as in the file: `'The demonstrators'`. */
  readonly noun: string;
  /** 1 when the pronoun stands for it. */
  readonly label: number;
}

/** Reads `WSC/val.jsonl`. */
export const readWsc: Reader<WscDocument> = rowReader(jsonlRows, (row) => {
  const text = row.text('text');
  const target = row.object('target');
  const pronoun = target.text('span2_text');
  const words = [...text.matchAll(/\S+/g)];
  const index = target.integer('span2_index', 0, words.length - 1);
  // Some rows of the release name the word before the pronoun.
  const word = [words[index], words[index + 1]].find((each) => each?.[0].includes(pronoun));
  if (word === undefined) {
    throw target.fail(
      'span2_index',
      `the place of the word ${pronoun}`,
      index,
      `The text: ${text.slice(0, 80)}`,
    );
  }
  const start = word.index + word[0].indexOf(pronoun);
  return {
    ...{ before: text.slice(0, start), pronoun, after: text.slice(start + pronoun.length) },
    noun: target.text('span1_text'),
    label: row.oneOf('label', ['false', 'true']),
    source: row.source,
  };
});
