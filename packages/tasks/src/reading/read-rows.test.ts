import { describe, expect, test } from 'vitest';
import type { InvalidExampleError } from '../errors/invalid-example-error.js';
import { itemRows, listIn, parseJson } from './json.js';
import { jsonlRows } from './jsonl.js';
import { lineRows, lines } from './lines.js';
import { pairedRows } from './paired-rows.js';
import { type OnBadRow, type RowsOf, readRows } from './read-rows.js';
import { csvRows, tsvTable } from './table.js';
import { xmlRows } from './xml.js';

const listRows: RowsOf = (text, file) => itemRows(listIn(parseJson(text, file), 'data', file), file);

/** Three rows each, of which the second is bad. */
const layouts: [name: string, RowsOf, text: string, message: string, row: number][] = [
  ['TSV', tsvTable(['a', 'n']), 'a\tn\nx\t0\ny\t7\nz\t1\n', 'f: row 3, n: must be one of 0, 1, got "7".', 3],
  ['TSV with a short row', tsvTable(['a', 'n']), 'a\tn\nx\t0\ny\nz\t1\n', 'f: row 3: must be 2 cells', 3],
  [
    'CSV',
    (text, file) => csvRows(text, file, ['a', 'n']),
    'a,n\n"x\n",0\n"",7\nz,1\n',
    'f: row 4, a: must be a text',
    4,
  ],
  [
    'JSONL',
    jsonlRows,
    '{"a":"x","n":0}\n{"a":"y"}\n{"a":"z","n":1}\n',
    'row 2, n: must be one of 0, 1, got undefined',
    2,
  ],
  [
    'broken JSONL',
    jsonlRows,
    '{"a":"x","n":0}\n\n{"a":"y"\n{"a":"z","n":1}\n',
    'f: row 3: must be one JSON object',
    3,
  ],
  [
    'a JSON list',
    listRows,
    '{"data":[{"a":"x","n":0},[1],{"a":"z","n":"1"}]}',
    'row 2: must be a JSON object, got "[1]"',
    2,
  ],
  [
    'XML',
    (text, file) => xmlRows(text, file, 'i'),
    '<r><i n="0"><a>x</a></i><i n="0"><b/></i><i n="1"><a>z</a></i></r>',
    'f: row 2, a: must be a text, got undefined.',
    2,
  ],
];

describe.each(layouts)('%s', (_, rows, text, message, row) => {
  const read = (onBadRow?: OnBadRow) =>
    readRows(rows(text, 'f'), 'f', onBadRow, (row) => [row.text('a'), row.index('n', 2)].join(' '));

  test('the first bad row is an error', () => {
    expect(() => read()).toThrow(message);
  });

  test('a bad row can be told and left out', () => {
    const errors: InvalidExampleError[] = [];
    expect(read((error) => errors.push(error))).toEqual(['x 0', 'z 1']);
    expect(errors.map(({ message, file, row }) => [message, file, row])).toEqual([
      [expect.stringContaining(message), 'f', row],
    ]);
  });
});

test('an error of a file as a whole is thrown even if bad rows are left out', () => {
  const ignore = () => {};
  const read = (rows: RowsOf, text: string) => () =>
    readRows(rows(text, 'f'), 'f', ignore, (row) => row.text('a'));
  expect(read(tsvTable(['a']), 'b\nx\n')).toThrow('f: row 1: must be columns named a, got "b".');
  expect(read(tsvTable(['a']), 'a\n')).toThrow('f: it holds no examples.');
  expect(read(jsonlRows, '\n')).toThrow('f: it holds no examples.');
  expect(read(listRows, '{"data":[{"a":1},')).toThrow('f: line 1, column 18: expected a value');
  expect(read(listRows, '{"data":[]}')).toThrow('f: data: expected a list of one or more.');
  expect(read((text, file) => csvRows(text, file, ['a']), 'a\nx\n"y')).toThrow(
    'a quote opens and never closes',
  );
  const rows = (text: string) => lineRows(lines(text), 'g', 'a');
  expect(() => pairedRows({ file: 'f', rows: rows('x\ny') }, { file: 'g', rows: rows('x\n\n') })).toThrow(
    'g: it has 1 rows, and f has 2. They belong together row by row.',
  );
});

test('a row is left out with all that was made of it, and what a set leaves out is no error', () => {
  const text = '{"n":["a","b"]}\n{"n":["c",""]}\n{"n":[]}\n{"n":["d"]}\n';
  const errors: InvalidExampleError[] = [];
  const made = readRows(
    jsonlRows(text, 'f'),
    'f',
    (error) => errors.push(error),
    (row) => row.texts('n'),
  );
  expect(made).toEqual(['a', 'b', 'd']);
  expect(errors.map(({ row }) => row)).toEqual([2]);
});

test('errors other than of a row are not swallowed', () => {
  const fail = () => {
    throw new TypeError('mine');
  };
  expect(() => readRows(jsonlRows('{}', 'f'), 'f', fail, fail)).toThrow('mine');
});

test('rows of a table may end early where that is allowed, and never late', () => {
  const rows = (text: string) =>
    readRows(tsvTable(['a', 'b'], { short: true })(text, 'f'), 'f', undefined, (row) => row.maybe('b'));
  expect(rows('a\tb\nx\ny\tz\n')).toEqual(['', 'z']);
  expect(() => rows('a\tb\nx\ty\tz\n')).toThrow('f: row 2: must be 2 cells (a, b), got 3.');
});
