import { useWasmBackend } from '@gpt-ts/backend-wasm';
import {
  ContextOverflowError,
  type LanguageModel,
  Random,
  rollingWindows,
  TokenRangeError,
} from '@gpt-ts/core';
import { memory } from '@gpt-ts/kernels';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { GPT } from '../gpt.js';
import { gptConfig } from '../gpt-config.js';
import { initialParameters } from '../parameters.js';
import { languageModel } from './language-model.js';

const config = { nLayer: 2, nHead: 2, nEmbd: 16, nCtx: 8, nVocab: 13 };
const random = new Random(11);
const draw = (n: number) => Array.from({ length: n }, () => random.int(config.nVocab));

let model: GPT;
let lm: LanguageModel;
let before: ReturnType<typeof memory>;

beforeAll(async () => {
  await useWasmBackend();
  const values = initialParameters(gptConfig(config), 1);
  for (const name of ['wte.weight', 'wpe.weight'])
    values.set(
      name,
      values.get(name)!.map((x) => 30 * x),
    ); // opinions
  model = GPT.fromValues(config, values);
  lm = languageModel(model);
});
afterAll(() => model[Symbol.dispose]());

// Every call, also one that is refused, leaves the tensors as they were.
beforeEach(() => {
  before = memory();
});
afterEach(() => {
  expect(memory()).toEqual(before);
});

/** log p(next | context) of every id, straight from the logits; the context is cut to the window. */
async function logProbs(context: number[]): Promise<number[]> {
  const tensor = model.logits(Int32Array.from(context.slice(-config.nCtx)));
  const all = [...(await tensor.data())];
  tensor.dispose();
  const row = all.slice(-config.nVocab);
  const logSum = Math.log(row.reduce((sum, x) => sum + Math.exp(x), 0));
  return row.map((x) => x - logSum);
}

/** A model to which every id is as likely as any other. */
function flatModel(): GPT {
  const values = initialParameters(gptConfig(config), 1);
  values.get('ln_f.weight')!.fill(0); // all logits are 0
  return GPT.fromValues(config, values);
}

const likeliest = (row: number[]) => row.indexOf(Math.max(...row));

test('has the sizes of its model', () => {
  expect([lm.nCtx, lm.nVocab]).toEqual([8, 13]);
});

describe('logLikelihood', () => {
  test('agrees with the logits', async () => {
    const requests = [1, 2, 5].flatMap((c) =>
      [1, 3].map((n) => ({ context: draw(c), continuation: draw(n) })),
    );
    const scores = await lm.logLikelihood(requests);
    expect(scores).toHaveLength(requests.length);
    for (const [i, { context, continuation }] of requests.entries()) {
      let want = 0;
      let greedy = true;
      for (const [at, id] of continuation.entries()) {
        const row = await logProbs([...context, ...continuation.slice(0, at)]);
        want += row[id];
        greedy &&= id === likeliest(row);
      }
      expect(Math.abs(scores[i].logProb - want)).toBeLessThan(2e-6); // one row adds up in another order than many; seen: 4.6e-7
      expect(scores[i].isGreedy).toBe(greedy);
    }
  });

  test('knows the continuation that greedy decoding writes, and no other', async () => {
    const context = draw(3);
    const greedy = (await lm.generateUntil([{ context, maxNewTokens: 4 }]))[0].ids;
    const other = [...greedy.slice(0, 3), (greedy[3] + 1) % config.nVocab];
    const scores = await lm.logLikelihood([greedy, other].map((continuation) => ({ context, continuation })));
    expect(scores.map(({ isGreedy }) => isGreedy)).toEqual([true, false]);
    expect(scores[0].logProb).toBeGreaterThan(scores[1].logProb);
  });

  test('the first of equals is the greedy one', async () => {
    using flat = flatModel();
    const scores = await languageModel(flat).logLikelihood(
      [0, 1].map((id) => ({ context: [3], continuation: [id] })),
    );
    expect(scores).toEqual([
      { logProb: expect.closeTo(-Math.log(13), 12), isGreedy: true },
      { logProb: expect.closeTo(-Math.log(13), 12), isGreedy: false },
    ]);
  });

  test('leaves out the oldest ids when both together exceed nCtx + 1', async () => {
    const [context, continuation] = [draw(20), draw(3)];
    const [cut, whole] = await lm.logLikelihood([
      { context: context.slice(-6), continuation }, // 6 + 3 = nCtx + 1
      { context, continuation },
    ]);
    expect(whole).toEqual(cut);
    const [shorter] = await lm.logLikelihood([{ context: context.slice(-5), continuation }]);
    expect(shorter.logProb).not.toBe(cut.logProb);
  });

  test('scores a continuation of nCtx ids, and refuses a longer one', async () => {
    const request = { context: draw(5), continuation: draw(8) };
    const [{ logProb }] = await lm.logLikelihood([request]);
    expect(logProb).toBeLessThan(0);
    await expect(lm.logLikelihood([{ ...request, continuation: draw(9) }])).rejects.toThrow(
      ContextOverflowError,
    );
  });

  test('probabilities of all continuations add up to 1', async () => {
    const context = draw(4);
    const pairs = Array.from({ length: 13 * 13 }, (_, i) => [Math.floor(i / 13), i % 13]);
    const scores = await lm.logLikelihood(pairs.map((continuation) => ({ context, continuation })));
    const total = scores.reduce((sum, { logProb }) => sum + Math.exp(logProb), 0);
    expect(Math.abs(total - 1)).toBeLessThan(1e-12); // seen: 4e-16
  });

  test('is the same for each request whatever else is asked, in the order of the requests', async () => {
    const requests = Array.from({ length: 40 }, () => ({
      context: draw(1 + random.int(12)),
      continuation: draw(1 + random.int(8)),
    }));
    const together = await lm.logLikelihood(requests);
    for (const [i, request] of requests.entries()) {
      const [alone] = await lm.logLikelihood([request]);
      expect(alone).toEqual(together[i]);
    }
  });

  test('takes any list of ids, and no request at all', async () => {
    const [a, b] = await lm.logLikelihood([
      { context: [1, 2], continuation: [3] },
      { context: Uint16Array.of(1, 2), continuation: Int32Array.of(3) },
    ]);
    expect(a).toEqual(b);
    expect(await lm.logLikelihood([])).toEqual([]);
  });

  test.each([
    ['context', [], [1]],
    ['continuation', [1], []],
  ])('an empty %s is refused', async (name, context, continuation) => {
    await expect(lm.logLikelihood([{ context, continuation }])).rejects.toThrow(
      `${name} must be one or more ids, got [].`,
    );
  });

  test.each([
    { context: [1, 13], continuation: [2, 3] },
    { context: [1, 2], continuation: [13, 3] },
    { context: [1, 2], continuation: [3, 13] }, // predicted, never fed
    { context: [1, 2], continuation: [3, -1] },
    { context: [13, ...draw(12)], continuation: [3] }, // out of the window
  ])('an id outside the vocabulary is refused: $context, $continuation', async (request) => {
    await expect(lm.logLikelihood([request])).rejects.toThrow(TokenRangeError);
  });
});

describe('with fewer ids to write than to read', () => {
  test('the limit decides what is written and what is greedy, not how likely it is', async () => {
    const nDrawable = 4;
    const limited = languageModel(model, { nDrawable });
    const context = [12, 3, 7];
    const ids = (await limited.generateUntil([{ context, maxNewTokens: 5 }]))[0].ids;
    const free = (await lm.generateUntil([{ context, maxNewTokens: 5 }]))[0].ids;
    expect(free.some((id) => id >= nDrawable)).toBe(true);
    for (const [i, id] of ids.entries()) {
      expect(id).toBe(likeliest((await logProbs([...context, ...ids.slice(0, i)])).slice(0, nDrawable)));
    }
    const requests = [ids, free].map((continuation) => ({ context, continuation }));
    const [got, want] = [await limited.logLikelihood(requests), await lm.logLikelihood(requests)];
    expect(got.map(({ logProb }) => logProb)).toEqual(want.map(({ logProb }) => logProb));
    expect(got.map(({ isGreedy }) => isGreedy)).toEqual([true, false]);
    expect(want.map(({ isGreedy }) => isGreedy)).toEqual([false, true]);
    expect(limited.nVocab).toBe(13);
  });

  test('a limit beyond the vocabulary is refused', () => {
    expect(() => languageModel(model, { nDrawable: 14 })).toThrow(
      'nDrawable must be an integer from 1 to nVocab (13)',
    );
  });
});

describe('rollingLogLikelihood', () => {
  test.each([undefined, 1, 3, 7, 8])('agrees with the logits, stride %s', async (stride) => {
    for (const length of [2, 8, 9, 10, 21]) {
      const text = draw(length);
      const got = await lm.rollingLogLikelihood(text, { stride });
      expect(got).toHaveLength(length - 1);
      let at = 1;
      for (const { begin, end, count } of rollingWindows(length, 8, stride ?? 8)) {
        for (let i = end - count + 1; i <= end; i++, at++) {
          const row = await logProbs(text.slice(begin, i));
          expect(i).toBe(at);
          expect(Math.abs(got[i - 1] - row[text[i]])).toBeLessThan(5e-6); // seen: 1.2e-6; the loss is taken in float32
        }
      }
      expect(at).toBe(length);
    }
  });

  test('a text of the window or less is one likelihood', async () => {
    const text = draw(9);
    const sum = (await lm.rollingLogLikelihood(text)).reduce((total, x) => total + x, 0);
    const [{ logProb }] = await lm.logLikelihood([
      { context: text.slice(0, 1), continuation: text.slice(1) },
    ]);
    expect(sum).toBeCloseTo(logProb, 5);
  });

  test('has nothing to say of no id or of one', async () => {
    expect(await lm.rollingLogLikelihood([])).toEqual(new Float64Array(0));
    expect(await lm.rollingLogLikelihood([5])).toEqual(new Float64Array(0));
  });

  test.each([0, 9, 1.5, -1])('stride %s is refused', async (stride) => {
    await expect(lm.rollingLogLikelihood(draw(4), { stride })).rejects.toThrow(
      `stride must be an integer from 1 to nCtx (8), got ${stride}.`,
    );
  });

  test.each([[[1, 13, 2]], [[1, 2, 13]], [[1, 2, -1]], [[13]]])(
    'an id outside the vocabulary is refused: %j',
    async (text) => {
      await expect(lm.rollingLogLikelihood(text)).rejects.toThrow(TokenRangeError);
    },
  );
});

describe('generateUntil', () => {
  test('writes the likeliest ids, beyond the window too', async () => {
    const context = draw(10);
    const ids = (await lm.generateUntil([{ context, maxNewTokens: 12 }]))[0].ids;
    for (const [i, id] of ids.entries())
      expect(id).toBe(likeliest(await logProbs([...context, ...ids.slice(0, i)])));
    expect(ids).toHaveLength(12);
  });

  test('ends before a stop sequence that it has written whole', async () => {
    const context = draw(3);
    const ids = (await lm.generateUntil([{ context, maxNewTokens: 12 }]))[0].ids;
    const until = async (...stop: number[][]) =>
      (await lm.generateUntil([{ context, maxNewTokens: 12, stop }]))[0].ids;
    /** Where a sequence is first complete, and thus what comes before it. */
    const before = (stop: number[]) => {
      const end = ids.findIndex(
        (_, i) => i + 1 >= stop.length && stop.every((id, k) => ids[i + 1 - stop.length + k] === id),
      );
      return ids.slice(0, end + 1 - stop.length);
    };
    expect(await until(ids.slice(4, 5))).toEqual(before(ids.slice(4, 5)));
    expect(await until(ids.slice(4, 7))).toEqual(before(ids.slice(4, 7)));
    expect(await until(ids)).toEqual([]);
    expect(await until([...ids.slice(0, 2), (ids[2] + 1) % 13])).toEqual(ids); // begun, never completed
    expect(await until([], [99])).toEqual(ids); // an empty one stops nothing
    const [early, late] = [ids.slice(2, 4), ids.slice(6, 8)];
    expect(await until(late, early)).toEqual(before(early));
  });

  test('what stands in the context is not part of a stop sequence', async () => {
    using flat = flatModel(); // writes 0 for ever
    const until = (context: number[]) =>
      languageModel(flat).generateUntil([{ context, maxNewTokens: 3, stop: [[5, 0]] }]);
    expect(await until([5])).toEqual([{ ids: [0, 0, 0] }]);
    expect(await until([5, 0])).toEqual([{ ids: [0, 0, 0] }]);
  });

  test('writes nothing when nothing is asked for', async () => {
    expect(await lm.generateUntil([{ context: [1], maxNewTokens: 0 }])).toEqual([{ ids: [] }]);
  });

  test('refuses an empty context and an id outside the vocabulary', async () => {
    await expect(lm.generateUntil([{ context: [], maxNewTokens: 1 }])).rejects.toThrow(
      'prompt must be one or more ids',
    );
    await expect(lm.generateUntil([{ context: [13], maxNewTokens: 1 }])).rejects.toThrow(TokenRangeError);
  });
});
