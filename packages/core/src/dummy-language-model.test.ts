import { describe, expect, test } from 'vitest';
import { ContextOverflowError } from './errors/context-overflow-error.js';
import { dummyLanguageModel } from './test.js';

const table = [
  [0.25, 0.75], // after 0
  [0.4, 0.6], // after 1
];
const bigram = dummyLanguageModel({
  nVocab: 2,
  probability: (next, context) => table[context.at(-1)!][next],
});
const { log } = Math;

/** Assigns the id `n % 10` to a context of n tokens, so a prediction shows how much the model saw. */
const counting = dummyLanguageModel({
  nVocab: 10,
  nCtx: 4,
  probability: (next, context) => (next === context.length % 10 ? 0.9 : 0.1 / 9),
});

describe('dummyLanguageModel', () => {
  test('scores continuations', async () => {
    expect(
      await bigram.logLikelihood([
        { context: [0], continuation: [1, 1] },
        { context: [0, 1], continuation: Int32Array.of(0) },
      ]),
    ).toEqual([
      { logProb: log(0.75) + log(0.6), isGreedy: true },
      { logProb: log(0.4), isGreedy: false },
    ]);
  });

  test('is uniform unless told otherwise, and ties go to the lowest id', async () => {
    const uniform = dummyLanguageModel({ nVocab: 4 });
    expect(await uniform.logLikelihood([{ context: [3], continuation: [0] }])).toEqual([
      { logProb: log(1 / 4), isGreedy: true },
    ]);
    expect(await uniform.logLikelihood([{ context: [3], continuation: [1] }])).toEqual([
      { logProb: log(1 / 4), isGreedy: false },
    ]);
  });

  test('leaves out the oldest tokens of a context that is too long', async () => {
    const context = [0, 0, 0, 0, 0, 0];
    const [full, cut] = await counting.logLikelihood([
      { context, continuation: [4] }, // sees 4 tokens
      { context, continuation: [2, 3, 4] }, // 5 = nCtx + 1 in all: 2 of the context remain
    ]);
    expect(full).toEqual({ logProb: log(0.9), isGreedy: true });
    expect(cut.logProb).toBeCloseTo(3 * log(0.9), 14);
  });

  test('scores every token of a text, stride by stride', async () => {
    expect([...(await bigram.rollingLogLikelihood([0, 1, 0, 0]))]).toEqual([log(0.75), log(0.4), log(0.25)]);
    expect(await bigram.rollingLogLikelihood([0])).toEqual(new Float64Array());
    const ids = [0, 1, 2, 3, 4, 4, 4];
    const strideOne = await counting.rollingLogLikelihood(ids, { stride: 1 }); // shown 1 2 3 4 4 4 tokens
    expect([...strideOne]).toEqual(new Array(6).fill(log(0.9)));
    const whole = await counting.rollingLogLikelihood([0, 1, 2, 3, 4, 3, 4]); // shown 1 2 3 4, then 3 4
    expect([...whole]).toEqual(new Array(6).fill(log(0.9)));
  });

  test('generates greedily from the last nCtx tokens', async () => {
    expect(await counting.generateUntil([{ context: [7], maxNewTokens: 5 }])).toEqual([
      { ids: [1, 2, 3, 4, 4] },
    ]);
    expect(await counting.generateUntil([{ context: [7], maxNewTokens: 0 }])).toEqual([{ ids: [] }]);
  });

  test('stops before the first stop sequence that it produced itself', async () => {
    const request = { context: [3, 4], maxNewTokens: 9 };
    expect(await counting.generateUntil([{ ...request, stop: [[9], [3, 4]] }])).toEqual([{ ids: [2] }]);
    expect(await counting.generateUntil([{ ...request, stop: [[4, 4], [1]] }])).toEqual([{ ids: [2, 3] }]);
    expect(await counting.generateUntil([{ ...request, stop: [[]], maxNewTokens: 2 }])).toEqual([
      { ids: [2, 3] },
    ]);
  });

  test('draws among the likeliest, by seed and number', async () => {
    const p = [0.1, 0.4, 0.2, 0.3];
    const draws = dummyLanguageModel({ nVocab: 4, probability: (next) => p[next] });
    const one = { context: [0], maxNewTokens: 1, decoding: { kind: 'sample', topK: 3, seed: 5 } } as const;
    const n = 3000;
    const got = (await draws.generateUntil(new Array(n).fill(one))).map(({ ids }) => ids[0]);
    for (const [id, share] of [0, 0.4, 0.2, 0.3].map((each) => each / 0.9).entries()) {
      const seen = got.filter((each) => each === id).length;
      expect(Math.abs(seen - n * share)).toBeLessThanOrEqual(4 * Math.sqrt(n * share * (1 - share)));
    }
    const long = { ...one, maxNewTokens: 30 };
    const [first, second] = await draws.generateUntil([long, long]);
    expect(second).not.toEqual(first);
    expect(await draws.generateUntil([{ ...one, context: [3] }, long])).toMatchObject([{}, second]);
    expect(await draws.generateUntil([{ ...long, decoding: { ...one.decoding, seed: 6 } }])).not.toEqual([
      first,
    ]);
    const numbered = { ...long, decoding: { ...one.decoding, text: 1 } };
    expect(await draws.generateUntil([numbered])).toEqual([second]);
  });

  test('of equals at the edge, all are drawn; of one, the likeliest', async () => {
    const drawn = async (topK: number) => {
      const request = {
        context: [0],
        maxNewTokens: 200,
        decoding: { kind: 'sample', topK, seed: 1 },
      } as const;
      return [...new Set((await dummyLanguageModel({ nVocab: 3 }).generateUntil([request]))[0].ids)].sort();
    };
    expect(await drawn(2)).toEqual([0, 1, 2]);
    const sample = { kind: 'sample', topK: 1, seed: 1 } as const;
    expect(await counting.generateUntil([{ context: [7], maxNewTokens: 3, decoding: sample }])).toEqual([
      { ids: [1, 2, 3] },
    ]);
  });

  test('finds the best of all texts when the beam is as wide as they are many', async () => {
    const texts = Array.from({ length: 8 }, (_, i) => [i >> 2, (i >> 1) & 1, i & 1]);
    const logProb = (ids: number[]) => ids.reduce((sum, id, i) => sum + log(table[[1, ...ids][i]][id]), 0);
    texts.sort((a, b) => logProb(b) - logProb(a));
    const decoding = { kind: 'beam', width: 8, lengthPenalty: 0.6, results: 8 } as const;
    const [{ ids, others }] = await bigram.generateUntil([{ context: [1], maxNewTokens: 3, decoding }]);
    expect([ids, ...others!]).toEqual(texts);
    const single = await bigram.generateUntil([
      { context: [1], maxNewTokens: 3, decoding: { ...decoding, results: 1 } },
    ]);
    expect(single).toEqual([{ ids: texts[0] }]);
  });

  test('a beam weighs a short finished text against a long one by the length penalty', async () => {
    // after 1: stop at once with 0.4 and score log 0.4, or 1 1 1 ... with 0.6 each
    const best = async (lengthPenalty: number) => {
      const decoding = { kind: 'beam', width: 2, lengthPenalty } as const;
      return (await bigram.generateUntil([{ context: [1], maxNewTokens: 4, stop: [[0]], decoding }]))[0].ids;
    };
    expect(4 * log(0.6)).toBeLessThan(log(0.4));
    expect(await best(0)).toEqual([]);
    expect((4 * log(0.6)) / (9 / 6) ** 2).toBeGreaterThan(log(0.4));
    expect(await best(2)).toEqual([1, 1, 1, 1]);
  });

  test('ends once its text contains a stop string, given what ids say', async () => {
    const decode = (ids: readonly number[]) => ids.map((id) => 'abcdefghij'[id]).join('');
    const options = {
      nVocab: 10,
      probability: (next: number, context: readonly number[]) => (next === context.length ? 0.9 : 0.1 / 9),
    };
    const request = { context: [9], maxNewTokens: 6, stopStrings: ['', 'x', 'cd'] };
    const speaking = dummyLanguageModel({ ...options, decode });
    expect(await speaking.generateUntil([request])).toEqual([{ ids: [1, 2, 3] }]);
    const decoding = { kind: 'beam', width: 2, lengthPenalty: 0 } as const;
    expect(await speaking.generateUntil([{ ...request, decoding }])).toEqual([{ ids: [1, 2, 3] }]);
    await expect(dummyLanguageModel(options).generateUntil([request])).rejects.toThrow(
      'Pass decode to dummyLanguageModel.',
    );
  });

  test('refuses what no model could score', async () => {
    await expect(bigram.logLikelihood([{ context: [], continuation: [0] }])).rejects.toThrow(
      'context must be one or more ids, got [].',
    );
    await expect(counting.logLikelihood([{ context: [0], continuation: [1, 2, 3, 4, 5] }])).rejects.toThrow(
      new ContextOverflowError({ tokens: 5, nCtx: 4 }),
    );
    await expect(bigram.rollingLogLikelihood([0, 2])).rejects.toThrow('token 2 at position 1');
    await expect(bigram.generateUntil([{ context: [], maxNewTokens: 1 }])).rejects.toThrow('context');
  });
});
