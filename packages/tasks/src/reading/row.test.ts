import { parseJsonObject } from '@gpt-ts/core';
import { describe, expect, test } from 'vitest';
import { Row } from './row.js';

const row = (json: string) => new Row({ file: 'f', row: 3 }, parseJsonObject(json, 'f'));

test('a text can be taken as it stands, or may be missing', () => {
  const some = row('{"a":" \\n x ","b":null,"c":"  "}');
  expect([some.raw('a'), some.text('a'), some.maybe('a')]).toEqual([' \n x ', 'x', 'x']);
  expect([some.maybe('b'), some.maybe('c'), some.maybe('d')]).toEqual(['', '', '']);
  expect(() => some.raw('c')).toThrow('f: row 3, c: must be a text, got "  ".');
  expect(() => row('{"a":1}').maybe('a')).toThrow('f: row 3, a: must be a text or none, got 1.');
});

test('a label may be a text, a number or a truth value', () => {
  expect(row('{"a":" 1"}').index('a', 2)).toBe(1);
  expect(row('{"a":1}').index('a', 2)).toBe(1);
  expect(row('{"a":true}').oneOf('a', ['false', 'true'])).toBe(1);
  expect(() => row('{}').oneOf('a', ['undefined'])).toThrow('a: must be one of undefined, got undefined.');
  expect(() => row('{"a":2}').index('a', 2)).toThrow('f: row 3, a: must be one of 0, 1, got 2.');
  expect(() => row('{"a":[1]}').index('a', 2)).toThrow('a: must be one of 0, 1, got "[1]".');
  expect(() => row('{"a":-1}').index('a', 1000)).toThrow('18, 19 and 980 more, got -1.');
});

describe('number', () => {
  test.each(['0', '"0.0"', '" 2.75 "', '5', '"5.000"'])('%s is one from 0 to 5', (json) => {
    expect(row(`{"a":${json}}`).number('a', 0, 5)).toBe(Number(json.replaceAll('"', '')));
  });

  test.each(['""', '"-0.1"', '5.01', '"1e0"', '"0x1"', 'null', 'true', '1e999', '"NaN"'])(
    '%s is none',
    (json) => {
      expect(() => row(`{"a":${json}}`).number('a', 0, 5)).toThrow(
        'f: row 3, a: must be a number from 0 to 5, got ',
      );
    },
  );

  test('may have to be whole', () => {
    expect(row('{"a":"4"}').integer('a', 0, 5)).toBe(4);
    expect(() => row('{"a":4.5}').integer('a', 0, 5)).toThrow('a: must be a whole number, got 4.5.');
  });
});

test('errors inside objects and lists name the way to the field', () => {
  const outer = row('{"q":{"choices":[{"text":"x"},{"text":""},7]}}');
  const [one, two] = row('{"c":[{"t":"x"},{"t":" "}]}').objects('c');
  expect(one.text('t')).toBe('x');
  expect(() => two.text('t')).toThrow('f: row 3, c[1].t: must be a text, got " ".');
  expect(() => outer.object('q').objects('choices')).toThrow(
    'f: row 3, q.choices[2]: must be an object, got 7.',
  );
  expect(() => outer.object('r')).toThrow('f: row 3, r: must be an object, got undefined.');
  expect(() => outer.objects('q')).toThrow('f: row 3, q: must be a list of objects');
});
