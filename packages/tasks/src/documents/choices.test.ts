/** The layouts of multiple-choice sets in small; test/documents.test.ts reads the real files. */
import { describe, expect, test } from 'vitest';
import { at, file, jsonl } from '../../test/support/files.js';
import type { InvalidExampleError } from '../errors/invalid-example-error.js';
import { readArc } from './arc.js';
import { readPiqa, readSocialIqa } from './commonsense.js';
import { readHellaswag } from './hellaswag.js';
import { readStoryCloze } from './story-cloze.js';

const form = 'multiple-choice';

describe('ARC and OpenBookQA', () => {
  const question = (labels: string, answerKey: string) => ({
    id: 'x',
    question: { stem: 'Why?', choices: [...labels].map((label) => ({ text: `text ${label}`, label })) },
    answerKey,
  });

  test('have three to five choices, with letters or numbers', () => {
    const read = readArc([jsonl(question('ABC', 'B'), question('1234', '4'), question('ABCDE', 'E'))]);
    expect(read[0]).toEqual({
      form,
      context: 'Why?',
      options: ['text A', 'text B', 'text C'],
      label: 1,
      source: at(1),
    });
    expect(read.map(({ options, label }) => [options.length, label])).toEqual([
      [3, 1],
      [4, 3],
      [5, 4],
    ]);
  });

  test.each([
    [question('ABCD', 'E'), 'f: row 1, answerKey: must be one of A, B, C, D, got "E".'],
    [question('A', 'A'), 'f: row 1, question.choices: must be two or more, got 1.'],
    [{ question: 'Why?' }, 'f: row 1, question: must be an object, got "Why?".'],
    [
      { question: { stem: 'a', choices: [{ text: 'a', label: 'A' }, {}] } },
      'row 1, question.choices[1].label: must',
    ],
  ])('%j is refused', (row, message) => {
    expect(() => readArc([jsonl(row)])).toThrow(message);
  });
});

test('HellaSwag has an activity, and labels from 0', () => {
  const row = {
    ind: 4,
    activity_label: 'Diving',
    ctx: 'A man jumps. he',
    endings: ['a', 'b', 'c', 'd'],
    label: 3,
  };
  const { activity_label: activity, ctx: context, endings: options, label } = row;
  expect(readHellaswag([jsonl(row)])).toEqual([{ form, activity, context, options, label, source: at(1) }]);
  expect(() => readHellaswag([jsonl({ ...row, label: 4 })])).toThrow(
    'label: must be one of 0, 1, 2, 3, got 4.',
  );
  expect(() => readHellaswag([jsonl({ ...row, endings: ['a'] })])).toThrow(
    'endings: must be two texts or more',
  );
});

describe('PIQA and Social IQa', () => {
  const rows = [
    { goal: 'Sleep', sol1: 'lie down', sol2: 'stand up' },
    { goal: 'Eat', sol1: 'a stone', sol2: 'an egg' },
  ];
  const [dev, train] = ['dev.jsonl', 'train.jsonl'].map((name) => file(jsonl(...rows).text, name));
  const labels = (text: string, name = 'dev-labels.lst') => file(text, name);
  const answers = (read: readonly { label: number }[]) => read.map(({ label }) => label);

  test('have labels in their rows, or in a file of their own', () => {
    const [first, second] = readPiqa([jsonl({ ...rows[0], label: 0 }, { ...rows[1], label: 1 })]);
    expect(first).toEqual({
      form,
      context: 'Sleep',
      options: ['lie down', 'stand up'],
      label: 0,
      source: at(1),
    });
    expect(second.label).toBe(1);
    expect(answers(readPiqa([dev, labels('1\n0\n')]))).toEqual([1, 0]);
    const many = [labels('1\n0\n'), train, labels('1\n1\n', 'train-labels.lst'), dev];
    expect(answers(readPiqa(many))).toEqual([1, 1, 1, 0]);
    const social = { context: 'Al left.', question: 'Why?', answerA: 'a', answerB: 'b', answerC: 'c' };
    expect(readSocialIqa([jsonl({ ...social, label: '3' })])).toEqual([
      { form, context: 'Al left.', question: 'Why?', options: ['a', 'b', 'c'], label: 2, source: at(1) },
    ]);
  });

  test('name the file of labels when it is wrong', () => {
    expect(() => readPiqa([dev, labels('1\n2\n')])).toThrow(
      'dev-labels.lst: row 2, label: must be one of 0, 1, got "2".',
    );
    expect(() => readPiqa([dev, labels('1\n')])).toThrow(
      'dev-labels.lst: it has 1 rows, and dev.jsonl has 2.',
    );
    expect(() => readPiqa([labels('1\n')])).toThrow('files must be with dev-labels.lst also dev.jsonl, got');
    expect(() => readPiqa([dev])).toThrow('dev.jsonl: row 1, label: must be one of 0, 1, got undefined.');
  });

  test('keep rows and labels together when a row is bad', () => {
    const errors: InvalidExampleError[] = [];
    const broken = file(`{"goal"\n${dev.text}`, 'dev.jsonl');
    expect(answers(readPiqa([broken, labels('0\n0\n1\n')], (error) => errors.push(error)))).toEqual([0, 1]);
    expect(errors.map(({ file, row }) => [file, row])).toEqual([['dev.jsonl', 1]]);
  });
});

describe('Story Cloze', () => {
  const head =
    'InputStoryid,InputSentence1,InputSentence2,InputSentence3,InputSentence4,RandomFifthSentenceQuiz1,RandomFifthSentenceQuiz2,AnswerRightEnding';

  test('is four sentences and two endings, labels from 1', () => {
    const text = `${head}\nx,"One, two.",Three.,Four.,Five.,It ended.,"It ""went"" on.",2\n`;
    expect(readStoryCloze([file(text)])).toEqual([
      {
        form,
        context: 'One, two. Three. Four. Five.',
        options: ['It ended.', 'It "went" on.'],
        label: 1,
        source: at(2),
      },
    ]);
  });

  test('is refused with other columns or labels', () => {
    expect(() => readStoryCloze([file(`${head}\nx,a,b,c,d,e,f,3\n`)])).toThrow(
      'f: row 2, AnswerRightEnding: must be one of 1, 2, got "3".',
    );
    expect(() => readStoryCloze([file('storyid,storytitle,sentence1\nx,y,z\n')])).toThrow(
      'f: row 1: must be columns named InputSentence1, ',
    );
  });
});
