import { dummyLanguageModel } from '@gpt-ts/core/test';
import { describe, expect, test } from 'vitest';
import { pieces } from '../test/toy-codecs.js';
import { scoreChoices } from './score-choices.js';

const codec = pieces(['Q', 'A', ' y', 'es', ' no']);
const table = [
  //  Q    A     y     es    no
  [0.1, 0.1, 0.3, 0.1, 0.4], // after Q
  [0.1, 0.1, 0.2, 0.0, 0.6], // after A
  [0.0, 0.1, 0.0, 0.9, 0.0], // after ' y'
  [0.2, 0.2, 0.2, 0.2, 0.2],
  [0.2, 0.2, 0.2, 0.2, 0.2],
];
const model = dummyLanguageModel({ nVocab: 5, probability: (next, context) => table[context.at(-1)!][next] });
const { log } = Math;

describe('scoreChoices', () => {
  test('plain and length-normalised rules disagree where length decides', async () => {
    const scores = await scoreChoices(model, codec, { context: 'Q', choices: [' yes', ' no'] });
    expect(scores).toEqual({
      plain: { scores: [expect.closeTo(log(0.3 * 0.9), 14), log(0.4)], best: 1 },
      lengthNormalised: { scores: [expect.closeTo(log(0.3 * 0.9) / 2, 14), log(0.4)], best: 0 },
    });
  });

  test('the relative rule discounts what is likely anyway', async () => {
    const question = { context: 'Q', choices: [' yes', ' no'], answerContext: 'A' };
    expect((await scoreChoices(model, codec, question)).relative).toEqual({
      scores: [expect.closeTo(log(0.3 / 0.2), 14), expect.closeTo(log(0.4 / 0.6), 14)],
      best: 0,
    });
  });

  test('the first of equal choices wins, also where none is possible', async () => {
    const equal = await scoreChoices(model, codec, { context: 'Qes', choices: [' no', ' y', 'es'] });
    expect(equal.plain).toEqual({ scores: [log(0.2), log(0.2), log(0.2)], best: 0 });
    const none = await scoreChoices(model, codec, { context: 'Q y', choices: [' no', ' y'] });
    expect(none.plain).toEqual({ scores: [-Infinity, -Infinity], best: 0 });
  });

  test('refuses a question without choices', async () => {
    await expect(scoreChoices(model, codec, { context: 'Q', choices: [] })).rejects.toThrow(
      'choices must be a non-empty list, got [].',
    );
  });
});
