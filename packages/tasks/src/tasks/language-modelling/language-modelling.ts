/**
 * How well is text predicted that the model was not trained on?
 *
 * The model reads plain text, made by de-tokenizers that can be taken back, so that the loss is that of the published text; it is
 * divided by the words or bytes of the latter.
 *
 * @see GPT-2 section 3.1, Table 3.
 */
import { oneBillionWord } from '../../detokenize/one-billion-word.js';
import { ptb as ptbDetokenizer } from '../../detokenize/ptb.js';
import { wikitext } from '../../detokenize/wikitext.js';
import { type PlainTextDocument, readTextLines, readTexts } from '../../documents/plain-text.js';
import type { Metric, Task } from '../../evaluation/task.js';
import { bitsPerByte, perplexityPer } from './rates.js';
import { testPart } from './test-part.js';

type TextTask = Task<'text', PlainTextDocument>;
type Parts = Pick<TextTask, 'name' | 'title' | 'read'> & {
  files: readonly string[];
  /** What the model reads. Default: the text as it is. */
  plain?: (text: string) => string;
  metrics: Readonly<Record<string, Metric>>;
  /** Of the first metric, by size. */
  table3: readonly [number, number, number, number];
};

function textTask({ files, plain = (text) => text, metrics, table3, ...rest }: Parts): TextTask {
  const [small, medium, large, xl] = table3;
  const [metric] = Object.keys(metrics);
  return {
    ...rest,
    ...{ version: 1, paper: 'GPT-2 section 3.1', kind: 'text', files: { test: files } },
    ask: ({ text }) => ({ text: plain(text) }),
    judge: ({ words, bytes }, { nats, tokens }) => ({ nats, tokens, words, bytes }),
    metrics: { ...metrics, 'perplexity per token': perplexityPer('tokens') },
    published: [
      {
        ...{ source: 'GPT-2 Table 3', setting: 'zero-shot, window and stride not published', metric },
        values: { '117M': small, '345M': medium, '762M': large, '1542M': xl },
      },
    ],
  };
}

const byWord = { 'perplexity per word': perplexityPer('words'), 'bits per byte': bitsPerByte };

export const wikitext2: TextTask = textTask({
  name: 'wikitext-2',
  title: 'Predict articles of Wikipedia: 246 thousand words',
  files: ['wiki.test.tokens'],
  read: readTexts,
  plain: (text) => wikitext.detokenize(text),
  metrics: byWord,
  table3: [29.41, 22.76, 19.93, 18.34],
});

export const ptb: TextTask = textTask({
  name: 'ptb',
  title: 'Predict news of the Penn Treebank: 82 thousand words without capitals and punctuation',
  files: ['ptb.test.txt'],
  read: readTexts,
  plain: (text) => ptbDetokenizer.detokenize(text),
  metrics: byWord,
  table3: [65.85, 47.33, 40.31, 35.76],
});

export const enwik8: TextTask = textTask({
  name: 'enwik8',
  title: 'Predict Wikipedia with its markup: the last 5 million bytes',
  files: ['enwik8'],
  read: (files, onBadRow) => testPart(readTexts(files, onBadRow)),
  metrics: { 'bits per byte': bitsPerByte },
  table3: [1.16, 1.01, 0.97, 0.93],
});

export const text8: TextTask = textTask({
  name: 'text8',
  title: 'Predict Wikipedia in small letters and spaces alone: the last 5 million characters',
  files: ['text8'],
  read: (files, onBadRow) => testPart(readTexts(files, onBadRow)),
  metrics: { 'bits per character': bitsPerByte }, // each is a byte
  table3: [1.17, 1.06, 1.02, 0.98],
});

const wikitext103: TextTask = textTask({
  name: 'wikitext-103',
  title: 'Predict articles of Wikipedia: the test part of WikiText-2 with a larger vocabulary',
  files: ['wiki.test.tokens'],
  read: readTexts,
  plain: (text) => wikitext.detokenize(text),
  metrics: byWord,
  table3: [37.5, 26.37, 22.05, 17.48],
});

export const lm1b: TextTask = textTask({
  name: 'lm1b',
  title: 'Predict sentences of news, shuffled: the One Billion Word benchmark',
  files: [
    'news.en.heldout-00000-of-00050',
    'heldout-monolingual.tokenized.shuffled/news.en.heldout-00000-of-00050',
  ],
  // The end of its line counts as a word, so it is predicted as well
  read: (files, onBadRow) =>
    readTextLines(files, onBadRow).map((document) => ({
      ...document,
      text: `${document.text}\n`,
      bytes: document.bytes + 1,
    })),
  plain: (text) => oneBillionWord.detokenize(text),
  metrics: byWord,
  table3: [75.2, 55.72, 44.575, 42.16],
});

/** In the order of Table 3. */
export const languageModelling: readonly Task[] = [wikitext2, ptb, enwik8, text8, wikitext103, lm1b];
