import { dummyLanguageModel } from '@gpt-ts/core/test';
import { expect, test } from 'vitest';
import { file } from '../../../test/support/files.js';
import { bytes } from '../../../test/toy-codecs.js';
import { evaluate } from '../../evaluation/evaluate.js';
import type { EvaluationResult } from '../../evaluation/summarise.js';
import { enwik8, languageModelling, lm1b, ptb, text8, wikitext2 } from './language-modelling.js';
import { testPart } from './test-part.js';

const codec = { ...bytes, eotId: 256 };
const model = dummyLanguageModel({ nVocab: 512, nCtx: 16 }); // 9 bits a byte of what it reads

async function run(task: typeof ptb, text: string): Promise<EvaluationResult> {
  const documents = task.read([file(text)]);
  for await (const event of evaluate({ task, documents, model, codec })) {
    if (event.type === 'eval-end') return event.result;
  }
  throw new Error('no result');
}

test('the model reads plain text', () => {
  const read = (task: typeof ptb, text: string) =>
    task.read([file(text)]).map((each) => task.ask(each, 0).text);
  expect(read(wikitext2, ' = Tea = \n \n A 2 @.@ 5 @-@ day " trip " . \n')).toEqual([
    '= Tea =\n\nA 2.5-day "trip".\n',
  ]);
  expect(read(ptb, " it did n't pay $ N \n")).toEqual(["it didn't pay $1\n"]);
  expect(read(lm1b, 'He left .\nShe paid $ 5 .\n')).toEqual(['He left.\n', 'She paid $5.\n']);
  expect(read(enwik8, '<a>\n')).toEqual(['<a>\n']);
});

test('figures divide by the units of the published text', async () => {
  const text = " it did n't pay $ N \n"; // 6 words and the end of the line, 21 bytes
  const { metrics } = await run(ptb, text);
  const read = "it didn't pay $1\n".length;
  expect(metrics['perplexity per word'].value).toBeCloseTo(512 ** (read / 7), 6); // measured 5.4e-15 of it
  expect(metrics['bits per byte'].value).toBeCloseTo((9 * read) / 21, 12); // measured 2.7e-15
  expect(metrics['perplexity per token'].value).toBeCloseTo(512, 9); // measured 9.1e-13
});

test('a sentence of the One Billion Word benchmark ends with its line', async () => {
  const { metrics, items } = await run(lm1b, 'He left .\nShe paid .\n');
  expect(items).toBe(2);
  const read = 'He left.\n'.length + 'She paid.\n'.length;
  expect(metrics['perplexity per word'].value / 512 ** (read / 8)).toBeCloseTo(1, 11); // measured 2.7e-15
  expect(metrics['bits per byte'].value).toBeCloseTo((9 * read) / 21, 12);
});

test('characters of text8 are bytes', async () => {
  const { metrics } = await run(text8, 'tea time');
  expect(Object.keys(metrics)).toEqual(['bits per character', 'perplexity per token']);
  expect(metrics['bits per character'].value).toBeCloseTo(9, 12);
});

test('of the whole enwik8 the end is the test part, from a whole character on', () => {
  const sizes = { whole: 2000, test: 101 };
  const text = `${'a'.repeat(1898)}é${'b c\n'.repeat(25)}`; // the part begins inside é
  const source = { file: 'enwik8', row: 1 };
  expect(testPart([{ text, words: 0, bytes: 2000, source }], sizes)).toEqual([
    { text: 'b c\n'.repeat(25), words: 75, bytes: 100, source },
  ]);
  const small = { text: 'é', words: 2, bytes: 2, source };
  expect(testPart([small])).toEqual([small]);
});

test('each has the row of Table 3 for its first metric', () => {
  for (const { metrics, published } of languageModelling) {
    expect(published.map(({ metric }) => metric)).toEqual([Object.keys(metrics)[0]]);
    expect(Object.keys(published[0].values)).toEqual(['117M', '345M', '762M', '1542M']);
  }
});
