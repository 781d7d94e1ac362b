/** Published texts through the de-tokenizers and back. */
import { describe, expect } from 'vitest';
import { cbt, type Detokenizer, lambada, oneBillionWord, wikitext } from '../src/index.js';
import { readData, testWithData } from './support/shared-data.js';

interface Published {
  style: Detokenizer;
  path: string;
  lines: number;
  /** Lines with a joiner, which tells that a token is whole. */
  joined: number;
  /** Spaces that are gone, of 100. */
  gone: number;
}

const samples = 'format-samples/lm1b/1-billion-word-language-modeling-benchmark-r13output';
const published: [name: string, Published][] = [
  [
    'WikiText-2, valid',
    { style: wikitext, path: 'lm-wikitext2/valid.txt', lines: 3760, joined: 1, gone: 18 },
  ],
  [
    'WikiText-2, raw test',
    { style: wikitext, path: 'lm-wikitext2/wiki.test.raw.head', lines: 990, joined: 2, gone: 18 },
  ],
  [
    'LAMBADA',
    {
      style: lambada,
      path: 'eval-lambada/lambada_development_plain_text.txt',
      lines: 2500,
      joined: 6,
      gone: 20,
    },
  ],
  [
    '1BW',
    {
      style: oneBillionWord,
      path: `${samples}/training-monolingual.tokenized.shuffled/news.en-00016-of-00100`,
      lines: 10,
      joined: 0,
      gone: 12,
    },
  ],
  [
    'CBT',
    {
      style: cbt,
      path: 'format-samples/cbt-P/CBTest.tgz/CBTest/data/cbtest_P_train.txt',
      lines: 22,
      joined: 1,
      gone: 14,
    },
  ],
];

describe.each(published)('%s', (_, { style, path, lines, joined, gone }) => {
  testWithData(`all ${lines} lines come back, ${joined} with the help of a joiner`, [path], () => {
    const { text } = readData(path);
    const plain = style.detokenize(text);
    expect(style.tokenize(plain) === text).toBe(true);
    const plainLines = plain.split('\n');
    expect(plainLines.length - 1).toBe(lines);
    expect(plainLines.filter((line) => line.includes('\u2060')).length).toBe(joined);
    const spaces = (of: string) => of.split(' ').length - 1;
    expect(Math.round(100 * (1 - spaces(plain) / spaces(text)))).toBe(gone);
  });
});
