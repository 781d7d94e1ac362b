/**
 * MCTest: questions about stories for children, four options each.
 *
 * @see Richardson et al. 2013, MCTest: a challenge dataset for the open-domain machine comprehension of text; TSV without a
 * header, id, properties, story, then four times a question and its options; the answers are in a file of their own.
 */
import { InvalidArgumentError } from '@gpt-ts/core';
import type { MultipleChoiceExample } from '../example.js';
import { pairedRows } from '../reading/paired-rows.js';
import { type OnBadRow, readRows } from '../reading/read-rows.js';
import type { Row } from '../reading/row.js';
import { tsvRows } from '../reading/table.js';
import type { TaskSet, TextFile } from './task-set.js';

const LETTERS = ['A', 'B', 'C', 'D'];
const QUESTIONS = ['question 1', 'question 2', 'question 3', 'question 4'];
const COLUMNS = [
  ...['id', 'properties', 'story'],
  ...QUESTIONS.flatMap((question) => [question, ...LETTERS.map((letter) => `${question} ${letter}`)]),
];

/** Reads the stories and their answers: four examples a story. `\newline` becomes a line end. */
export function readMctest(
  stories: TextFile,
  answers: TextFile,
  onBadRow?: OnBadRow,
): MultipleChoiceExample[] {
  const rows = ({ text, name }: TextFile, columns: string[]) => {
    return { file: name, rows: tsvRows(text, name, columns, { header: false }) };
  };
  const pairs = pairedRows(rows(stories, COLUMNS), rows(answers, QUESTIONS));
  const make = ([story, solved]: [Row, Row]) => QUESTIONS.map((column) => question(story, solved, column));
  return readRows(pairs, stories.name, onBadRow, make);
}

function question(story: Row, answers: Row, column: string): MultipleChoiceExample {
  const line = (name: string) => story.text(name).replaceAll('\\newline', '\n').trim();
  return {
    form: 'multiple-choice',
    context: line('story'),
    question: line(column).replace(/^(one|multiple): /, ''), // how many sentences it takes to answer
    options: LETTERS.map((letter) => line(`${column} ${letter}`)),
    label: answers.oneOf(column, LETTERS),
    source: story.source,
  };
}

export const mctest: TaskSet<'multiple-choice'> = {
  name: 'mctest',
  form: 'multiple-choice',
  classes: LETTERS,
  files: {
    train: ['mc500.train.tsv', 'mc500.train.ans'],
    dev: ['mc500.dev.tsv', 'mc500.dev.ans'],
  },
  metric: 'accuracy',
  read(files, onBadRow) {
    const [stories, answers] = ['.tsv', '.ans'].map((end) => files.find(({ name }) => name.endsWith(end)));
    if (files.length !== 2 || !stories || !answers) {
      const received = files.map(({ name }) => name);
      throw new InvalidArgumentError({ argument: 'files', expected: 'a .tsv and its .ans file', received });
    }
    return readMctest(stories, answers, onBadRow);
  },
};
