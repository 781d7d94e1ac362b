import { expect, test } from 'vitest';
import { file } from '../../../test/support/files.js';
import { cnnDailymail, cnnDailymailNoHint } from './cnn-dailymail.js';

const story =
  'It rained.\n\nIt poured.\n\n@highlight\n\nRain fell in the town\n\n@highlight\n\nNobody minded it\n';
const [document] = cnnDailymail.read([file(story)]);

test('asks after TL;DR:, two likeliest tokens to draw from, 100 tokens', () => {
  expect(cnnDailymail.ask(document, 0)).toEqual({
    context: 'It rained.\n\nIt poured.\nTL;DR:',
    maxNewTokens: 100,
    decoding: { kind: 'sample', topK: 2, seed: 0 },
  });
  expect(cnnDailymailNoHint.ask(document, 0).context).toBe('It rained.\n\nIt poured.');
  expect(cnnDailymail.inContext!.shot(document)).toEqual({
    context: 'It rained.\n\nIt poured.\nTL;DR:',
    completion: ' Rain fell in the town\nNobody minded it',
  });
});

test('the first three sentences count', () => {
  const perfect = { rouge1: 1, rouge2: 1, rougeL: 1, mean: 1 };
  const judge = (text: string) => cnnDailymail.judge(document, { text });
  expect(judge(' Rain fell in the town. Nobody minded it.')).toEqual(perfect);
  expect(judge(' Rain fell in. The town. Nobody minded it. More of it.')).toMatchObject({ rouge1: 1 });
  // one word of one against eight
  expect(judge('Rain').rouge1).toBeCloseTo(2 / 9, 14);
  expect(judge('')).toEqual({ rouge1: 0, rouge2: 0, rougeL: 0, mean: 0 });
});
