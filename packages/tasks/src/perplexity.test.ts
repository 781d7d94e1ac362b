import { dummyLanguageModel } from '@gpt-ts/core/test';
import { describe, expect, test } from 'vitest';
import { bytes, pieces } from '../test/toy-codecs.js';
import { perplexity } from './perplexity.js';

const uniform = dummyLanguageModel({ nVocab: 257, probability: () => 1 / 256 }); // 8 bits a byte; 256 starts a text
const start = 256;

describe('perplexity', () => {
  test('of a uniform model over bytes is 256, at 8 bits per byte', async () => {
    const result = await perplexity(uniform, bytes, 'Call me Ishmael.', { start });
    expect(result).toEqual({
      tokens: 16,
      nats: expect.closeTo(16 * Math.log(256), 12),
      natsPerToken: expect.closeTo(Math.log(256), 14),
      perplexity: expect.closeTo(256, 11),
      bytes: 16,
      bitsPerByte: expect.closeTo(8, 14),
    });
  });

  test('of a certain model is 1', async () => {
    const certain = dummyLanguageModel({ nVocab: 256, probability: () => 1 });
    expect(await perplexity(certain, bytes, 'abc')).toEqual({
      ...{ tokens: 2, nats: 0, natsPerToken: 0, perplexity: 1, bytes: 2, bitsPerByte: 0 },
    });
  });

  test('is the product of a bigram model along the text', async () => {
    const table = [
      [0.25, 0.75],
      [0.4, 0.6],
    ];
    const bigram = dummyLanguageModel({
      nVocab: 2,
      probability: (next, context) => table[context.at(-1)!][next],
    });
    const codec = pieces(['ab', 'c']); // 2 bytes and 1 byte
    const nats = -Math.log(0.25 * 0.75 * 0.6);
    expect(await perplexity(bigram, codec, 'ababcc')).toEqual({
      tokens: 3, // the first `ab` is not predicted, nor are its 2 bytes counted
      nats: expect.closeTo(nats, 14),
      natsPerToken: expect.closeTo(nats / 3, 14),
      perplexity: expect.closeTo((0.25 * 0.75 * 0.6) ** (-1 / 3), 14),
      bytes: 4,
      bitsPerByte: expect.closeTo(Math.log2(1 / (0.25 * 0.75 * 0.6)) / 4, 14),
    });
  });

  test.each([
    [undefined, 20], // a token with n before it costs n bits: 1 2 3 4, then 1 2 3 4 again
    [4, 20],
    [3, 23], // 1 2 3 4, 2 3 4, 4
    [2, 24], // 1 2 3 4, 3 4, 3 4
    [1, 26], // 1 2 3 4, 4, 4, 4, 4
  ])('with stride %s costs %i bits when each token of context costs one', async (stride, bits) => {
    const model = dummyLanguageModel({
      nVocab: 256,
      nCtx: 4,
      probability: (_, context) => 2 ** -context.length,
    });
    const { tokens, nats } = await perplexity(model, bytes, 'abcdefghi', { stride });
    expect(tokens).toBe(8);
    expect(nats).toBeCloseTo(bits * Math.LN2, 12);
  });
});

describe('the first token', () => {
  test('is scored after a start token, also where the text is one token', async () => {
    expect(await perplexity(uniform, bytes, 'a', { start })).toMatchObject({ tokens: 1, bytes: 1 });
  });

  test.each([
    ['\u00a3100', 3, 3], // the pound sign is 2 bytes
    ['\u{1f600}!', 1, 1], // the face is 4
    ['a\u{1f600}', 4, 4],
  ])('takes its whole character out of the score: %s', async (text, tokens, count) => {
    expect(await perplexity(uniform, bytes, text)).toMatchObject({ tokens, bytes: count });
    const whole = new TextEncoder().encode(text).length;
    expect(await perplexity(uniform, bytes, text, { start })).toMatchObject({ tokens: whole, bytes: whole });
  });

  test.each(['', 'a', '\u{1f600}'])('leaves nothing to score in %j', async (text) => {
    await expect(perplexity(uniform, bytes, text)).rejects.toThrow(
      `text must be long enough to score a token, got "${text}". Pass start to score the first token too.`,
    );
  });

  test('of an empty text does not exist', async () => {
    await expect(perplexity(uniform, bytes, '', { start })).rejects.toThrow('got "".');
  });
});
