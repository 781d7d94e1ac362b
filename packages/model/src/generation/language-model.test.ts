import { useWasmBackend } from '@gpt-ts/backend-wasm';
import {
  ContextOverflowError,
  type Decoding,
  type GenerateRequest,
  type LanguageModel,
  Random,
  rollingWindows,
  TokenRangeError,
} from '@gpt-ts/core';
import { dummyLanguageModel } from '@gpt-ts/core/test';
import { memory } from '@gpt-ts/kernels';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { TooManyTextsError } from '../errors/too-many-texts-error.js';
import { GPT } from '../gpt.js';
import { type GPTConfigInput, gptConfig } from '../gpt-config.js';
import { initialParameters } from '../parameters.js';
import { beamSearch } from './beam-search.js';
import { generate } from './generate.js';
import { type LanguageModelOptions, languageModel } from './language-model.js';
import { nextProbabilities } from './sample.js';

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

/** Items after a few examples, each with choices: of one draw for all, or of a draw for each. */
function fewShot(items: number, draws: 'one' | 'each', { nVocab, shots }: { nVocab: number; shots: number }) {
  const ids = (n: number) => Array.from({ length: n }, () => random.int(nVocab));
  const shared = ids(shots);
  return Array.from({ length: items }, () => {
    const context = [...(draws === 'one' ? shared : ids(shots)), ...ids(5 + random.int(20))];
    return Array.from({ length: 4 }, () => ({ context, continuation: ids(1 + random.int(6)) }));
  }).flat();
}

describe('shared beginnings', () => {
  const four = { nLayer: 4, nHead: 4, nEmbd: 128, nCtx: 96, nVocab: 211, initStd: 0.1 }; // sums longer than a block of the product
  const sparse = [
    { kind: 'strided', stride: 8 },
    { kind: 'fixed', stride: 8, summary: 2 },
    { kind: 'column', stride: 4 },
    { kind: 'block', stride: 16 },
  ] as const;

  /** The same bits in biases as in trained models: a row's place in its tile would show. */
  function withBiases(input: GPTConfigInput): GPT {
    const values = initialParameters(gptConfig(input), 2);
    const bits = new Random(3);
    for (const [name, array] of values) {
      if (name.endsWith('.bias'))
        values.set(
          name,
          array.map(() => bits.normal() / 5),
        );
    }
    return GPT.fromValues(input, values);
  }

  test.each<[string, GPTConfigInput, number]>([
    ['dense', four, 0],
    ['banded', { ...four, attention: [{ kind: 'dense' }, { kind: 'banded', window: 10 }] }, 0],
    ['post-norm', { ...four, norm: 'post' }, 0],
    ['joint', { ...four, head: 'joint' }, 0],
    ['sparse', { ...four, attention: sparse }, 2e-5], // largest difference seen: 2.9e-6 of 40
  ])('%s: read once or again and again, the scores are the same', async (_, input, tolerance) => {
    using other = withBiases(input);
    for (const draws of ['one', 'each'] as const) {
      const requests = fewShot(12, draws, { nVocab: 211, shots: 40 });
      const want = await languageModel(other, { reusePrefixes: false }).logLikelihood(requests);
      const got = await languageModel(other).logLikelihood(requests);
      const largest = got.reduce(
        (most, { logProb }, i) => Math.max(most, Math.abs(logProb - want[i].logProb)),
        0,
      );
      if (process.env.GPT_TS_SHOW_ERRORS) console.log(`${largest.toExponential(1)} ${_} ${draws}`);
      expect(largest).toBeLessThanOrEqual(tolerance);
      expect(got.map(({ isGreedy }) => isGreedy)).toEqual(want.map(({ isGreedy }) => isGreedy));
    }
  });

  test.each([true, false])(
    'a score has the same bits whatever else is asked, reusePrefixes %s',
    async (reusePrefixes) => {
      using other = withBiases(four);
      const asked = languageModel(other, { reusePrefixes });
      const requests = fewShot(8, 'one', { nVocab: 211, shots: 40 });
      const together = await asked.logLikelihood(requests);
      const reversed = await asked.logLikelihood(requests.toReversed());
      expect(reversed.toReversed()).toEqual(together);
      for (const i of [0, 5, 30]) expect(await asked.logLikelihood([requests[i]])).toEqual([together[i]]);
    },
  );

  test.each(['one', 'each'] as const)('with %s draw, each beginning is read once', async (draws) => {
    using long = GPT.random({ ...config, nCtx: 96 }, 4);
    const few = fewShot(20, draws, { nVocab: 13, shots: 40 });
    const read = async (options: LanguageModelOptions) => {
      let ids = 0;
      const hidden = vi.spyOn(long, 'hidden').mockImplementation(function (this: GPT, ...args) {
        ids += args[2]?.lengths?.reduce((sum, length) => sum + length, 0) ?? args[0].length;
        return GPT.prototype.hidden.apply(long, args);
      });
      await languageModel(long, options).logLikelihood(few);
      hidden.mockRestore();
      return ids;
    };
    const all = few.reduce(
      (sum, { context, continuation }) => sum + context.length + continuation.length - 1,
      0,
    );
    expect(await read({ reusePrefixes: false })).toBe(all);
    const contexts = few.filter((_, i) => i % 4 === 0).reduce((sum, { context }) => sum + context.length, 0);
    const choices = few.reduce((sum, { continuation }) => sum + continuation.length - 1, 0);
    const once = contexts + choices - (draws === 'one' ? 19 * 40 : 0);
    const got = await read({});
    expect(got).toBeGreaterThan(once - choices);
    expect(got).toBeLessThanOrEqual(once + 4 * 16 * 20); // what is not worth a pass is read more often
  });

  test('with little memory, beginnings are read again and the scores are the same', async () => {
    using long = GPT.random({ ...config, nCtx: 96 }, 4);
    const requests = fewShot(20, 'one', { nVocab: 13, shots: 40 });
    const want = await languageModel(long).logLikelihood(requests);
    for (const kilobytes of [0, 50, 100, 200, 400, 1000]) {
      const memoryLimitBytes = memory().numBytes + 1000 * kilobytes;
      expect(await languageModel(long, { memoryLimitBytes }).logLikelihood(requests)).toEqual(want);
    }
  });

  test('contexts that are each the beginning of the next', async () => {
    using long = GPT.random({ ...config, nCtx: 96 }, 4);
    const text = draw(96);
    const requests = text.slice(1).map((id, i) => ({ context: text.slice(0, i + 1), continuation: [id] }));
    const want = await languageModel(long, { reusePrefixes: false }).logLikelihood(requests);
    expect(await languageModel(long).logLikelihood(requests)).toEqual(want);
  });

  test('some questions with many choices, some with few', async () => {
    using long = GPT.random({ ...config, nCtx: 96 }, 4);
    const requests = [40, 1, 3, 3, 17].flatMap((choices) => {
      const context = draw(30 + random.int(60));
      return Array.from({ length: choices }, () => ({ context, continuation: draw(1 + random.int(30)) }));
    });
    const want = await languageModel(long, { reusePrefixes: false }).logLikelihood(requests);
    expect(await languageModel(long).logLikelihood(requests)).toEqual(want);
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

  /** Requests of all kinds, in any order, for a model that writes beyond its window too. */
  const decodings: Decoding[] = [
    { kind: 'greedy' },
    { kind: 'sample', topK: 5, seed: 3 },
    { kind: 'sample', topK: 13, seed: 0 },
    { kind: 'beam', width: 3, lengthPenalty: 0.6, results: 3 },
    { kind: 'beam', width: 2, lengthPenalty: 0 },
  ];
  const mixed: GenerateRequest[] = Array.from({ length: 25 }, (_, i) => ({
    context: draw(1 + random.int(10)),
    maxNewTokens: [0, 1, 4, 12][i % 4],
    stop: i % 3 === 0 ? [[random.int(13)], [random.int(13), random.int(13)]] : undefined,
    decoding: decodings[i % 5],
  }));

  test('an answer does not depend on what else is asked', async () => {
    const together = await lm.generateUntil(mixed);
    expect(together).toHaveLength(25);
    for (const [i, request] of mixed.entries()) {
      const alone = mixed.map((): GenerateRequest => ({ context: [1], maxNewTokens: 0 }));
      alone[i] = request; // in its place: a draw depends on it
      expect((await lm.generateUntil(alone))[i]).toEqual(together[i]);
    }
    for (const memoryLimitBytes of [40_000, 80_000]) {
      const tight = languageModel(model, { memoryLimitBytes: memory().numBytes + memoryLimitBytes });
      expect(await tight.generateUntil(mixed)).toEqual(together);
    }
  });

  test('greedy ids are the same alone and in a batch', async () => {
    using wide = GPT.random({ ...config, nEmbd: 128, nHead: 4, nCtx: 48, initStd: 0.1 }, 5);
    const head = draw(20);
    const requests = Array.from({ length: 30 }, (_, i) => ({
      context: [...(i % 2 ? head : []), ...draw(1 + random.int(20))],
      maxNewTokens: 5 + random.int(30),
    }));
    const together = await languageModel(wide).generateUntil(requests);
    for (const [i, request] of requests.entries()) {
      expect(await languageModel(wide).generateUntil([request])).toEqual([together[i]]);
    }
  });

  test('a text that is over is read no more', async () => {
    let rows = 0;
    const nextLogits = vi.spyOn(model, 'nextLogits').mockImplementation((all, cache) => {
      rows += all.length;
      return GPT.prototype.nextLogits.call(model, all, cache);
    });
    const lengths = [1, 5, 3, 9];
    await lm.generateUntil(lengths.map((maxNewTokens) => ({ context: [1, 2], maxNewTokens })));
    nextLogits.mockRestore();
    expect(rows).toBe(1 + 5 + 3 + 9);
  });

  test('draws are those of the k likeliest, by seed', async () => {
    const request = {
      context: draw(4),
      maxNewTokens: 1,
      decoding: { kind: 'sample', topK: 3, seed: 8 },
    } as const;
    const n = 2000;
    const got = (await lm.generateUntil(new Array(n).fill(request))).map(({ ids }) => ids[0]);
    const p = (await logProbs(request.context)).map(Math.exp);
    const kept = [...p.keys()].sort((a, b) => p[b] - p[a]).slice(0, 3);
    const total = kept.reduce((sum, id) => sum + p[id], 0);
    for (const id of p.keys()) {
      const share = kept.includes(id) ? p[id] / total : 0;
      const seen = got.filter((each) => each === id).length;
      expect(Math.abs(seen - n * share)).toBeLessThanOrEqual(4 * Math.sqrt(n * share * (1 - share)));
    }
    const seeds = [8, 8, 9].map((seed) => ({
      ...request,
      maxNewTokens: 30,
      decoding: { ...request.decoding, seed },
    }));
    const texts = await Promise.all(seeds.map((each) => lm.generateUntil([each])));
    expect(texts[1]).toEqual(texts[0]);
    expect(texts[2]).not.toEqual(texts[0]);
  });

  test('a draw is that of generate with the same seed and number', async () => {
    const context = draw(3);
    const decoding = { kind: 'sample', topK: 6, seed: 4 } as const;
    const got = await lm.generateUntil([0, 1, 2].map(() => ({ context, maxNewTokens: 9, decoding })));
    const want: number[][] = [];
    for await (const event of generate(model, [context], { maxNewTokens: 9, topK: 6, seed: 4, samples: 3 })) {
      if (event.type === 'end') want[event.sample] = event.ids;
    }
    expect(got.map(({ ids }) => ids)).toEqual(want);
  });

  test('beams are those of beamSearch, without what stops them', async () => {
    for (const context of [draw(2), draw(9)]) {
      const [likeliest] = await beamSearch(model, context, { maxNewTokens: 8, width: 4, results: 1 });
      const stop = [likeliest.ids.slice(2, 3), likeliest.ids.slice(4, 6)];
      const options = { maxNewTokens: 8, width: 4, alpha: 0.6 };
      const found = await beamSearch(model, context, { ...options, stop });
      expect(found.some(({ finished }) => finished)).toBe(true);
      const want = found.map(({ ids }) => {
        const met = stop.find((each) => each.every((id, i) => ids.at(i - each.length) === id));
        return ids.slice(0, ids.length - (met?.length ?? 0));
      });
      const decoding = { kind: 'beam', width: 4, lengthPenalty: 0.6, results: 4 } as const;
      const [{ ids, others }] = await lm.generateUntil([{ context, maxNewTokens: 8, stop, decoding }]);
      expect([ids, ...others!]).toEqual(want);
      expect(
        await lm.generateUntil([{ context, maxNewTokens: 8, stop, decoding: { ...decoding, results: 1 } }]),
      ).toEqual([{ ids: want[0] }]);
    }
  });

  test('writes what a dummy with its probabilities writes', async () => {
    const decode = (ids: readonly number[]) => ids.map((id) => 'abcdefghijklm'[id]).join('');
    const cache = new Map<string, number[]>();
    const dummy = dummyLanguageModel({
      ...{ nVocab: 13, nCtx: 8, decode },
      probability: (next, context) => {
        const key = `${context}`;
        if (!cache.has(key)) {
          const logits = model.nextLogits([context]);
          cache.set(key, nextProbabilities([...logits.dataSync()]) as unknown as number[]);
          logits.dispose();
        }
        return cache.get(key)![next];
      },
    });
    const requests = mixed.map((request, i) => ({
      ...request,
      stopStrings: i % 2 ? [decode(draw(2)), decode(draw(1))] : undefined,
    }));
    expect(await languageModel(model, { decode }).generateUntil(requests)).toEqual(
      await dummy.generateUntil(requests),
    );
  });

  test('ends once the text contains a stop string, also inside of its tokens', async () => {
    const decode = (ids: readonly number[]) => ids.map((id) => `<${id}>`).join('');
    const speaking = languageModel(model, { decode });
    const request = { context: draw(3), maxNewTokens: 12 };
    for (const decoding of [decodings[0], decodings[1], decodings[4]]) {
      const [{ ids }] = await lm.generateUntil([{ ...request, decoding }]);
      const stop = `${ids[4]}><${ids[5]}`;
      const [stopped] = await speaking.generateUntil([
        { ...request, decoding, stopStrings: ['', 'no', stop] },
      ]);
      expect(decode(stopped.ids)).toContain(stop);
      expect(decode(stopped.ids.slice(0, -1))).not.toContain(stop);
      if (decoding.kind !== 'beam') expect(stopped.ids).toEqual(ids.slice(0, stopped.ids.length));
    }
    await expect(lm.generateUntil([{ ...request, stopStrings: ['a'] }])).rejects.toThrow(
      'stopStrings must be given to a model that knows its text, got ["a"]. Pass decode to languageModel.',
    );
  });

  test.each<[string, Partial<GenerateRequest>]>([
    ['maxNewTokens must be a whole number of tokens, got -1.', { maxNewTokens: -1 }],
    ['topK must be a positive integer, got 0.', { decoding: { kind: 'sample', topK: 0, seed: 1 } }],
    ['seed must be an integer from 0 to', { decoding: { kind: 'sample', topK: 1, seed: -1 } }],
    ['width must be a positive integer, got 0.', { decoding: { kind: 'beam', width: 0, lengthPenalty: 1 } }],
    ['alpha must be 0 or more, got -1.', { decoding: { kind: 'beam', width: 2, lengthPenalty: -1 } }],
    [
      'results must be an integer from 1 to width (2), got 3.',
      { decoding: { kind: 'beam', width: 2, lengthPenalty: 1, results: 3 } },
    ],
  ])('%s', async (message, part) => {
    const requests = [
      { context: [1], maxNewTokens: 3 },
      { context: [1], maxNewTokens: 3, ...part },
    ];
    await expect(lm.generateUntil(requests)).rejects.toThrow(message);
  });

  test('one text for which there is no room is refused', async () => {
    const full = languageModel(model, { memoryLimitBytes: memory().numBytes + 5000 });
    await expect(full.generateUntil([{ context: [1], maxNewTokens: 3 }])).rejects.toThrow(TooManyTextsError);
  });

  test('refuses an empty context and an id outside the vocabulary', async () => {
    await expect(lm.generateUntil([{ context: [], maxNewTokens: 1 }])).rejects.toThrow(
      'context must be one or more ids',
    );
    await expect(lm.generateUntil([{ context: [13], maxNewTokens: 1 }])).rejects.toThrow(TokenRangeError);
  });
});
