/** The layouts of reading comprehension in small; test/documents.test.ts and test/format-samples.test.ts read real files. */
import { describe, expect, test } from 'vitest';
import { at, file, json } from '../../test/support/files.js';
import type { InvalidExampleError } from '../errors/invalid-example-error.js';
import { readCoqa } from './coqa.js';
import { readDrop } from './drop.js';
import { readRacePassages } from './race.js';
import { readQuac, readSquad } from './squad.js';

describe('SQuAD', () => {
  const answer = (text: string) => ({ text, answer_start: 0 });
  const qa = (question: string, ...answers: string[]) => ({
    id: 'x',
    question,
    answers: answers.map(answer),
  });
  const paragraph = (context: string, ...qas: object[]) => ({ context, qas });
  const squad = (...articles: object[]) => json({ version: '1.1', data: articles });

  test('has paragraphs of articles, numbered through the file', () => {
    const impossible = { ...qa('Why?'), is_impossible: true, plausible_answers: [answer('no')] };
    const first = {
      title: 'Tea',
      paragraphs: [paragraph('P', qa('Who?', 'Al', 'Al', 'he')), paragraph('Q', qa('What?', 'tea'))],
    };
    const read = readSquad([squad(first, { paragraphs: [paragraph('R', qa('When?', 'now'), impossible)] })]);
    expect(read[0]).toEqual({
      title: 'Tea',
      passage: 'P',
      question: 'Who?',
      answers: ['Al', 'he'],
      turns: [{ question: 'Who?', answers: ['Al', 'he'] }],
      turn: 0,
      source: at(1),
    });
    expect(
      read.map(({ title, passage, answers, turn, source }) => [
        title,
        passage,
        answers.length,
        turn,
        source.row,
      ]),
    ).toEqual([
      ['Tea', 'P', 2, 0, 1],
      ['Tea', 'Q', 1, 0, 2],
      ['', 'R', 1, 0, 3],
      ['', 'R', 0, 1, 3],
    ]);
    expect(read[3].turns).toBe(read[2].turns);
  });

  test.each([
    [
      squad({ paragraphs: [paragraph('P', qa('Who?'))] }),
      'f: row 1, qas[0].answers: must be one answer or more',
    ],
    [squad({ paragraphs: [paragraph('P', { answers: [] })] }), 'f: row 1, qas[0].question: must be a text'],
    [
      squad({ paragraphs: [paragraph('P', { ...qa('Who?', 'x'), is_impossible: 2 })] }),
      'qas[0].is_impossible: must be one of false, true, got 2',
    ],
    [squad({ paragraphs: [{ context: 'P' }] }), 'f: row 1, qas: must be a list of objects, got undefined.'],
    [squad({ paragraphs: [] }), 'f: data[0].paragraphs: expected a list of one or more.'],
    [json({ data: [7] }), 'f: data[0]: expected an object.'],
    [json([]), 'f: data: expected a list of one or more.'],
    [file('{"data":'), 'f: line 1, column 9: expected a value, got the end of the file.'],
  ])('%j is refused', (text, message) => {
    expect(() => readSquad([text])).toThrow(message);
  });

  test('a bad paragraph is left out with its questions', () => {
    const errors: InvalidExampleError[] = [];
    const paragraphs = [paragraph('P', qa('Who?', 'x'), qa('Who?')), 5, paragraph('R', qa('Who?', 'x'))];
    const read = readSquad([squad({ paragraphs: paragraphs as object[] })], (error) => errors.push(error));
    expect(read.map(({ source }) => source.row)).toEqual([3]);
    expect(errors.map(({ row, column }) => [row, column])).toEqual([
      [1, 'qas[1].answers'],
      [2, undefined],
    ]);
  });
});

test('QuAC has the original answer first, and says where the passage is from', () => {
  const qa = (question: string, original: string, ...answers: string[]) => ({
    question,
    answers: answers.map((text) => ({ text })),
    orig_answer: { text: original },
  });
  const article = {
    title: 'T',
    section_title: 'S',
    background: 'B',
    paragraphs: [
      {
        context: 'P CANNOTANSWER',
        qas: [qa('Who?', 'Al', 'he', 'Al'), qa('Why?', 'CANNOTANSWER', 'CANNOTANSWER')],
      },
    ],
  };
  const turns = [
    { question: 'Who?', answers: ['Al', 'he'] },
    { question: 'Why?', answers: ['CANNOTANSWER'] },
  ];
  expect(readQuac([json({ data: [article] })])).toEqual(
    turns.map((asked, turn) => ({
      ...{ title: 'T', section: 'S', background: 'B', passage: 'P CANNOTANSWER' },
      ...asked,
      ...{ turns, turn, source: at(1) },
    })),
  );
  const bad = { paragraphs: [{ context: 'P', qas: [{ question: 'Who?', answers: [{ text: 'x' }] }] }] };
  expect(() => readQuac([json({ data: [bad] })])).toThrow('f: row 1, qas[0].orig_answer: must be an object');
});

describe('CoQA', () => {
  const said = (...texts: string[]) => texts.map((input_text, i) => ({ input_text, turn_id: i + 1 }));
  const story = { story: 'P', questions: said('Who?', 'Why?'), answers: said('Al', 'unknown') };

  test('keeps the order of the conversation, and the answer of each person', () => {
    const turns = [
      { question: 'Who?', answers: ['Al', 'he', 'Al', 'him'] },
      { question: 'Why?', answers: ['unknown', 'unknown', 'unknown', 'unknown'] },
    ];
    const additional_answers = {
      0: said('he', 'unknown'),
      1: said('Al', 'unknown'),
      2: said('him', 'unknown'),
    };
    expect(readCoqa([json({ data: [{ ...story, additional_answers }] })])).toEqual(
      turns.map((asked, turn) => ({ title: '', passage: 'P', ...asked, turns, turn, source: at(1) })),
    );
    expect(readCoqa([json({ data: [story] })]).map(({ answers }) => answers)).toEqual([['Al'], ['unknown']]);
  });

  test.each([
    [{ ...story, answers: said('Al') }, 'f: row 1, answers: must be answers to turns 1, 2, got "1".'],
    [{ ...story, answers: said('a', 'b').reverse() }, 'answers: must be answers to turns 1, 2, got "2, 1".'],
    [
      { ...story, additional_answers: { 0: said('a') } },
      'row 1, additional_answers.0: must be answers to turns 1, 2',
    ],
    [
      { ...story, questions: [{ turn_id: 1 }, { turn_id: 2 }] },
      'row 1, questions[0].input_text: must be a text',
    ],
  ])('%j is refused', (data, message) => {
    expect(() => readCoqa([json({ data: [data] })])).toThrow(message);
  });
});

describe('DROP', () => {
  const none = { number: '', date: { day: '', month: '', year: '' }, spans: [] };
  const drop = (...answers: object[]) => {
    const [answer, ...validated_answers] = answers;
    return json({ p1: { passage: 'P', qa_pairs: [{ question: 'How many?', answer, validated_answers }] } });
  };

  test('has numbers, dates and spans as text', () => {
    const date = { day: '', month: 'May', year: '1919' };
    const [document] = readDrop([
      drop({ ...none, number: '3' }, { ...none, date }, none, { ...none, spans: ['Al', 'Bo'] }),
    ]);
    expect(document).toMatchObject({
      passage: 'P',
      question: 'How many?',
      answers: ['3', 'May 1919', 'Al, Bo'],
      spans: [['3'], ['May 1919'], ['Al', 'Bo']],
      source: at(1),
    });
  });

  test('is refused without an answer', () => {
    expect(() => readDrop([drop(none)])).toThrow(
      'f: row 1, qa_pairs[0].answer: must be a number, a date or spans',
    );
    expect(() => readDrop([drop({ number: '' })])).toThrow(
      'qa_pairs[0].answer.spans: must be a list of texts',
    );
    expect(() => readDrop([json([])])).toThrow('f: expected an object of passages.');
  });
});

test('RACE has the earlier questions of the passage, with their right answers', () => {
  const passage = {
    article: 'P',
    questions: ['q', 'r'],
    options: [
      ['a', 'b'],
      ['c', 'd'],
    ],
    answers: ['B', 'A'],
  };
  const turns = [
    { question: 'q', answers: ['b'] },
    { question: 'r', answers: ['c'] },
  ];
  const [, second] = readRacePassages([json(passage)]);
  expect(second).toEqual({
    form: 'multiple-choice',
    context: 'P',
    question: 'r',
    options: ['c', 'd'],
    label: 0,
    turns,
    turn: 1,
    source: at(1),
  });
});
