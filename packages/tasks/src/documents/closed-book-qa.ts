/**
 * Questions without a passage: Natural Questions, WebQuestions, TriviaQA.
 *
 * @see Kwiatkowski et al. 2019, Natural Questions, in the layout of NQ-open: JSONL with `question` and `answer`; Berant et al. 2013,
 * Semantic parsing on Freebase from question-answer pairs: a JSON list with `qText` and `answers`; Joshi et al. 2017, TriviaQA:
 * JSON, `Data[]` with `Question` and `Answer`.
 */
import { InvalidFileError } from '@gpt-ts/core';
import type { TaskDocument } from '../evaluation/task.js';
import { itemRows, listIn, parseJson } from '../reading/json.js';
import { jsonlRows } from '../reading/jsonl.js';
import type { LazyRow } from '../reading/read-rows.js';
import { type Reader, rowReader } from '../reading/reader.js';
import type { Row } from '../reading/row.js';
import { distinct } from './reading-comprehension.js';

/** A question and what counts as an answer, the one to show first. */
export interface QaDocument extends TaskDocument {
  readonly question: string;
  readonly answers: readonly string[];
}

/** Reads `NQ-open.dev.jsonl` and its like. */
export const readNaturalQuestions: Reader<QaDocument> = rowReader(jsonlRows, (row) => ({
  question: row.text('question'),
  answers: someTexts(row, 'answer'),
  source: row.source,
}));

/** Reads a JSON list of questions; a question's row is its number in the list. */
export const readWebQuestions: Reader<QaDocument> = rowReader(listRows, (row) => ({
  question: row.text('qText'),
  answers: someTexts(row, 'answers'),
  source: row.source,
}));

/** A question of TriviaQA; its answers are `Value`, then `Aliases`. */
export interface TriviaqaDocument extends QaDocument {
  /** In lower case, without punctuation and articles, as the release has them. */
  readonly normalizedAnswers: readonly string[];
}

/** Reads `wikipedia-dev.json`, `unfiltered-web-dev.json` and their like. */
export const readTriviaqa: Reader<TriviaqaDocument> = rowReader(
  (text, file) => itemRows(listIn(parseJson(text, file), 'Data', file), file),
  (row) => {
    const answer = row.object('Answer');
    return {
      question: row.text('Question'),
      answers: distinct([answer.text('Value'), ...aliases(answer, 'Aliases')]),
      normalizedAnswers: distinct(aliases(answer, 'NormalizedAliases')),
      source: row.source,
    };
  },
);

function someTexts(row: Row, column: string): string[] {
  const texts = distinct(row.texts(column));
  if (texts.length > 0) return texts;
  throw row.fail(column, 'one text or more', texts);
}

function aliases(answer: Row, column: string): string[] {
  return answer.texts(column, undefined, { blank: true }).filter((alias) => alias !== '');
}

function* listRows(text: string, file: string): Generator<LazyRow> {
  const json = parseJson(text, file);
  if (!Array.isArray(json)) throw new InvalidFileError({ file, problem: 'expected a list of questions' });
  yield* itemRows(json, file);
}
