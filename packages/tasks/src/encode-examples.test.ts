import { GptError } from '@gpt-ts/core';
import { expect, test } from 'vitest';
import { bytes } from '../test/toy-codecs.js';
import { encodeExample, encodeExamples } from './encode-examples.js';
import type { Example, MultipleChoiceExample } from './example.js';

const format = { nCtx: 16, start: 256, delimiter: 257, extract: 258 };
const source = { file: 'a.csv', row: 7 };
const choice: MultipleChoiceExample = {
  ...{ form: 'multiple-choice', context: 'a', question: 'b', options: ['c', 'de'], label: 1, source },
};
const [space, a, b, c, d, e] = bytes.encode(' abcde');

test('a question follows its context with a space between them', () => {
  const { tokens, nRows } = encodeExample(choice, bytes, { ...format, nCtx: 11 });
  expect(nRows).toBe(2);
  expect([...tokens.subarray(0, 7)]).toEqual([256, a, space, b, 257, c, 258]);
  expect([...tokens.subarray(11, 19)]).toEqual([256, a, space, b, 257, d, e, 258]);
});

test('encoded examples hold no padding behind their longest row', () => {
  const examples: Example[] = [
    { form: 'classification', text: 'a', label: 0, source },
    { form: 'classification', text: 'abc', label: 1, source },
  ];
  expect(encodeExamples(examples, bytes, format)).toEqual([
    { tokens: Int32Array.of(256, a, 258), extractIndex: Int32Array.of(2), label: 0 },
    { tokens: Int32Array.of(256, a, b, c, 258), extractIndex: Int32Array.of(4), label: 1 },
  ]);
  const [{ tokens }] = encodeExamples([choice], bytes, format);
  expect([...tokens]).toEqual([256, a, space, b, 257, c, 258, 0, 256, a, space, b, 257, d, e, 258]);
});

test('examples that differ in form or number of options are refused, with where they stand', () => {
  const three = { ...choice, options: ['c', 'd', 'e'], source: { file: 'a.csv', row: 9 } };
  expect(() => encodeExamples([choice, three], bytes, format)).toThrow(
    'a.csv: row 9, options: must be 2 texts, as many as the first example has, got ["c","d","e"]. A batch has',
  );
  const text: Example = { form: 'classification', text: 'a', label: 0, source };
  expect(() => encodeExamples([choice, text], bytes, format)).toThrow(
    'a.csv: row 7: must be of the form multiple-choice, as the first example is, got "classification".',
  );
  expect(() => encodeExamples([], bytes, format)).toThrow('examples must be one or more, got [].');
});

test('a text that the tokenizer cannot encode is told with where it stands', () => {
  const picky = {
    ...bytes,
    encode(text: string) {
      if (text.includes('ä'))
        throw new GptError('unknown-character', { message: 'character "ä" is unknown.' });
      if (text.includes('?')) throw new TypeError('a bug');
      return bytes.encode(text);
    },
  };
  const text = (text: string): Example => ({ form: 'classification', text, label: 0, source });
  expect(() => encodeExamples([text('a'), text('bä')], picky, format)).toThrow(
    'a.csv: row 7: must be a text that the tokenizer can encode, got "bä". Character "ä" is unknown.',
  );
  expect(() => encodeExamples([text('?')], picky, format)).toThrow(new TypeError('a bug'));
});
