import { useWasmBackend } from '@gpt-ts/backend-wasm';
import { Random, TokenRangeError } from '@gpt-ts/core';
import { memory } from '@gpt-ts/kernels';
import { useReferenceBackend } from '@gpt-ts/kernels/reference';
import { beforeAll, describe, expect, test } from 'vitest';
import { TooManyTextsError } from '../errors/too-many-texts-error.js';
import { GPT } from '../gpt.js';
import { argmax } from './argmax.js';
import { type EndEvent, type GenerateOptions, generate, type TokenEvent } from './generate.js';

const config = { nLayer: 2, nHead: 2, nEmbd: 16, nCtx: 8, nVocab: 23, initStd: 0.5 }; // far from uniform
const random = new Random(6, 'generate.test');
const draw = (n: number) => Array.from({ length: n }, () => random.int(config.nVocab));

/** All that happens. */
async function collect(model: GPT, prompts: number[][], options: GenerateOptions) {
  const tokens: TokenEvent[] = [];
  const ends: EndEvent[] = [];
  for await (const event of generate(model, prompts, options)) {
    if (event.type === 'token') tokens.push(event);
    else ends.push(event);
  }
  ends.sort((a, b) => a.prompt - b.prompt || a.sample - b.sample);
  return { tokens, ends, ids: ends.map(({ ids }) => ids) };
}

/** The new ids of a single text. */
async function write(
  model: GPT,
  prompt: number[],
  options: Partial<GenerateOptions> = {},
): Promise<number[]> {
  return (await collect(model, [prompt], { maxNewTokens: 20, ...options })).ids[0];
}

/** log p(next | window) by a full forward pass. */
async function logProbsAfter(model: GPT, window: number[]): Promise<number[]> {
  const tensor = model.nextLogits([window]);
  const logits = [...(await tensor.data())];
  tensor.dispose();
  const total = Math.log(logits.reduce((sum, x) => sum + Math.exp(x), 0));
  return logits.map((x) => x - total);
}

const backends: [string, () => Promise<unknown>][] = [
  ['wasm', useWasmBackend],
  ['reference', useReferenceBackend],
];
describe.each(backends)('generate on %s', (_, useBackend) => {
  beforeAll(async () => {
    await useBackend();
  });

  test('writes as many ids as asked for, beyond the context too, and leaves no tensor', async () => {
    using model = GPT.random(config, 3);
    const before = memory();
    for (const maxNewTokens of [0, 1, 5, 30]) {
      const { tokens, ends } = await collect(model, [[1, 2, 3]], { maxNewTokens });
      const ids = tokens.map(({ id }) => id);
      expect(ids).toHaveLength(maxNewTokens);
      for (const id of ids) expect(id >= 0 && id < 23 && Number.isInteger(id)).toBe(true);
      expect(ends).toEqual([{ type: 'end', prompt: 0, sample: 0, ids, reason: 'length' }]);
    }
    expect(memory()).toEqual(before);
  });

  test.each([
    [1, true],
    [1, false],
    [3, true],
    [3, false],
    [8, true],
  ])('feeds the last ids, counted from position 0: slideBy %i, cache %s', async (slideBy, cache) => {
    using model = GPT.random(config, 3);
    const prompts = [draw(3), draw(7), draw(1), draw(12)]; // they fill the context at different times
    const options = { maxNewTokens: 16, temperature: 0, cache, slideBy };
    const { tokens } = await collect(model, prompts, options);
    const windows = prompts.map((prompt) => prompt.slice(-config.nCtx));
    let largest = 0;
    for (const { prompt, id, logProb } of tokens) {
      const window = windows[prompt];
      const want = await logProbsAfter(model, window);
      largest = Math.max(largest, Math.abs(logProb - want[id]));
      expect(id).toBe(argmax(want));
      window.push(id);
      if (window.length > config.nCtx) window.splice(0, slideBy);
    }
    if (process.env.GPT_TS_SHOW_ERRORS) console.log(`${largest.toExponential(1)} generate`);
    expect(largest).toBeLessThan(2e-5); // largest difference seen: 5.2e-7
  });

  test('a text does not depend on what is written beside it, nor on the order', async () => {
    using model = GPT.random(config, 4);
    const prompts = [draw(5), draw(1), draw(9), draw(2), draw(5)];
    const options = { maxNewTokens: 14, samples: 2, seed: 5, eotId: 3 };
    const { ids } = await collect(model, prompts, options);
    const order = [3, 0, 4, 2, 1];
    const shuffled = await collect(
      model,
      order.map((i) => prompts[i]),
      options,
    );
    for (const [at, i] of order.entries()) {
      expect(shuffled.ids.slice(2 * at, 2 * at + 2)).toEqual(ids.slice(2 * i, 2 * i + 2));
      expect((await collect(model, [prompts[i]], options)).ids).toEqual(ids.slice(2 * i, 2 * i + 2));
    }
    expect(new Set(ids.map(({ length }) => length)).size).toBeGreaterThan(1); // some ended before others
  });

  test('the same seed gives the same ids, another seed others, each sample its own', async () => {
    using model = GPT.random({ ...config, initStd: 0.02 }, 3);
    expect(await write(model, [1], { seed: 7 })).toEqual(await write(model, [1], { seed: 7 }));
    expect(await write(model, [1], { seed: 7 })).not.toEqual(await write(model, [1], { seed: 8 }));
    expect(await write(model, [1], { seed: 0 })).not.toEqual(await write(model, [1], { seed: 1 }));
    expect(await write(model, [1], { seed: 0 })).toEqual(await write(model, [1])); // 0 is a seed, and the default
    const { ids } = await collect(model, [[1]], { maxNewTokens: 20, samples: 4 });
    expect(ids).toHaveLength(4);
    expect(new Set(ids.map(String)).size).toBe(4);
    expect(ids[0]).toEqual(await write(model, [1])); // more samples change none of the first
  });
});

describe('generate', () => {
  beforeAll(async () => {
    await useWasmBackend();
  });

  test('a longer text begins with the shorter one', async () => {
    using model = GPT.random(config, 3);
    const long = await write(model, [1]);
    expect(await write(model, [1], { maxNewTokens: 9 })).toEqual(long.slice(0, 9));
  });

  test('ends with eotId, its last id', async () => {
    using model = GPT.random({ ...config, initStd: 0.02 }, 3);
    const ids = await write(model, [1]);
    const eotId = ids[6];
    const { ends } = await collect(model, [[1]], { maxNewTokens: 20, eotId });
    expect(ends).toMatchObject([{ ids: ids.slice(0, ids.indexOf(eotId) + 1), reason: 'eot' }]);
    expect(await write(model, [eotId], { maxNewTokens: 3, eotId, seed: 1 })).not.toHaveLength(0); // not in the prompt
  });

  test('ends with a sequence of ids that it has written itself', async () => {
    using model = GPT.random({ ...config, initStd: 0.02 }, 3);
    const ids = await write(model, [1]);
    const stop = ids.slice(4, 7);
    const { ends } = await collect(model, [[1]], { maxNewTokens: 20, stop: [[99], stop] });
    expect(ends).toMatchObject([{ ids: ids.slice(0, 7), reason: 'stop', stop }]);
    expect(await write(model, [1, ids[0]], { stop: [[1, ids[0]]] })).not.toHaveLength(0);
    expect(await write(model, [1], { maxNewTokens: 7, stop: [[ids[6]]] })).toHaveLength(
      ids.indexOf(ids[6]) + 1,
    );
  });

  test('with decode, events carry text, which ends before a stop string', async () => {
    using model = GPT.random({ ...config, initStd: 0.02 }, 3);
    const decode = (ids: readonly number[]) => ids.map((id) => `<${id}>`).join('');
    const options = { maxNewTokens: 20, decode };
    const { tokens, ends } = await collect(model, [[1]], options);
    const { ids } = ends[0];
    expect(ends[0].text).toBe(decode(ids));
    expect(tokens.map(({ text }) => text)).toEqual(ids.map((id) => `<${id}>`));

    const stop = `${ids[4]}><${ids[5]}`; // begins and ends inside of tokens
    const stopped = await collect(model, [[1]], { ...options, stopStrings: ['never', stop] });
    expect(stopped.ends[0]).toMatchObject({ reason: 'stop', stop, ids: ids.slice(0, 6) });
    expect(stopped.ends[0].text).toBe(`${decode(ids.slice(0, 4))}<`);
    expect(stopped.tokens.map(({ text }) => text).join('')).toBe(stopped.ends[0].text);

    const ended = await collect(model, [[1]], { ...options, eotId: ids[3] });
    expect(ended.ends[0].text).toBe(decode(ids.slice(0, ids.indexOf(ids[3]))));
    const begun = await collect(model, [[1]], { ...options, stopStrings: [`<${ids[19]}>!`] });
    expect(begun.ends[0].text).toBe(decode(ids)); // held back, then given
  });

  test('reports the log-probabilities of the model itself, and the likeliest ids', async () => {
    using model = GPT.random(config, 3);
    const options = { maxNewTokens: 6, temperature: 2, topK: 3, repetitionPenalty: 1.5, topLogProbs: 4 };
    const { tokens } = await collect(model, [[1, 2]], options);
    const window = [1, 2];
    for (const { id, logProb, top } of tokens) {
      const want = await logProbsAfter(model, window);
      const best = [...want.keys()].sort((a, b) => want[b] - want[a]).slice(0, 4);
      expect(logProb).toBeCloseTo(want[id], 5);
      expect(top!.map(({ id }) => id)).toEqual(best);
      for (const each of top!) expect(each.logProb).toBeCloseTo(want[each.id], 5);
      window.push(id);
    }
  });

  test('of a vocabulary larger than the tokenizer, only what that knows is drawn', async () => {
    using model = GPT.random(config, 3);
    const prompt = [1, 22, 2]; // any id may be read
    const nDrawable = 5;
    const { ids: all } = await collect(model, [prompt], { maxNewTokens: 30, samples: 4 });
    expect(all.flat().some((id) => id >= nDrawable)).toBe(true);
    for (const options of [
      { temperature: 0 },
      { samples: 4, temperature: 1.5, repetitionPenalty: 1.2 },
      { samples: 4, topK: 9, topP: 0.95 },
    ]) {
      const limited = { maxNewTokens: 12, topLogProbs: 9, nDrawable, ...options };
      const { tokens } = await collect(model, [prompt], limited);
      const windows = Array.from({ length: options.samples ?? 1 }, () => [...prompt]);
      for (const { id, logProb, top, sample } of tokens) {
        const want = await logProbsAfter(model, windows[sample].slice(-config.nCtx));
        const best = [...Array(nDrawable).keys()].sort((a, b) => want[b] - want[a]);
        expect(id).toBeLessThan(nDrawable);
        if (options.temperature === 0) expect(id).toBe(best[0]);
        expect(logProb).toBeCloseTo(want[id], 5); // over all 23
        expect(top!.map(({ id }) => id)).toEqual(best);
        for (const each of top!) expect(each.logProb).toBeCloseTo(want[each.id], 5);
        windows[sample].push(id);
      }
    }
  });

  test('what may be drawn shares the whole probability', async () => {
    using model = GPT.random(config, 3);
    const nDrawable = 5;
    const samples = 4000;
    const { ids } = await collect(model, [[1, 2]], { maxNewTokens: 1, samples, nDrawable });
    const p = (await logProbsAfter(model, [1, 2])).slice(0, nDrawable).map(Math.exp);
    const total = p.reduce((sum, x) => sum + x, 0);
    expect(total).toBeLessThan(0.9);
    for (const [id, each] of p.entries()) {
      const share = each / total;
      const seen = ids.filter(([drawn]) => drawn === id).length;
      expect(Math.abs(seen - samples * share)).toBeLessThan(4 * Math.sqrt(samples * share * (1 - share)));
    }
  });

  test('where decode puts spaces between words, a text begins with the one after its prompt', async () => {
    using model = GPT.random({ ...config, initStd: 0.02 }, 3);
    const spaced = (ids: readonly number[]) =>
      ids
        .map((id) => (id === 0 ? '\n' : `w${id} `))
        .join('')
        .replaceAll(' \n', '\n')
        .replace(/ $/, '');
    const options = { maxNewTokens: 20, samples: 3, decode: spaced };
    const prompts = [[1, 2], [3], [4, 0]];
    const { tokens, ends } = await collect(model, prompts, options);
    for (const { prompt, sample, ids, text } of ends) {
      expect(spaced(prompts[prompt]) + text).toBe(spaced([...prompts[prompt], ...ids]));
      const own = tokens.filter((each) => each.prompt === prompt && each.sample === sample);
      expect(own.map((each) => each.text).join('')).toBe(text);
    }
    expect(ends[0].text).toMatch(/^ w/);

    const stop = ` w${ends[0].ids[5]}`;
    const stopped = await collect(model, prompts, { ...options, stopStrings: [stop] });
    expect(stopped.ends[0]).toMatchObject({ reason: 'stop', stop });
    for (const [i, { text }] of stopped.ends.entries()) expect(text).toBe(ends[i].text!.split(stop)[0]);

    const promptTexts = ['w1 w2 ', 'w3', 'w4\n']; // the first has its space already
    const told = await collect(model, prompts, { ...options, promptTexts });
    for (const [i, { prompt, text }] of told.ends.entries()) {
      expect(text).toBe(prompt === 0 ? ends[i].text!.trimStart() : ends[i].text);
    }
  });

  test('a prompt may end in an id without text', async () => {
    using model = GPT.random(config, 3);
    const decode = (ids: readonly number[]) => {
      if (ids.some((id) => id >= 5)) throw new Error('unknown id');
      return ids.map((id) => 'abcde'[id]).join('');
    };
    const { ends } = await collect(model, [[22]], { maxNewTokens: 9, nDrawable: 5, decode });
    expect(ends[0].text).toBe(decode(ends[0].ids));
  });

  test('more texts than there is memory for are refused at once, with how many fit', async () => {
    using model = GPT.random(config, 3);
    const before = memory();
    const options = { maxNewTokens: 5, samples: 1e8 };
    let error: unknown;
    try {
      generate(model, [[1], [2]], options); // nothing is asked for yet
    } catch (thrown) {
      error = thrown;
    }
    // 6 positions of 2 layers of 2 x 16 numbers, one layer twice, 23 scores, 8 KiB
    const each = 6 * 3 * 2 * 16 * 4 + 4 * 23 + 8192;
    expect(error).toBeInstanceOf(TooManyTextsError);
    expect(error).toMatchObject({
      ...{ code: 'too-many-texts', texts: 2e8, neededBytes: 2e8 * each },
      availableBytes: 2 ** 32 - before.numBytes,
      fitting: Math.floor((2 ** 32 - before.numBytes) / each),
      message: expect.stringMatching(
        /^200,000,000 texts side by side, 6 positions each, take 2,100 GB, but there is room for 4\.3 GB\. 40\d,\d{3} fit: ask for fewer/,
      ),
    });

    const limited = (texts: number) => ({ memoryLimitBytes: before.numBytes + texts * each });
    const run = (room: object) => collect(model, [[1], [2]], { ...options, samples: 3, ...room });
    await expect(run(limited(5.9))).rejects.toThrow('5 fit');
    await expect(run(limited(0.9))).rejects.toThrow('Not even one fits');
    expect((await run(limited(6))).ids).toHaveLength(6);
    const uncached = { ...limited(6), maxNewTokens: 40, cache: false }; // keeps nothing, so longer texts cost no more
    expect((await run(uncached)).ids).toHaveLength(6);
    await expect(run({ ...uncached, cache: true })).rejects.toThrow(TooManyTextsError);
    expect(memory()).toEqual(before);
  });

  test('between two tokens, texts hold no more than was counted', async () => {
    using model = GPT.random(config, 3);
    const before = memory();
    const options = { maxNewTokens: 30, samples: 5, eotId: 3, slideBy: 3 };
    const counted = 10 * (8 * 3 * 2 * 16 * 4);
    for await (const _ of generate(model, [[1], [2, 3]], options)) {
      expect(memory().numBytes - before.numBytes).toBeLessThanOrEqual(counted);
    }
  });

  test('a large repetition penalty keeps greedy decoding from repeating what the window holds', async () => {
    using model = GPT.random(config, 3);
    const ids = await write(model, [1, 2], { temperature: 0, repetitionPenalty: 1e6 });
    const all = [1, 2, ...ids];
    for (let i = 2; i < all.length; i++) expect(all.slice(Math.max(0, i - 8), i)).not.toContain(all[i]);
    const plain = await write(model, [1, 2], { temperature: 0 });
    expect(new Set(plain).size).toBeLessThan(plain.length);
  });

  test('stops between two tokens when its signal says so, with the reason', async () => {
    using model = GPT.random(config, 3);
    const before = memory();
    const controller = new AbortController();
    const { signal } = controller;
    const reason = new Error('enough');
    let tokens = 0;
    await expect(async () => {
      for await (const _ of generate(model, [[1], [2]], { maxNewTokens: 100, signal })) {
        if (++tokens === 3) controller.abort(reason);
      }
    }).rejects.toBe(reason);
    expect(tokens).toBe(3);
    const aborted = { maxNewTokens: 1, signal: AbortSignal.abort(reason) };
    await expect(collect(model, [[1]], aborted)).rejects.toBe(reason);
    expect(memory()).toEqual(before);
  });

  test('a timer can abort it', async () => {
    using model = GPT.random(config, 3);
    const controller = new AbortController();
    setTimeout(() => controller.abort(), 1);
    const endless = { maxNewTokens: 1e9, signal: controller.signal };
    await expect(collect(model, [[1]], endless)).rejects.toThrow('aborted');
  });

  test.each([1, 4])('leaves no tensor when the reader stops early, slideBy %i', async (slideBy) => {
    using model = GPT.random(config, 3);
    const before = memory();
    for (const last of [1, 12, 40]) {
      let tokens = 0;
      for await (const _ of generate(model, [[1], [2, 3]], { maxNewTokens: 100, slideBy })) {
        expect(memory().numTensors).toBeGreaterThan(before.numTensors - 1);
        if (++tokens === last) break;
      }
    }
    expect(memory()).toEqual(before);
  });

  test('damaged weights are an error, and leave no tensor', async () => {
    using good = GPT.random(config, 0);
    const values = new Map([...(await good.values())].map(([name, { data }]) => [name, data]));
    values.get('ln_f.bias')!.fill(Number.NaN);
    using model = GPT.fromValues(config, values);
    const before = memory();
    await expect(write(model, [1], { maxNewTokens: 2 })).rejects.toThrow(
      'logits must be numbers, got "NaN at index 0"',
    );
    expect(memory()).toEqual(before);
  });

  test.each<[string, number[], Partial<GenerateOptions>]>([
    ['prompt must be one or more ids', [], {}],
    ['token 23 at position 1 is not an id from 0 to 22.', [1, 23], {}],
    ['maxNewTokens must be a whole number of tokens, got -1.', [1], { maxNewTokens: -1 }],
    ['maxNewTokens must be a whole number of tokens, got 1.5.', [1], { maxNewTokens: 1.5 }],
    ['samples must be a positive integer, got 0.', [1], { samples: 0 }],
    ['topLogProbs must be a whole number of ids, got -1.', [1], { topLogProbs: -1 }],
    ['slideBy must be an integer from 1 to nCtx (8), got 9.', [1], { slideBy: 9 }],
    ['stop must be sequences of one or more ids, got [[]].', [1], { stop: [[]] }],
    ['stopStrings must be strings of one or more characters', [1], { stopStrings: [''], decode: String }],
    ['decode must be given when there are stopStrings', [1], { stopStrings: ['a'] }],
    ['temperature must be 0 or more, got -1.', [1], { temperature: -1 }],
    ['topK must be a whole number of tokens, got -1.', [1], { topK: -1 }],
    ['nDrawable must be an integer from 1 to nVocab (23), got 0.', [1], { nDrawable: 0 }],
    ['nDrawable must be an integer from 1 to nVocab (23), got 24.', [1], { nDrawable: 24 }],
    ['nDrawable must be an integer from 1 to nVocab (23), got 2.5.', [1], { nDrawable: 2.5 }],
    ['promptTexts must be a text for each of the 1 prompts, got [].', [1], { promptTexts: [] }],
    ['seed must be an integer from 0 to', [1], { seed: -1 }],
  ])('%s', async (message, prompt, options) => {
    using model = GPT.random(config, 3);
    await expect(write(model, prompt, { maxNewTokens: 0, ...options })).rejects.toThrow(message);
  });

  test('no prompts are no texts', async () => {
    using model = GPT.random(config, 3);
    expect(await collect(model, [], { maxNewTokens: 3 })).toEqual({ tokens: [], ends: [], ids: [] });
  });

  test('an id that has slid out of the window is checked all the same', async () => {
    using model = GPT.random(config, 3);
    const prompt = [99, ...new Array<number>(20).fill(1)];
    await expect(write(model, prompt, { maxNewTokens: 1 })).rejects.toThrow(TokenRangeError);
  });
});
