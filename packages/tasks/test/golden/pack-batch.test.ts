/** The golden rows again, from text to batch: examples whose words are ids, encoded, packed and labelled. */
import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import {
  type Example,
  type ExampleContent,
  type ExampleForm,
  encodeExample,
  encodeExamples,
  packBatch,
  type TextCodec,
} from '../../src/index.js';

interface Golden {
  example: Record<string, number[] | number[][]>;
  tokens: number[][];
  mask: number[][];
  extractIndex: number[];
}

const golden = JSON.parse(await readFile(new URL('gpt1-inputs.json', import.meta.url), 'utf8'));

const ids: TextCodec = {
  encode: (text) => text.trim().split(' ').map(Number),
  decode: (tokens) => tokens.join(' '),
};

const asText = (value: number[] | number[][]): string | string[] =>
  Array.isArray(value[0]) ? (value as number[][]).map((part) => part.join(' ')) : value.join(' ');

function content(form: ExampleForm, example: Golden['example']): ExampleContent {
  const fields = Object.entries(example).map(([name, value]) => [name, asText(value)]);
  return { form, ...Object.fromEntries(fields) };
}

test.each<[ExampleForm, string, number, number[]]>([
  ['classification', 'classification', 1, [3, 1, 0, 0]],
  ['entailment', 'entailment', 1, [1, 2, 0, 0]],
  ['similarity', 'similarity', 2, [0, 0, 0, 0]],
  ['multiple-choice', 'multipleChoice', 3, [1, 0, 1, 2]],
])('a batch of %s is the golden one, without padding that all rows have', (form, name, nRows, labels) => {
  const want: Golden[] = golden[name];
  const examples = want.map(({ example }, i) => {
    return { ...content(form, example), label: labels[i], source: { file: 'golden', row: i } } as Example;
  });
  examples.forEach((example, i) => {
    const rows = encodeExample(example, ids, golden.format);
    expect(Array.from(rows.tokens)).toEqual(want[i].tokens.flat());
    expect(Array.from(rows.mask)).toEqual(want[i].mask.flat());
  });

  const t = Math.max(...want.flatMap(({ extractIndex }) => extractIndex)) + 1;
  const rows = <T extends 'tokens' | 'mask'>(key: T) => want.flatMap((each) => each[key]);
  expect(packBatch(encodeExamples(examples, ids, golden.format))).toEqual({
    batchSize: 4,
    nRows,
    tokens: Int32Array.from(rows('tokens').flatMap((row) => row.slice(0, t))),
    mask: Float32Array.from(rows('mask').flatMap((row) => row.slice(0, t))),
    extractIndex: Int32Array.from(want.flatMap(({ extractIndex }) => extractIndex)),
    labels: Int32Array.from(labels),
  });
});
