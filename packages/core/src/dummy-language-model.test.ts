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
