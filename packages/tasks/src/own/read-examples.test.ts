import { describe, expect, test } from 'vitest';
import type { ExampleForm } from '../example.js';
import { type ReadExamplesOptions, readExamples } from './read-examples.js';

type Options = Partial<ReadExamplesOptions<ExampleForm>>;

const read = (text: string, options: Options = {}) =>
  readExamples(text, { form: 'classification', format: 'csv', file: 'a.csv', ...options });
const fields = (text: string, options: Options = {}) =>
  read(text, options).examples.map(({ source: _, ...rest }) => rest);

describe('every form in every format', () => {
  const entailment = [
    { form: 'entailment', premise: 'It rains.', hypothesis: 'It is wet, "maybe"', label: 1 },
    { form: 'entailment', premise: 'Über', hypothesis: 'x', label: 0 },
  ];

  test.each<[string, Options['format'], string]>([
    ['quoted CSV', 'csv', 'premise,hypothesis,label\nIt rains.,"It is wet, ""maybe""",yes\nÜber,x,no\n'],
    [
      'columns in any order',
      'csv',
      'label,hypothesis,premise\nyes,"It is wet, ""maybe""",It rains.\nno,x,Über',
    ],
    [
      'CRLF, byte order mark, blank lines',
      'csv',
      '\ufeffpremise,hypothesis,label\r\n\r\nIt rains.,"It is wet, ""maybe""",yes\r\n,,\r\nÜber,x,no\r\n',
    ],
    [
      'TSV, whose quotes are characters',
      'tsv',
      'premise\thypothesis\tlabel\nIt rains.\tIt is wet, "maybe"\tyes\nÜber\tx\tno\n',
    ],
    [
      'TSV with spaces around',
      'tsv',
      ' premise \thypothesis\tlabel\r\nIt rains. \t It is wet, "maybe"\tyes \r\nÜber\tx\tno',
    ],
    [
      'JSONL',
      'jsonl',
      '{"premise":"It rains.","hypothesis":"It is wet, \\"maybe\\"","label":"yes"}\n\n{"label":"no","premise":"\\u00dcber","hypothesis":"x"}\r\n',
    ],
  ])('%s', (_, format, text) => {
    expect(fields(text, { form: 'entailment', format })).toEqual(entailment);
  });

  test('similarity, and labels that JSON calls numbers or truth values', () => {
    expect(fields('a,b,label\nx,y,1\nz,w,0\n', { form: 'similarity' })).toEqual([
      { form: 'similarity', a: 'x', b: 'y', label: 1 },
      { form: 'similarity', a: 'z', b: 'w', label: 0 },
    ]);
    const json = (label: unknown) => JSON.stringify({ text: 'x', label });
    expect(read([json(10), json(9)].join('\n'), { format: 'jsonl' }).classes).toEqual(['10', '9']);
    expect(read([json(true), json(false)].join('\n'), { format: 'jsonl' }).classes).toEqual([
      'false',
      'true',
    ]);
  });
});

describe('multiple choice', () => {
  const choice = (text: string, options: Options = {}) => read(text, { form: 'multiple-choice', ...options });

  test('names its options by column, or counts them in a list', () => {
    const byLetter = choice('context,question,optionA,optionB,label\nc,q,x,y,B\nc,,z,w,A\n');
    expect(byLetter.classes).toEqual(['A', 'B']);
    expect(byLetter.examples).toEqual([
      {
        form: 'multiple-choice',
        context: 'c',
        question: 'q',
        options: ['x', 'y'],
        label: 1,
        source: { file: 'a.csv', row: 2 },
      },
      {
        form: 'multiple-choice',
        context: 'c',
        options: ['z', 'w'],
        label: 0,
        source: { file: 'a.csv', row: 3 },
      },
    ]);
    const byNumber = choice('context,option1,option2,option3,label\nc,x,y,z,3\n');
    expect(byNumber.examples[0].label).toBe(2);
    const listed = choice('context,options,label\nc,"[""x"",""y""]",1\n');
    expect(listed.classes).toEqual(['0', '1']);
    expect(listed.examples[0]).toMatchObject({ options: ['x', 'y'], label: 1 });
    const json = choice('{"context":"c","question":null,"options":["x","y"],"label":0}', { format: 'jsonl' });
    expect(json.examples[0]).toMatchObject({ options: ['x', 'y'], label: 0 });
    expect(json.examples[0]).not.toHaveProperty('question');
  });

  test.each([
    [
      'a label that no option has',
      'context,optionA,optionB,label\nc,x,y,C',
      'row 2, label: must be one of A, B, got "C"',
    ],
    ['a missing option', 'context,optionA,optionB,label\nc,x,,A', 'row 2, optionB: must be a text, got ""'],
    [
      'a list of another length',
      'context,options,label\nc,"[""x"",""y""]",1\nc,"[""x"",""y"",""z""]",1',
      'row 3, options: must be the options 0, 1, got "0, 1, 2"',
    ],
    [
      'one option',
      'context,options,label\nc,"[""x""]",0',
      'row 2, options: must be two texts or more, got "[\\"x\\"]"',
    ],
    ['no list', 'context,options,label\nc,x y,0', 'row 2, options: must be a JSON array of texts, got "x y"'],
    [
      'a list of numbers',
      'context,options,label\nc,"[1,2]",0',
      'row 2, options: must be a list of texts, got "[1,2]"',
    ],
    [
      'one option column',
      'context,optionA,label\nc,x,A',
      'row 1: must be columns context, label, maybe question, and either options or optionA, optionB, ...',
    ],
    [
      'both spellings',
      'context,options,optionA,optionB,label\nc,x,y,z,A',
      'either options or optionA, optionB',
    ],
  ])('refuses %s', (_, text, message) => {
    expect(() => choice(text)).toThrow(message);
  });

  test('the dev file has the options of the training file', () => {
    expect(() => choice('context,option1,option2,label\nc,x,y,1', { classes: ['A', 'B'] })).toThrow(
      'row 2, options: must be the options A, B, got "1, 2".',
    );
  });
});

describe('class names', () => {
  test('are sorted, so that the order of rows does not matter', () => {
    expect(read('text,label\na,good\nb,bad\nc,good').classes).toEqual(['bad', 'good']);
    expect(read('text,label\nb,bad\na,good').classes).toEqual(['bad', 'good']);
  });

  test('of the training file hold for others, also where one is missing', () => {
    const classes = ['bad', 'good', 'soso'];
    expect(fields('text,label\na,soso', { classes })).toEqual([
      { form: 'classification', text: 'a', label: 2 },
    ]);
    expect(() => read('text,label\na,good\nb,Bad', { classes })).toThrow(
      'a.csv: row 3, label: must be one of bad, good, soso, got "Bad".',
    );
  });

  test('must be two at least', () => {
    expect(() => read('text,label\na,good\nb,good')).toThrow('a.csv: every label is "good". Give examples');
  });
});

describe('columns', () => {
  test('that are unknown are listed with the nearest known one', () => {
    expect(() => read('txt,Lable\na,b')).toThrow(
      'a.csv: row 1: must be columns text, label, got "txt, Lable". Unknown: "txt" (nearest: text), ' +
        '"Lable" (nearest: label). Rename them, or name them in ignoreColumns.',
    );
    expect(() => read('text,label,id\na,b,1')).toThrow('Unknown: "id"');
    const wide = ['text', 'label', ...'cdefghij'].join();
    expect(() => read(`${wide}\n`)).toThrow(/"g" \(nearest: \w+\) and 3 more\. Rename/);
    expect(() => read('question,optionA,optoinB,label', { form: 'multiple-choice' })).toThrow(
      'Unknown: "optoinB" (nearest: optionA)',
    );
  });

  test('may be ignored by name', () => {
    expect(fields('id,text,label\n1,a,x\n2,b,y', { ignoreColumns: ['id'] })).toHaveLength(2);
    const jsonl = '{"id":[1],"text":"a","label":0}\n{"text":"b","label":1}';
    expect(fields(jsonl, { format: 'jsonl', ignoreColumns: ['id'] })).toHaveLength(2);
  });

  test('have one name each', () => {
    expect(() => read('text,text,label\na,b,c')).toThrow('a.csv: row 1: the column "text" comes twice.');
  });
});

describe('a bad row', () => {
  test.each<[string, Options['format'], string, string]>([
    [
      'with too few cells',
      'csv',
      'text,label\na,b\nc\n',
      'a.csv: row 3: must be 2 cells (text, label), got 1.',
    ],
    ['with too many', 'tsv', 'text\tlabel\na\tb\tc', 'a.csv: row 2: must be 2 cells (text, label), got 3.'],
    ['without a text', 'csv', 'text,label\n  ,b', 'a.csv: row 2, text: must be a text, got "  ".'],
    ['without a label', 'csv', 'text,label\na,', 'a.csv: row 2, label: must be a text, got "".'],
    ['behind a cell of several lines', 'csv', 'text,label\n"a\nb\n",c\n,d', 'a.csv: row 5, text'],
    [
      'of JSON without a key',
      'jsonl',
      '{"text":"a"}',
      'a.csv: row 1: must be columns text, label, got "text".',
    ],
    [
      'of JSON with a wrong type',
      'jsonl',
      '{"text":1,"label":2}',
      'a.csv: row 1, text: must be a text, got 1.',
    ],
    ['of JSON with null', 'jsonl', '{"text":"a","label":null}', 'row 1, label: must be a text, got null.'],
    [
      'that is no object',
      'jsonl',
      '{"text":"a","label":1}\n[1]',
      'a.csv: row 2: must be one JSON object on a line of its own, got "[1]". At column 1: expected a JSON object, got "[".',
    ],
    ['that is cut short', 'jsonl', '{"text":"a', 'At column 11: expected the closing quote'],
    ['with two objects', 'jsonl', '{"text":"a","label":1} {}', 'At column 24: expected the end'],
    ['with NUL', 'csv', 'text,label\na\0b,c', 'row 2, text: must be text without NUL characters'],
  ])('%s is an error', (_, format, text, message) => {
    expect(() => read(text, { format })).toThrow(message);
  });

  test('is left out and counted on demand', () => {
    const text = 'text,label\na,x\n,y\nb,z,\nc,y\n';
    const { examples, skipped, firstSkipped } = read(text, { skipBadRows: true });
    expect(examples.map(({ source }) => source.row)).toEqual([2, 5]);
    expect(skipped).toBe(2);
    expect(firstSkipped).toMatchObject({ code: 'invalid-example', file: 'a.csv', row: 3, column: 'text' });
    const jsonl = '{"text":"a","label":1}\n{{{\n{"tekst":"b","label":1}\n{"text":"c","label":2}';
    expect(read(jsonl, { format: 'jsonl', skipBadRows: true })).toMatchObject({
      skipped: 2,
      classes: ['1', '2'],
    });
    expect(read('text,label\na,x', { classes: ['x', 'y'] }).skipped).toBe(0);
  });

  test('does not excuse a file that holds nothing else', () => {
    expect(() => read('text,label\n,x\n', { skipBadRows: true })).toThrow(
      'it holds no examples, and 1 bad rows',
    );
    expect(() => read('text,label\n')).toThrow('a.csv: it holds no examples.');
    expect(() => read('')).toThrow('a.csv: it is empty: expected a row of column names.');
    expect(() => read('', { format: 'jsonl' })).toThrow('a.csv: it holds no examples.');
    expect(() => read('text,lable\n,x\n', { skipBadRows: true })).toThrow('nearest: label');
  });
});

describe('quotes of a CSV file that do not match are an error, since rows cannot be told apart', () => {
  test.each([
    ['text,label\na,x\n"b,y\nc,z\n', 'a.csv: row 3: a quote opens and never closes.'],
    ['text,label\n"a\nb",x\n"b" c,y\n', 'a.csv: row 4: text follows a closing quote. Write a quote inside'],
  ])('%j', (text, message) => {
    expect(() => read(text, { skipBadRows: true })).toThrow(message);
  });

  test('but one in the middle of a cell is a character', () => {
    expect(fields('text,label\n5" wide,x\nb,y')[0]).toMatchObject({ text: '5" wide' });
  });
});

test('another format is refused', () => {
  expect(() => read('', { format: 'xlsx' as 'csv' })).toThrow(
    'format must be csv, jsonl or tsv, got "xlsx".',
  );
});
