/**
 * RACE: questions of English exams about a passage, four options each.
 *
 * @see Lai et al. 2017, RACE: large-scale reading comprehension dataset from examinations; one JSON object a passage:
 * `article`, `questions`, `options`, `answers`. ExpMRC (Cui et al. 2022) has many passages in one file, as `data`.
 */
import type { JsonValue } from '@gpt-ts/core';
import type { MultipleChoiceExample } from '../example.js';
import { isObject, itemRows, listIn, parseJson } from '../reading/json.js';
import { type LazyRow, type OnBadRow, readRows } from '../reading/read-rows.js';
import { eachFile } from '../reading/reader.js';
import type { Row } from '../reading/row.js';
import type { TaskSet } from './task-set.js';

const LETTERS = ['A', 'B', 'C', 'D'];

/**
 * Reads a passage, or a file of passages. The source's `row` is the number of the passage.
 *
 * RACE itself has four options everywhere; ExpMRC has two or three for some questions, and for one empty ones.
 */
export function readRace(text: string, file: string, onBadRow?: OnBadRow): MultipleChoiceExample[] {
  return readRows(passageRows(text, file), file, onBadRow, passageQuestions);
}

/** The passages of a file, each of which is a row. */
export function passageRows(text: string, file: string): Iterable<LazyRow> {
  const json = parseJson(text, file);
  const isMany = isObject(json) && json.has('data');
  return itemRows(isMany ? listIn(json, 'data', file) : [json], file);
}

/** The questions on a passage. */
export function passageQuestions(passage: Row): (MultipleChoiceExample & { question: string })[] {
  const context = passage.text('article');
  const asked = passage.texts('questions');
  const answers = passage.texts('answers');
  const options = passage.fields.get('options');
  for (const [column, list] of Object.entries({ answers, options })) {
    if (Array.isArray(list) && list.length === asked.length) continue;
    throw passage.fail(
      column,
      `a list of ${asked.length}, one for each question`,
      passage.fields.get(column),
    );
  }
  return asked.map((question, i) => {
    const choices = passage.texts('options', (options as JsonValue[])[i], { blank: true });
    const label = LETTERS.slice(0, choices.length).indexOf(answers[i]);
    if (label < 0) throw passage.fail('answers', `a letter of ${choices.length} options`, answers[i]);
    return { form: 'multiple-choice', context, question, options: choices, label, source: passage.source };
  });
}

export const race: TaskSet<'multiple-choice'> = {
  name: 'race',
  form: 'multiple-choice',
  classes: LETTERS,
  files: {
    train: ['train/middle/*.txt', 'train/high/*.txt'],
    dev: ['dev/middle/*.txt', 'dev/high/*.txt'],
  },
  metric: 'accuracy',
  read: eachFile(readRace),
};

/** The dev part of ExpMRC's RACE+, the one that is open to all. Only the questions with four texts to choose from. */
export const expmrcRace: TaskSet<'multiple-choice'> = {
  ...race,
  name: 'expmrc-race',
  files: { train: ['expmrc-race-dev.json'] },
  devShare: 0.2,
  read: (files, onBadRow) =>
    race.read(files, onBadRow).filter(({ options }) => options.filter(Boolean).length === LETTERS.length),
};
