import { useWasmBackend } from '@gpt-ts/backend-wasm';
import { memory } from '@gpt-ts/kernels';
import { beforeAll, describe, expect, test } from 'vitest';
import { GPT } from '../gpt.js';
import { type BeamSearchOptions, beamSearch } from './beam-search.js';
import { generate } from './generate.js';

const config = { nLayer: 2, nHead: 2, nEmbd: 16, nCtx: 8, nVocab: 7, initStd: 0.3 };

beforeAll(async () => {
  await useWasmBackend();
});

describe('beamSearch', () => {
  test('of width 1 is greedy decoding, beyond the context too', async () => {
    using model = GPT.random(config, 1);
    const before = memory();
    const [{ ids, logProb }] = await beamSearch(model, [1, 2], { width: 1, maxNewTokens: 15 });
    let total = 0;
    for await (const event of generate(model, [[1, 2]], { maxNewTokens: 15, temperature: 0 })) {
      if (event.type === 'token') total += event.logProb;
      else expect(ids).toEqual(event.ids);
    }
    expect(logProb).toBeCloseTo(total, 10);
    expect(memory()).toEqual(before);
  });

  test('wide enough, finds the likeliest of all texts', async () => {
    using model = GPT.random(config, 2);
    const logProbs = async (ids: number[]) => {
      const tensor = model.nextLogits([ids]);
      const logits = [...(await tensor.data())];
      tensor.dispose();
      const total = Math.log(logits.reduce((sum, x) => sum + Math.exp(x), 0));
      return logits.map((x) => x - total);
    };
    const all: { ids: number[]; logProb: number }[] = [];
    const extend = async (ids: number[], logProb: number): Promise<void> => {
      if (ids.length === 3) return void all.push({ ids, logProb });
      for (const [id, each] of (await logProbs([1, ...ids])).entries())
        await extend([...ids, id], logProb + each);
    };
    await extend([], 0);
    all.sort((a, b) => b.logProb - a.logProb);
    const got = await beamSearch(model, [1], { width: 49, maxNewTokens: 3, alpha: 0, results: 5 });
    expect(got.map(({ ids }) => ids)).toEqual(all.slice(0, 5).map(({ ids }) => ids));
  });

  test('stopping early changes nothing: fewer results are the first of many', async () => {
    for (const seed of [1, 2, 3, 4]) {
      using model = GPT.random({ ...config, initStd: 0.6 }, seed);
      for (const alpha of [0, 0.6, 2]) {
        const options = { width: 4, maxNewTokens: 12, eotId: 5, alpha };
        const four = await beamSearch(model, [1], options);
        expect(four).toHaveLength(4);
        const scores = four.map(({ score }) => score);
        expect(scores).toEqual([...scores].sort((a, b) => b - a));
        for (const results of [1, 2]) {
          expect(await beamSearch(model, [1], { ...options, results })).toEqual(four.slice(0, results));
        }
      }
    }
  });

  test('finds texts of ids that may be drawn alone, with the probabilities of the model', async () => {
    using model = GPT.random(config, 2);
    const options = { width: 4, maxNewTokens: 3, alpha: 0 };
    const free = await beamSearch(model, [1], options);
    expect(free.flatMap(({ ids }) => ids).some((id) => id >= 4)).toBe(true);
    const wide = await beamSearch(model, [1], { ...options, width: 343 }); // all texts there are
    const got = await beamSearch(model, [1], { ...options, width: 64, nDrawable: 4 });
    const want = wide.filter(({ ids }) => ids.every((id) => id < 4));
    expect(got.map(({ ids }) => ids)).toEqual(want.map(({ ids }) => ids));
    for (const [i, { logProb }] of got.entries()) expect(logProb).toBeCloseTo(want[i].logProb, 5);
  });

  test('with decode, gives the text after the prompt, without what ends it', async () => {
    using model = GPT.random({ ...config, initStd: 0.6 }, 2);
    const decode = (ids: readonly number[]) => ids.map((id) => `w${id}`).join(' ');
    const [likeliest] = await beamSearch(model, [1, 2], { maxNewTokens: 3 });
    const eotId = likeliest.ids[2];
    const options = { width: 4, maxNewTokens: 6, eotId, decode };
    const found = await beamSearch(model, [1, 2], options);
    expect(found.some(({ finished }) => finished)).toBe(true);
    for (const { ids, text } of found) {
      const own = ids.filter((id) => id !== eotId);
      expect(text).toBe(decode([2, ...own]).slice(2));
    }
    const spaced = await beamSearch(model, [1, 2], { ...options, promptText: 'w1 w2 ' });
    expect(spaced.map(({ text }) => text)).toEqual(found.map(({ text }) => text!.trimStart()));
  });

  test('ends texts with a sequence of ids or once they contain a string', async () => {
    using model = GPT.random({ ...config, initStd: 0.6 }, 2);
    const before = memory();
    const decode = (ids: readonly number[]) => ids.map((id) => `<${id}>`).join('');
    const all = { width: 343, maxNewTokens: 3, alpha: 0 }; // all texts there are
    const texts = await beamSearch(model, [1], all);
    const [a, b] = texts[0].ids.slice(1);
    const sequence = [a, b];
    const string = `${a}><${b}`;
    for (const options of [{ stop: [sequence] }, { stopStrings: [string], decode }]) {
      const found = await beamSearch(model, [1], { ...all, ...options });
      const isOver = (ids: readonly number[]) => decode(ids).includes(string);
      for (const { ids, finished, text } of found) {
        expect(finished).toBe(isOver(ids));
        expect(isOver(ids.slice(0, -1))).toBe(false);
        if (text !== undefined) expect(text).toBe(decode(ids).split(string)[0]);
      }
      const short = texts.filter(({ ids }) => isOver(ids.slice(0, 2))).length;
      expect(found).toHaveLength(343 - short + 1); // those that begin with the sequence have become one
      expect(found.some(({ ids }) => ids.length === 2)).toBe(true);
    }
    expect(memory()).toEqual(before);
  });

  test('more beams than there is memory for are refused', async () => {
    using model = GPT.random(config, 1);
    const wide = beamSearch(model, [1], { maxNewTokens: 5, width: 1e8 });
    await expect(wide).rejects.toThrow('100,000,000 texts side by side, 6 positions each, take');
  });

  test('writes nothing when nothing is asked for', async () => {
    using model = GPT.random(config, 1);
    expect(await beamSearch(model, [1], { maxNewTokens: 0 })).toEqual([
      { ids: [], logProb: 0, score: 0, finished: false },
    ]);
  });

  test('an aborted search rejects with the reason and leaves no tensor', async () => {
    using model = GPT.random(config, 1);
    const before = memory();
    const controller = new AbortController();
    const reason = new Error('enough');
    setTimeout(() => controller.abort(reason));
    const options = { maxNewTokens: 1e6, signal: controller.signal };
    await expect(beamSearch(model, [1], options)).rejects.toBe(reason);
    expect(memory()).toEqual(before);
  });

  test.each<[string, Partial<BeamSearchOptions>]>([
    ['width must be a positive integer, got 0.', { width: 0 }],
    ['alpha must be 0 or more, got -1.', { alpha: -1 }],
    ['nDrawable must be an integer from 1 to nVocab (7), got 8.', { nDrawable: 8 }],
    ['results must be an integer from 1 to width (4), got 5.', { results: 5 }],
    ['maxNewTokens must be a whole number of tokens, got 1.5.', { maxNewTokens: 1.5 }],
    ['stop must be sequences of one or more ids, got [[]].', { stop: [[]] }],
    ['stopStrings must be strings of one or more characters', { stopStrings: [''], decode: String }],
    ['decode must be given when there are stopStrings', { stopStrings: ['a'] }],
  ])('%s', async (message, options) => {
    using model = GPT.random(config, 1);
    await expect(beamSearch(model, [1], { maxNewTokens: 1, ...options })).rejects.toThrow(message);
  });
});
