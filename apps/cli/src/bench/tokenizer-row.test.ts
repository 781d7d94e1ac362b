import { expect, test } from 'vitest';
import { type TokenizerRow, throughput, tokenizerRowLine, tokenizerTable } from './tokenizer-row.js';

const rows: TokenizerRow[] = [
  {
    ...{
      name: 'encode, warm',
      library: '@gpt-ts/tokenizer',
      value: 80.123,
      spread: [79, 121.6],
      unit: 'MB/s',
    },
    ...{ against: 'tiktoken', ratio: 4.5678, bar: 2.5 },
  },
  { name: 'load', library: 'tiktoken', value: 101.4, spread: [100, 120], unit: 'ms' },
];

test('a table has a column for every field, as wide as its widest cell', () => {
  expect(tokenizerTable(rows).split('\n')).toEqual([
    'what          library            median  least  most  unit  ratio  bar  against',
    'encode, warm  @gpt-ts/tokenizer  80.1    79     122   MB/s  4.57   2.5  tiktoken',
    'load          tiktoken           101     100    120   ms',
  ]);
});

test('a line says the same of one row', () => {
  expect(rows.map(tokenizerRowLine)).toEqual([
    'encode, warm  @gpt-ts/tokenizer: 80.1 MB/s, ratio 4.57 against tiktoken',
    'load  tiktoken: 101 ms',
  ]);
});

test('throughput counts bytes, not characters', () => {
  expect(throughput('é'.repeat(1e6), [10, 20, 40])).toEqual({ value: 100, spread: [50, 200], unit: 'MB/s' });
});
