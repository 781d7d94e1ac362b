/**
 * RACE: questions of English exams about a passage, four options each.
 *
 * @see Lai et al. 2017, RACE: large-scale reading comprehension dataset from examinations; one JSON object a passage:
 * `article`, `questions`, `options`, `answers`. ExpMRC (Cui et al. 2022) has many passages in one file, as `data`.
 */
import { InvalidFileError, type JsonObject, type JsonValue, parseJsonObject } from '@gpt-ts/core';
import type { MultipleChoiceExample } from '../example.js';
import { plainText } from '../reading/lines.js';
import { Row } from '../reading/row.js';
import { eachFile, type TaskSet } from './task-set.js';

const LETTERS = ['A', 'B', 'C', 'D'];

/**
 * Reads a passage, or a file of passages. The source's `row` is the number of the passage.
 *
 * RACE itself has four options everywhere; ExpMRC has two or three for some questions, and for one empty ones.
 */
export function readRace(text: string, file: string): MultipleChoiceExample[] {
  const json = parseJsonObject(plainText(text), file);
  return passages(json, file).flatMap((passage, i) => questions(new Row({ file, row: i + 1 }, passage)));
}

function passages(json: JsonObject, file: string): JsonObject[] {
  const data = json.get('data');
  if (data === undefined) return [json];
  if (Array.isArray(data) && data.length > 0 && data.every(isObject)) return data;
  throw new InvalidFileError({ file, field: 'data', problem: 'expected a list of passages' });
}

function isObject(value: JsonValue): value is JsonObject {
  return value instanceof Map;
}

function questions(passage: Row): MultipleChoiceExample[] {
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
  read: (files) =>
    race.read(files).filter(({ options }) => options.filter(Boolean).length === LETTERS.length),
};
