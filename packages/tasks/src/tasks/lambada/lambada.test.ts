import { dummyLanguageModel } from '@gpt-ts/core/test';
import { describe, expect, test } from 'vitest';
import { file } from '../../../test/support/files.js';
import { pieces } from '../../../test/toy-codecs.js';
import { evaluate } from '../../evaluation/evaluate.js';
import { lambada, lambadaLastToken, lambadaStopWords } from './lambada.js';

const passage = (text: string) => file(JSON.stringify({ text }), 'lambada_test.jsonl');
const [document] = lambada.read([passage('"Who?" he asked Ann')]);

test('asks for the last word with its space, or for its last token', () => {
  const question = { context: '"Who?" he asked', continuation: ' Ann' };
  expect(lambada.ask(document, 0)).toEqual({ ...question, lastTokenOnly: false });
  expect(lambadaLastToken.ask(document, 0)).toEqual({ ...question, lastTokenOnly: true });
  expect(lambada.inContext!.shot(document)).toEqual({ context: '"Who?" he asked', completion: ' Ann' });
});

test('the perplexity is that of a word, or of its last token', async () => {
  const codec = { ...pieces(['<eot>', 'He saw', ' A', 'nn', ' B']), eotId: 0 };
  const probability = (next: number, context: readonly number[]) =>
    context.at(-1) === 2 ? [0, 0, 0, 0.5, 0.5][next] : [0, 0, 0.25, 0, 0.75][next];
  const model = dummyLanguageModel({ nVocab: 5, probability });
  const documents = lambada.read([passage('He saw Ann'), passage('He saw B')]);
  const expected: [typeof lambada, number, number][] = [
    [lambada, 1 / 2, 1 / Math.sqrt(0.125 * 0.75)], // ' A' is not the likeliest
    [lambadaLastToken, 1, 1 / Math.sqrt(0.5 * 0.75)], // of two that are equally likely the lower id
  ];
  for (const [task, accuracy, perplexity] of expected) {
    for await (const event of evaluate({ task, documents, model, codec })) {
      if (event.type !== 'eval-end') continue;
      expect(event.result.metrics.accuracy.value).toBe(accuracy);
      expect(event.result.metrics.perplexity.value).toBeCloseTo(perplexity, 12);
    }
  }
});

describe('lambada-stop-words', () => {
  const judge = (text: string, ...others: string[]) => lambadaStopWords.judge(document, { text, others });

  test('asks for several texts', () => {
    expect(lambadaStopWords.ask(document, 0)).toEqual({
      context: '"Who?" he asked',
      maxNewTokens: 4,
      stop: ['.', ',', '!', '?', ';', ':', '\n'],
      decoding: { kind: 'beam', width: 16, lengthPenalty: 0, results: 16 },
    });
  });

  test.each<[string[], string, number]>([
    [[' her.', ' him, and', ' Ann.', ' Bob'], 'Ann', 1], // pronouns are dropped
    [[' the man', ' "Ann"', ' Ann'], 'Ann', 1], // quotation marks are no part of the word
    [['ing', '.', ',\n', ' Ann,'], 'Ann', 1], // signs and ends of words are no words
    [[' Will', ' Ann'], 'Will', 0], // a name
    [[' Anna', ' Ann'], 'Anna', 0],
    [[' the', ' her', ''], '', 0],
  ])('of %j takes %j', ([text, ...others], answer, correct) => {
    expect(judge(text, ...others)).toMatchObject({ answer, correct });
  });

  test('tells what the first text says without the filter', () => {
    expect(judge(' her', ' Ann')).toMatchObject({ correct: 1, unfiltered: 0 });
    expect(judge(' Ann')).toMatchObject({ correct: 1, unfiltered: 1 });
  });

  test('finds a last word that begins with a quotation mark', () => {
    const [quoted] = lambada.read([passage('he asked "Ann')]);
    expect(lambadaStopWords.judge(quoted, { text: ' "Ann' })).toMatchObject({ correct: 1 });
  });
});
