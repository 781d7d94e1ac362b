/** The layouts of the published sets in small; test/published-sets.test.ts reads the real files. */
import { describe, expect, test } from 'vitest';
import { readCola } from './cola.js';
import { readCopa } from './copa.js';
import { readMctest } from './mctest.js';
import { readMrpc } from './mrpc.js';
import { readRace } from './race.js';
import { readRte } from './rte.js';
import { readSick } from './sick.js';
import { readSst2 } from './sst-2.js';
import { readTaskSet, type TaskSet } from './task-set.js';
import { taskSets } from './task-sets.js';

const at = (row: number) => ({ file: 'f', row });

test('SST-2', () => {
  expect(readSst2('sentence\tlabel\nso "good" \t1\nbad\t0\n', 'f')).toEqual([
    { form: 'classification', text: 'so "good"', label: 1, source: at(2) },
    { form: 'classification', text: 'bad', label: 0, source: at(3) },
  ]);
  expect(() => readSst2('sentence\tlabel\nx\t2\n', 'f')).toThrow(
    'f: row 2, label: must be one of 0, 1, got "2".',
  );
  expect(() => readSst2('x\t1\n', 'f')).toThrow(
    'f: row 1: must be columns named sentence, label, got "x, 1".',
  );
  expect(() => readSst2('sentence\tlabel\n', 'f')).toThrow('f: it holds no examples.');
});

test('CoLA', () => {
  expect(readCola('gj04\t1\t\tOur friends.\ngj04\t0\t*\tThem was.\n', 'f')).toEqual([
    { form: 'classification', text: 'Our friends.', label: 1, source: at(1) },
    { form: 'classification', text: 'Them was.', label: 0, source: at(2) },
  ]);
  expect(() => readCola('gj04\t1\tx\n', 'f')).toThrow(
    'f: row 1: must be 4 cells (source, label, mark, sentence), got 3.',
  );
  expect(() => readCola('', 'f')).toThrow('f: it holds no examples.');
});

test('RTE, as in GLUE and with numbers', () => {
  const want = [
    { form: 'entailment', premise: 'p', hypothesis: 'h', label: 0, source: at(2) },
    { form: 'entailment', premise: 'q', hypothesis: 'i', label: 1, source: at(3) },
  ];
  const glue = 'index\tsentence1\tsentence2\tlabel\n0\tp\th\tentailment\n1\tq\ti\tnot_entailment\n';
  expect(readRte(glue, 'f')).toEqual(want);
  expect(readRte('index\tlabel\tsentence1\tsentence2\n0\t0\tp\th\n1\t1\tq\ti\n', 'f')).toEqual(want);
});

test('SICK', () => {
  const head = 'pair_ID\tsentence_A\tsentence_B\trelatedness_score\tentailment_judgment';
  const text = `${head}\n1\ta\tb\t4.5\tNEUTRAL\n2\tc\td\t1\tCONTRADICTION\n3\te\tf\t5\tENTAILMENT\n`;
  expect(readSick(text, 'f').map(({ premise, hypothesis, label }) => [premise, hypothesis, label])).toEqual([
    ['a', 'b', 1],
    ['c', 'd', 2],
    ['e', 'f', 0],
  ]);
});

test('MRPC, with its byte order mark, CRLF and quotes that mean nothing', () => {
  const text =
    '\ufeffQuality\t#1 ID\t#2 ID\t#1 String\t#2 String\r\n1\t7\t8\tHe said "no.\tNo, he "said.\r\n';
  expect(readMrpc(text, 'f')).toEqual([
    { form: 'similarity', a: 'He said "no.', b: 'No, he "said.', label: 1, source: at(2) },
  ]);
});

describe('COPA', () => {
  const item = (attributes: string, rest = '<p>P &amp; Q.</p><a1>one</a1><a2>two</a2>') =>
    `<?xml version="1.0"?><!DOCTYPE c SYSTEM "copa.dtd"><c><item id="1" ${attributes}>${rest}</item></c>`;

  test('asks for causes and effects', () => {
    const right = 'asks-for="effect" most-plausible-alternative="2"';
    const question = 'What happened as a result?';
    expect(readCopa(item(right), 'f')).toEqual([
      {
        form: 'multiple-choice',
        context: 'P & Q.',
        question,
        options: ['one', 'two'],
        label: 1,
        source: at(1),
      },
    ]);
    const [cause] = readCopa(item('asks-for="cause" most-plausible-alternative="1"'), 'f');
    expect(cause).toMatchObject({ question: 'What was the cause of this?', label: 0 });
  });

  test.each([
    [
      item('asks-for="luck" most-plausible-alternative="2"'),
      'f: row 1, asks-for: must be one of cause, effect, got "luck".',
    ],
    [item('asks-for="cause"'), 'f: row 1, most-plausible-alternative: must be one of 1, 2, got undefined.'],
    [
      item('asks-for="cause" most-plausible-alternative="2"', '<p>P</p><a1>one</a1>'),
      'row 1, a2: must be a text',
    ],
    ['<c/>', 'f: it holds no <item>.'],
    ['<c>\n<d></c>', 'f: line 2, column 4: Missing end tag for element d.'],
    ['<c>&e;</c>', "f: line 1, column 4: Named entity isn't defined: &e;."],
  ])('%s', (text, message) => {
    expect(() => readCopa(text, 'f')).toThrow(message);
  });
});

describe('MCTest', () => {
  const question = (prefix: string, i: number) => [`${prefix}: Q${i}?`, 'a', 'b\\newline', 'c', 'd'];
  const story = [
    'id',
    'Author: 1',
    'Once.\\newlineThen.',
    ...[1, 2, 3].flatMap((i) => question('one', i)),
    ...question('multiple', 4),
  ];
  const stories = { name: 's.tsv', text: `${story.join('\t')}\r\n` };

  test('has four questions a story and its answers in a file of their own', () => {
    const examples = readMctest(stories, { name: 's.ans', text: 'A\tB\tC\tD\r\n' });
    expect(examples.map(({ question, label }) => [question, label])).toEqual([
      ['Q1?', 0],
      ['Q2?', 1],
      ['Q3?', 2],
      ['Q4?', 3],
    ]);
    expect(examples[3]).toMatchObject({
      context: 'Once.\nThen.',
      options: ['a', 'b', 'c', 'd'],
      source: { file: 's.tsv', row: 1 },
    });
  });

  test('is refused when the files do not belong together', () => {
    const two = { name: 's.ans', text: 'A\tB\tC\tD\nA\tB\tC\tD\n' };
    expect(() => readMctest(stories, two)).toThrow('s.ans: it has 2 rows, and s.tsv has 1.');
    const wrong = { name: 's.ans', text: 'A\tB\tE\tD\n' };
    expect(() => readMctest(stories, wrong)).toThrow(
      's.ans: row 1, question 3: must be one of A, B, C, D, got "E".',
    );
    expect(() => taskSets.mctest.read([stories])).toThrow(
      'files must be a .tsv and its .ans file, got ["s.tsv"].',
    );
  });
});

describe('RACE', () => {
  const passage = {
    article: 'P',
    questions: ['q', 'r'],
    options: [[...'abcd'], [...'efgh']],
    answers: ['C', 'A'],
  };
  const json = (changes: object = {}) => JSON.stringify({ ...passage, ...changes });

  test('is one passage, or many', () => {
    const examples = readRace(json(), 'f');
    expect(examples).toEqual([
      { form: 'multiple-choice', context: 'P', question: 'q', options: [...'abcd'], label: 2, source: at(1) },
      { form: 'multiple-choice', context: 'P', question: 'r', options: [...'efgh'], label: 0, source: at(1) },
    ]);
    const many = readRace(`{"version":"1","data":[${json()},${json()}]}`, 'f');
    expect(many.map(({ source }) => source.row)).toEqual([1, 1, 2, 2]);
  });

  test.each([
    [json({ article: 1 }), 'f: row 1, article: must be a text, got 1.'],
    [
      json({ answers: ['A'] }),
      'f: row 1, answers: must be a list of 2, one for each question, got "[\\"A\\"]".',
    ],
    [json({ answers: ['A', 'E'] }), 'f: row 1, answers: must be a letter of 4 options, got "E".'],
    [json({ options: [['a'], 'b'] }), 'f: row 1, answers: must be a letter of 1 options, got "C".'],
    [json({ options: 'ab' }), 'f: row 1, options: must be a list of 2'],
    ['{"data":[]}', 'f: data: expected a list of one or more.'],
    ['{"data":[1]}', 'f: row 1: must be a JSON object, got 1.'],
    ['[]', 'f: row 1: must be a JSON object, got "[]".'],
  ])('%s is refused', (text, message) => {
    expect(() => readRace(text, 'f')).toThrow(message);
  });
});

test('a bad row can be left out of any set, and is told', () => {
  const left = (set: TaskSet, ...texts: [name: string, text: string][]) => {
    const errors: string[] = [];
    const files = texts.map(([name, text]) => ({ name, text }));
    const examples = set.read(files, (error) => errors.push(`${error.row} ${error.column}`));
    return [examples.map(({ source }) => source.row), errors];
  };
  expect(left(taskSets['sst-2'], ['f', 'sentence\tlabel\nx\t2\ny\t1\n'])).toEqual([[3], ['2 label']]);
  expect(left(taskSets.cola, ['f', 'a\t1\t\t\na\t1\t\tx\n'])).toEqual([[2], ['1 sentence']]);
  expect(left(taskSets.rte, ['f', 'sentence1\tsentence2\tlabel\np\nq\th\t0\n'])).toEqual([
    [3],
    ['2 undefined'],
  ]);
  const xml =
    '<c><item/><item asks-for="cause" most-plausible-alternative="1"><p>P</p><a1>a</a1><a2>b</a2></item></c>';
  expect(left(taskSets.copa, ['f', xml])).toEqual([[2], ['1 p']]);
  const passage = { article: 'P', questions: ['q'], options: [['a', 'b', 'c', 'd']], answers: ['A'] };
  const race = JSON.stringify({ data: [{ ...passage, answers: ['E'] }, passage] });
  expect(left(taskSets.race, ['f', race])).toEqual([[2], ['1 answers']]);
  expect(left(taskSets['expmrc-race'], ['f', race])).toEqual([[2], ['1 answers']]);
  const story = `i\tp\tS${'\tone: q\ta\tb\tc\td'.repeat(4)}\n`;
  const stories: [string, string] = ['f.tsv', story.repeat(2)];
  expect(left(taskSets.mctest, stories, ['f.ans', 'A\tB\tX\tD\nA\tB\tC\tD\n'])).toEqual([
    [2, 2, 2, 2],
    ['1 question 3'],
  ]);
});

test('bad rows of both splits are told', () => {
  const rows: number[] = [];
  const text = 'sentence\tlabel\nx\t1\nx\t2\n';
  const files = { train: [{ name: 'train.tsv', text }], dev: [{ name: 'dev.tsv', text }] };
  const { train, dev } = readTaskSet(taskSets['sst-2'], files, 0, ({ row }) => rows.push(row));
  expect([train.length, dev.length, rows]).toEqual([1, 1, [3, 3]]);
});

test('every set stands under its own name', () => {
  for (const [name, set] of Object.entries(taskSets)) {
    expect(set.name).toBe(name);
    expect(set.files.dev === undefined).toBe(set.devShare !== undefined);
    expect(set.classes.length).toBeGreaterThan(1);
  }
});
