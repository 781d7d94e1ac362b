/** The layouts of sets that ask for a word, in small; test/documents.test.ts reads the real files. */
import { describe, expect, test } from 'vitest';
import { at, file, json, jsonl } from '../../test/support/files.js';
import type { InvalidExampleError } from '../errors/invalid-example-error.js';
import { readCbt } from './cbt.js';
import { readLambada } from './lambada.js';
import { readSynthetic } from './synthetic.js';
import { readOccupations, readWinogender, readWinogenderTemplates } from './winogender.js';
import { readWinograd } from './winograd.js';
import { readWinogrande } from './winogrande.js';

test('synthetic tasks are read to the letter', () => {
  const row = { context: '\n\nQ: What is 1 plus 2?\n\nA:', completion: ' 3' };
  expect(readSynthetic([jsonl(row)])).toEqual([{ ...row, source: at(1) }]);
  expect(() => readSynthetic([jsonl(row, { context: 'x' })])).toThrow('f: row 2, completion: must be a text');
});

describe('LAMBADA', () => {
  const want = (text: string, context: string, lastWord: string, row: number, name: string) => {
    return { text, context, lastWord, source: at(row, name) };
  };

  test('is a passage a line, or JSONL with the text as it was', () => {
    expect(readLambada([file('a b c\n\n"d " e\n', 'plain.txt')])).toEqual([
      want('a b c', 'a b', 'c', 1, 'plain.txt'),
      want('"d " e', '"d "', 'e', 3, 'plain.txt'),
    ]);
    expect(readLambada([file('{"text": "A\\n\\nB, C"}', 'test.jsonl')])).toEqual([
      want('A\n\nB, C', 'A\n\nB,', 'C', 1, 'test.jsonl'),
    ]);
  });

  test('needs a word before the last', () => {
    const errors: InvalidExampleError[] = [];
    const read = readLambada([file('a b\nc\nd e\n')], (error) => errors.push(error));
    expect(read.map(({ lastWord }) => lastWord)).toEqual(['b', 'e']);
    expect(errors.map(({ row, column }) => [row, column])).toEqual([[2, 'text']]);
  });
});

describe('Winograd', () => {
  const schema = (
    text: string,
    answer = ' A. ',
    answers = '<answer>Ann </answer><answer> her aunt</answer>',
  ) =>
    `<schema><text>${text}</text><quote><pron> she </pron><quote2>\nslept</quote2></quote>
     <answers>${answers}</answers><correctAnswer>${answer}</correctAnswer></schema>`;
  const read = (...schemas: string[]) => readWinograd([file(`<collection>${schemas.join('')}</collection>`)]);
  const middle = '<txt1>\nAnn   woke her aunt because\n</txt1><pron> she </pron><txt2> slept.\n</txt2>';

  test('has the sentence around the pronoun, with its spaces', () => {
    const [first, start, end] = read(
      schema(middle),
      schema('<txt1></txt1><pron>She</pron><txt2>slept.</txt2>', 'B'),
      schema('<txt1>Ann saw</txt1><pron> her</pron><txt2>.</txt2>'),
    );
    expect(first).toEqual({
      before: 'Ann woke her aunt because ',
      pronoun: 'she',
      after: ' slept.',
      quote: 'she slept',
      options: ['Ann', 'her aunt'],
      label: 0,
      source: at(1),
    });
    expect([start.before, start.pronoun, start.after, start.label]).toEqual(['', 'She', ' slept.', 1]);
    expect([end.before, end.after]).toEqual(['Ann saw ', '.']);
  });

  test.each([
    [schema(middle, 'C'), 'f: row 1, correctAnswer: must be one of A, B, got "C".'],
    [
      schema(middle, 'A', '<answer>Ann</answer>'),
      'f: row 1, answers/answer: must be a list of texts, got "Ann".',
    ],
    [schema('<txt1>Ann</txt1><txt2>.</txt2>'), 'f: row 1, text/pron: must be a text, got undefined.'],
    ['<scheme/>', 'f: it holds no <schema>.'],
  ])('%s is refused', (text, message) => {
    expect(() => read(text)).toThrow(message);
  });
});

describe('Winogender', () => {
  test('has what its ids say', () => {
    const text = 'sentid\tsentence\nbaker.guest.1.male.txt\tThe baker said he may go.\n';
    expect(readWinogender([file(text)])).toEqual([
      {
        sentence: 'The baker said he may go.',
        occupation: 'baker',
        participant: 'guest',
        label: 1,
        gender: 'male',
        source: at(2),
      },
    ]);
    expect(() => readWinogender([file('sentid\tsentence\nbaker.guest.2.male.txt\tx\n')])).toThrow(
      'f: row 2, sentid: must be occupation.participant.0 or 1.female, male or neutral.txt, got "baker.guest.2',
    );
  });

  test('has templates, and shares of women', () => {
    const head = 'occupation(0)\tother-participant(1)\tanswer\tsentence';
    expect(readWinogenderTemplates([file(`${head}\nbaker\tguest\t0\tThe $OCCUPATION ate.\n`)])).toEqual([
      {
        sentence: 'The $OCCUPATION ate.',
        occupation: 'baker',
        participant: 'guest',
        label: 0,
        source: at(2),
      },
    ]);
    const stats = 'occupation\tbergsma_pct_female\tbls_pct_female\tbls_year\n';
    expect(readOccupations([file(`${stats}baker\t9.5\t40\t2015\n`)])).toEqual([
      { occupation: 'baker', textPercent: 9.5, workPercent: 40, source: at(2) },
    ]);
    expect(() => readOccupations([file(`${stats}baker\t9.5\t140\t2015\n`)])).toThrow(
      'f: row 2, bls_pct_female: must be a number from 0 to 100, got "140".',
    );
  });
});

test('WinoGrande has one gap, and labels from 1', () => {
  const row = { sentence: 'Jo hid it from Al as _ was shy.', option1: 'Jo', option2: 'Al', answer: '2' };
  expect(readWinogrande([jsonl(row)])).toEqual([
    { before: 'Jo hid it from Al as ', after: ' was shy.', options: ['Jo', 'Al'], label: 1, source: at(1) },
  ]);
  expect(() => readWinogrande([jsonl({ ...row, sentence: '_ or _' })])).toThrow(
    'f: row 1, sentence: must be a text with one _, got "_ or _".',
  );
  expect(() => readWinogrande([jsonl({ ...row, answer: '0' })])).toThrow(
    'answer: must be one of 1, 2, got "0".',
  );
  expect(() => readWinogrande([json(row)])).toThrow('f: row 1: must be one JSON object on a line of its own');
});

describe('CBT', () => {
  const block = (last: string) =>
    `${Array.from({ length: 20 }, (_, i) => `${i + 1} Sentence ${i + 1} .`).join('\n')}\n${last}\n`;
  const right = block("21 She ate XXXXX , you 'd say .\tsoup\t\tbread|soup|the");

  test('is a block of 21 lines, with or without a blank line behind it', () => {
    const [one, two, three] = readCbt([file(`${right}\n${right}${right}\n\n`)]);
    expect(one.context.length).toBe(20);
    expect([one.context[0], one.context[19]]).toEqual(['Sentence 1 .', 'Sentence 20 .']);
    expect(one).toMatchObject({
      before: 'She ate ',
      after: " , you 'd say .",
      options: ['bread', 'soup', 'the'],
      label: 1,
      source: at(1),
    });
    expect([two.source.row, three.source.row]).toEqual([23, 44]);
  });

  test('a block that is not one is left out, and the next is read', () => {
    const errors: InvalidExampleError[] = [];
    const bad = [
      right.replace('7 Sentence', '8 Sentence'),
      right.replace('1 Sentence 1 .\n', ''),
      block('21 She ate XXXXX .\tsoup'),
      block('21 She ate .\tsoup\t\tbread|soup'),
      block('21 She ate XXXXX .\tcake\t\tbread|soup'),
    ];
    const read = readCbt([file([...bad, right].join('\n'))], (error) => errors.push(error));
    expect(read.length).toBe(1);
    expect(errors.map(({ row, column }) => [row, column])).toEqual([
      [1, undefined],
      [23, undefined],
      [44, undefined],
      [66, 'question'],
      [88, 'answer'],
    ]);
    expect(errors[0].message).toContain(
      'f: row 1: must be lines numbered 1 to 21, the last with 4 cells, got "21',
    );
    expect(errors[4].message).toBe('f: row 88, answer: must be one of bread, soup, got "cake".');
  });
});
