/** The layouts of SuperGLUE in small; test/documents.test.ts reads the real files. */
import { describe, expect, test } from 'vitest';
import { at, jsonl } from '../../test/support/files.js';
import type { InvalidExampleError } from '../errors/invalid-example-error.js';
import { readMultirc } from './multirc.js';
import { readRecord } from './record.js';
import { readBoolq, readCb, readSuperGlueCopa, readSuperGlueRte, readWic } from './super-glue.js';
import { readWsc } from './wsc.js';

test('BoolQ, as in SuperGLUE and as in its own release', () => {
  const want = { passage: 'Tea -- Tea is hot.', question: 'is tea hot', label: 1, source: at(1) };
  const { passage, question } = want;
  expect(readBoolq([jsonl({ passage, question, label: true })])).toEqual([want]);
  expect(readBoolq([jsonl({ title: 'Tea', passage: 'Tea is hot.', question, answer: true })])).toEqual([
    want,
  ]);
  expect(() => readBoolq([jsonl({ passage, question, label: 'yes' })])).toThrow(
    'f: row 1, label: must be one of false, true, got "yes".',
  );
});

test('CB and RTE are pairs', () => {
  const pair = { premise: 'p', hypothesis: 'h' };
  const example = (label: number) => ({ form: 'entailment', ...pair, label, source: at(1) });
  expect(readCb([jsonl({ ...pair, label: 'contradiction' })])).toEqual([example(2)]);
  expect(readSuperGlueRte([jsonl({ ...pair, label: 'not_entailment' })])).toEqual([example(1)]);
  expect(() => readSuperGlueRte([jsonl({ ...pair, label: 'neutral' })])).toThrow(
    'label: must be one of entailment, not_entailment, got "neutral".',
  );
});

test('COPA asks for a cause or an effect', () => {
  const row = { premise: 'It rained.', choice1: 'Wet.', choice2: 'Dry.', question: 'effect', label: 0 };
  expect(readSuperGlueCopa([jsonl(row)])).toEqual([
    {
      form: 'multiple-choice',
      context: 'It rained.',
      options: ['Wet.', 'Dry.'],
      asksFor: 'effect',
      label: 0,
      source: at(1),
    },
  ]);
  const bad = { ...row, question: 'luck' };
  expect(() => readSuperGlueCopa([jsonl(bad)])).toThrow(
    'question: must be one of cause, effect, got "luck".',
  );
});

test('WiC has a word in two sentences', () => {
  const row = { word: 'tea', sentence1: 'Hot tea.', sentence2: 'High tea.' };
  expect(readWic([jsonl({ ...row, label: false })])).toEqual([{ ...row, label: 0, source: at(1) }]);
  expect(() => readWic([jsonl({ ...row, label: 2 })])).toThrow('label: must be one of false, true, got 2.');
});

describe('WSC', () => {
  const row = (text: string, span2_text: string, span2_index: number) => {
    return { text, target: { span1_text: 'Al', span1_index: 0, span2_text, span2_index }, label: true };
  };

  test('is cut around its pronoun', () => {
    const [middle, quoted, after] = readWsc([
      jsonl(
        row('Al said  he slept.', 'he', 2),
        row('Al said: "His!"', 'His', 2),
        row('Al said he slept.', 'he', 1),
      ),
    ]);
    expect(middle).toEqual({
      before: 'Al said  ',
      pronoun: 'he',
      after: ' slept.',
      noun: 'Al',
      label: 1,
      source: at(1),
    });
    expect([quoted.before, quoted.after]).toEqual(['Al said: "', '!"']);
    expect([after.before, after.after]).toEqual(['Al said ', ' slept.']);
  });

  test('is refused when the pronoun stands elsewhere', () => {
    expect(() => readWsc([jsonl(row('Al said he slept.', 'he', 3))])).toThrow(
      'f: row 1, target.span2_index: must be the place of the word he, got 3. The text: Al said he slept.',
    );
    expect(() => readWsc([jsonl(row('Al said he slept.', 'he', 4))])).toThrow(
      'must be a number from 0 to 3, got 4.',
    );
  });
});

describe('MultiRC', () => {
  const answers = (...labels: number[]) => labels.map((label, i) => ({ text: `a${i}`, label }));
  const passage = (...questions: object[]) => ({ idx: 9, passage: { text: 'P', questions } });

  test('has a document for each answer', () => {
    const rows = [passage({ question: 'q', answers: answers(0, 1) }, { question: 'r', answers: answers(1) })];
    const document = {
      passage: 'P',
      question: 'q',
      questionNumber: 1,
      answer: 'a0',
      label: 0,
      source: at(1),
    };
    expect(readMultirc([jsonl(...rows)])).toEqual([
      document,
      { ...document, answer: 'a1', label: 1 },
      { ...document, question: 'r', questionNumber: 2, label: 1 },
    ]);
  });

  test('leaves a passage out as a whole', () => {
    const errors: InvalidExampleError[] = [];
    const rows = [
      passage({ question: 'q', answers: answers(0, 2) }),
      passage({ question: 'r', answers: answers(1) }),
    ];
    const read = readMultirc([jsonl(...rows)], (error) => errors.push(error));
    expect(read.map(({ source }) => source.row)).toEqual([2]);
    expect(errors.map(({ message }) => message)).toEqual([
      'f: row 1, passage.questions[0].answers[1].label: must be one of 0, 1, got 2.',
    ]);
  });
});

describe('ReCoRD', () => {
  const text = '😀 Al met Bo.\nAl left.\n@highlight\nBo stays\n@highlight\nAl goes';
  const name = (start: number, end: number) => ({ start, end });
  const row = (
    entities: object[],
    query = 'Then @placeholder wept.',
    answers = [{ text: 'Bo' }, { text: 'Bo' }],
  ) => {
    return { passage: { text, entities }, qas: [{ query, answers }] };
  };

  test('has names by their code points, each once, and highlights apart', () => {
    const entities = [name(2, 3), name(9, 10), name(13, 14)];
    expect(readRecord([jsonl(row(entities))])).toEqual([
      {
        passage: '😀 Al met Bo.\nAl left.',
        highlights: ['Bo stays', 'Al goes'],
        options: ['Al', 'Bo'],
        before: 'Then ',
        after: ' wept.',
        answers: ['Bo'],
        source: at(1),
      },
    ]);
  });

  test.each([
    [row([name(2, 100)]), 'f: row 1, passage.entities[0].end: must be a number from 2 to 59, got 100.'],
    [row([name(3, 2)]), 'passage.entities[0].end: must be a number from 3 to 59, got 2.'],
    [row([]), 'passage.entities: must be one or more'],
    [row([name(2, 3)], 'He wept.'), 'qas[0].query: must be a text with one @placeholder, got "He wept.".'],
    [row([name(2, 3)], undefined, []), 'qas[0].answers: must be one answer or more'],
  ])('%j is refused', (data, message) => {
    expect(() => readRecord([jsonl(data)])).toThrow(message);
  });
});
