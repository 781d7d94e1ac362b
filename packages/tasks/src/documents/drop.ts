/**
 * DROP: questions that take counting, adding and comparing.
 *
 * @see Dua et al. 2019, DROP: a reading comprehension benchmark requiring discrete reasoning over paragraphs; JSON, an object of
 * passages with `passage` and `qa_pairs`. An answer is a number, a date or spans of text.
 */
import { InvalidFileError } from '@gpt-ts/core';
import { isObject, itemRows, parseJson } from '../reading/json.js';
import type { LazyRow } from '../reading/read-rows.js';
import { type Reader, rowReader } from '../reading/reader.js';
import type { Row } from '../reading/row.js';
import { eachTurn, type PassageDocument } from './reading-comprehension.js';

/** A question and its answers as text, spans joined by a comma and a space. */
export interface DropDocument extends PassageDocument {
  /** The same answers, each as the list of its spans; a number or a date is one span. */
  readonly spans: readonly (readonly string[])[];
}

/** Reads `drop_dataset_dev.json`. Answers of validators come after the first; those that they left empty are left out. */
export const readDrop: Reader<DropDocument> = rowReader(passageRows, (row) => {
  const turns = row.objects('qa_pairs').map((qa) => {
    const first = spansOf(qa.object('answer'));
    if (first.length === 0) throw qa.fail('answer', 'a number, a date or spans', qa.fields.get('answer'));
    const others = qa.fields.has('validated_answers') ? qa.objects('validated_answers').map(spansOf) : [];
    const spans = [first, ...others.filter((each) => each.length > 0)];
    return { question: qa.text('question'), spans, answers: spans.map((each) => each.join(', ')) };
  });
  return eachTurn({ title: '', passage: row.text('passage'), source: row.source }, turns);
});

function spansOf(answer: Row): string[] {
  if (answer.fields.get('number') !== '') return [answer.name('number')];
  const spans = answer.texts('spans', undefined, { blank: true }).filter((span) => span !== '');
  if (spans.length > 0) return spans;
  const date = answer.object('date');
  const parts = ['day', 'month', 'year'].map((part) => date.maybe(part)).filter((part) => part !== '');
  return parts.length > 0 ? [parts.join(' ')] : [];
}

function* passageRows(text: string, file: string): Generator<LazyRow> {
  const json = parseJson(text, file);
  if (!isObject(json)) throw new InvalidFileError({ file, problem: 'expected an object of passages' });
  yield* itemRows(json.values(), file);
}
