/** A model behind a server gives the answers of the model itself. */
import type { ContinuationRequest, GenerateRequest, LanguageModel } from '@gpt-ts/core';
import { ContextOverflowError, Random, TokenRangeError } from '@gpt-ts/core';
import { dummyLanguageModel } from '@gpt-ts/core/test';
import { describe, expect, test } from 'vitest';
import { perplexity, scoreChoices } from '../src/index.js';
import { openAiLanguageModel } from '../src/openai.js';
import { type CompletionBody, type Habits, modelHandler, serve } from './support/completions-server.js';
import { pieces } from './toy-codecs.js';

const codec = pieces(['a', 'b', 'c', 'ab', '.', '\n', ' ', 'é']);
const nVocab = 8;
const nCtx = 6;

/** Probabilities that depend on every id the model is shown, so that a wrong window gives a wrong number; some are 0. */
const own = dummyLanguageModel({
  nVocab,
  nCtx,
  probability(next, context) {
    const seed = context.reduce((hash, id) => (hash * 31 + id + 7) % 1_000_003, context.length);
    const random = new Random(seed);
    const weights = Array.from({ length: nVocab }, () => Math.max(0, random.uniform() - 0.1));
    return weights[next] / weights.reduce((a, b) => a + b);
  },
});

async function served(
  habits: Habits = {},
  options: { batchSize?: number; concurrency?: number } = {},
): Promise<{ model: LanguageModel; bodies: CompletionBody[] }> {
  const { url, bodies } = await serve(modelHandler(own, codec, habits));
  return { model: openAiLanguageModel({ url, model: 'dummy', codec, nCtx, nVocab, ...options }), bodies };
}

const random = new Random(5);
const ids = (length: number): number[] => Array.from({ length }, () => random.int(nVocab));
const requests: ContinuationRequest[] = Array.from({ length: 60 }, () => ({
  context: ids(1 + random.int(9)),
  continuation: ids(1 + random.int(nCtx)),
}));

describe('a served model scores as the model itself', () => {
  test.each<[string, Habits, { batchSize?: number; concurrency?: number }]>([
    ['in batches', {}, {}],
    ['one prompt at a time', {}, { batchSize: 1, concurrency: 1 }],
    ['when choices come in another order', { order: 'reversed' }, { batchSize: 7, concurrency: 3 }],
    ['when no token is written after the echo', { writesOne: false }, {}],
  ])('%s', async (_, habits, options) => {
    const { model, bodies } = await served(habits, options);
    const scores = await model.logLikelihood(requests);
    const wanted = await own.logLikelihood(requests);
    expect(scores.map(({ isGreedy }) => isGreedy)).toEqual(wanted.map(({ isGreedy }) => isGreedy));
    expect(wanted.filter(({ isGreedy }) => isGreedy).length).toBeGreaterThan(0);
    for (const [i, { logProb }] of scores.entries()) expectSame(logProb, wanted[i].logProb);
    expect(wanted.some(({ logProb }) => logProb === -Infinity)).toBe(true);
    expect(bodies).toHaveLength(Math.ceil(requests.length / (options.batchSize ?? 16)));
    expect(bodies[0]).toMatchObject({ model: 'dummy', echo: true, logprobs: 1, max_tokens: 1 });
  });

  test('texts of any length, with every stride', async () => {
    const { model } = await served();
    for (const length of [0, 1, 2, nCtx, nCtx + 1, nCtx + 2, 20]) {
      const text = ids(length);
      for (const stride of [undefined, 1, 4, nCtx]) {
        const scores = await model.rollingLogLikelihood(text, { stride });
        const wanted = await own.rollingLogLikelihood(text, { stride });
        expect(scores).toHaveLength(wanted.length);
        for (const [i, score] of scores.entries()) expectSame(score, wanted[i]);
      }
    }
  });

  test('in tasks', async () => {
    const { model } = await served();
    const question = { context: 'a.\n', choices: ['ab', ' c', 'é'], answerContext: '.' };
    expect(await scoreChoices(model, codec, question)).toEqual(await scoreChoices(own, codec, question));
    const text = 'cab ab. é\nbaab';
    expect(await perplexity(model, codec, text)).toEqual(await perplexity(own, codec, text));
  });

  test('nothing asked, nothing sent', async () => {
    const { model, bodies } = await served();
    expect(await model.logLikelihood([])).toEqual([]);
    expect(await model.generateUntil([])).toEqual([]);
    expect(await model.generateUntil([{ context: [1], maxNewTokens: 0 }])).toEqual([{ ids: [] }]);
    expect(bodies).toEqual([]);
  });

  test('ids that tie with the likeliest are greedy, because the API names tokens by text', async () => {
    const uniform = dummyLanguageModel({ nVocab, nCtx });
    const { url } = await serve(modelHandler(uniform, codec));
    const model = openAiLanguageModel({ url, model: 'uniform', codec, nCtx, nVocab });
    const [first, last] = [0, 7].map((id) => ({ context: [1], continuation: [id] }));
    const greedy = (scores: { isGreedy: boolean }[]) => scores.map(({ isGreedy }) => isGreedy);
    expect(greedy(await model.logLikelihood([first, last]))).toEqual([true, true]);
    expect(greedy(await uniform.logLikelihood([first, last]))).toEqual([true, false]);
  });

  test('what no model could score is refused before anything is sent', async () => {
    const { model, bodies } = await served();
    const score = (context: number[], continuation: number[]) =>
      model.logLikelihood([
        { context: [0], continuation: [1] },
        { context, continuation },
      ]);
    await expect(score([], [0])).rejects.toThrow('context must be one or more ids, got [].');
    await expect(score([0], [])).rejects.toThrow('continuation must be one or more ids, got [].');
    await expect(score([0, 8], [1])).rejects.toThrow(TokenRangeError);
    await expect(score([0], [1, 2, 3, 4, 5, 6, 7])).rejects.toThrow(
      new ContextOverflowError({ tokens: 7, nCtx: 6 }),
    );
    await expect(model.rollingLogLikelihood([0, -1])).rejects.toThrow('token -1 at position 1');
    await expect(model.rollingLogLikelihood([0, 1], { stride: 7 })).rejects.toThrow('stride must be');
    await expect(model.generateUntil([{ context: [], maxNewTokens: 1 }])).rejects.toThrow('context must be');
    await expect(model.generateUntil([{ context: [1], maxNewTokens: 1.5 }])).rejects.toThrow('maxNewTokens');
    expect(bodies).toEqual([]);
  });
});

/** Looks at the last id alone, and writes c a . c a . c a . ... after any b. */
const circle = dummyLanguageModel({
  nVocab,
  nCtx,
  probability: (next, context) => (next === [4, 2, 0, 1, 2, 6, 7, 5][context.at(-1)!] ? 0.93 : 0.01),
});

describe('a served model writes as the model itself', () => {
  async function writer(model = circle) {
    const { url, bodies } = await serve(modelHandler(model, codec, { order: 'reversed' }));
    return { served: openAiLanguageModel({ url, model: 'dummy', codec, nCtx, nVocab }), bodies };
  }

  test('greedily, whatever is asked together', async () => {
    const { served, bodies } = await writer();
    const requests: GenerateRequest[] = [
      { context: [1], maxNewTokens: 5 },
      { context: [0, 5], maxNewTokens: 3, decoding: { kind: 'greedy' } },
      { context: [6], maxNewTokens: 5 },
      { context: [7], maxNewTokens: 1 },
      { context: [1], maxNewTokens: 4, stop: [[0, 4]] },
      { context: [1], maxNewTokens: 4, stop: [[4, 4], [2]] },
      { context: [1], maxNewTokens: 4, stop: [[]] },
    ];
    expect(await served.generateUntil(requests)).toEqual(await circle.generateUntil(requests));
    expect(bodies.map(({ prompt }) => prompt.length).sort()).toEqual([1, 1, 2, 3]); // by max_tokens
    expect(bodies.every(({ temperature, seed }) => temperature === 0 && seed === undefined)).toBe(true);
  });

  test('a random model, with every context that leaves room', async () => {
    const { served } = await writer(own);
    const requests = Array.from({ length: 40 }, () => {
      const context = ids(1 + random.int(nCtx - 1));
      return { context, maxNewTokens: 1 + random.int(nCtx - context.length) };
    });
    const wanted = await own.generateUntil(requests);
    const written = await served.generateUntil(requests);
    const texts = (answers: { ids: number[] }[]) => answers.map(({ ids }) => codec.decode(ids));
    expect(texts(written)).toEqual(texts(wanted)); // 'a' 'b' comes back as 'ab': texts have no ids
    expect(written.map(({ ids }) => ids)).toEqual(texts(wanted).map((text) => codec.encode(text)));
  });

  test('up to the first stop string, which is not part of the answer; four are sent, all are kept to', async () => {
    const { served, bodies } = await writer();
    const write = async (...stopStrings: string[]) => {
      const [{ ids }] = await served.generateUntil([{ context: [1], maxNewTokens: 5, stopStrings }]);
      return codec.decode(ids);
    };
    expect(await write()).toBe('ca.ca');
    expect(await write('.')).toBe('ca');
    expect(await write('.c', 'a.')).toBe('c');
    expect(await write('c')).toBe('');
    expect(await write('', 'x')).toBe('ca.ca');
    expect(await write('1', '2', '3', '4', '4', '.ca', '.')).toBe('ca');
    expect(bodies.map(({ stop }) => stop)).toEqual([
      undefined,
      ['.'],
      ['.c', 'a.'],
      ['c'],
      ['x'],
      ['1', '2', '3', '4'],
    ]);
  });

  test('of a long context the end is kept, with room for what is to come', async () => {
    const { served, bodies } = await writer();
    const context = [0, 1, 2, 3, 4, 5, 6, 7];
    await served.generateUntil([
      { context, maxNewTokens: 1 },
      { context, maxNewTokens: 4 },
    ]);
    expect(bodies.map(({ prompt }) => prompt).sort()).toEqual([[[3, 4, 5, 6, 7]], [[6, 7]]]);
    await expect(served.generateUntil([{ context, maxNewTokens: 9 }])).rejects.toThrow(
      '1 + 9 tokens exceed 8',
    );
  });

  test('draws have a seed each, by seed and place', async () => {
    const draw = async (seed: number, count: number) => {
      const { served, bodies } = await writer();
      const decoding = { kind: 'sample', topK: 3, seed } as const;
      await served.generateUntil(
        Array.from({ length: count }, (_, i) => ({ context: [i], maxNewTokens: 2, decoding })),
      );
      for (const body of bodies) expect(body).toMatchObject({ temperature: 1, top_p: 1, top_k: 3 });
      return bodies.sort((a, b) => a.prompt[0][0] - b.prompt[0][0]).map((body) => body.seed);
    };
    const seeds = await draw(1, 8);
    expect(new Set(seeds).size).toBe(8);
    expect(await draw(1, 3)).toEqual(seeds.slice(0, 3));
    expect(await draw(2, 8)).not.toEqual(seeds);
  });

  test('a beam search is refused, with what to do instead', async () => {
    const { served, bodies } = await writer();
    const decoding = { kind: 'beam', width: 4, lengthPenalty: 0.6 } as const;
    await expect(served.generateUntil([{ context: [1], maxNewTokens: 2, decoding }])).rejects.toThrow(
      "decoding must be 'greedy' or 'sample' for a model behind an endpoint, got \"beam\". " +
        'For a beam search, load the weights and use languageModel of @gpt-ts/model.',
    );
    expect(bodies).toEqual([]);
  });

  test('ids outside the vocabulary mean another tokenizer', async () => {
    const { url } = await serve(modelHandler(circle, codec));
    const model = openAiLanguageModel({ url, model: 'dummy', codec, nCtx, nVocab: 2 });
    await expect(model.generateUntil([{ context: [1], maxNewTokens: 2 }])).rejects.toThrow(TokenRangeError);
  });
});

/** Largest difference measured: 0, since JSON keeps every bit of a number and the sums have one order. */
function expectSame(got: number, wanted: number): void {
  if (wanted === -Infinity) expect(got).toBe(wanted);
  else expect(Math.abs(got - wanted)).toBeLessThanOrEqual(1e-12);
}
