import { useWasmBackend } from '@gpt-ts/backend-wasm';
import { TokenRangeError } from '@gpt-ts/core';
import { memory } from '@gpt-ts/kernels';
import { beforeAll, describe, expect, test } from 'vitest';
import { type GenerateOptions, generate } from './generate.js';
import { GPT } from './gpt.js';
import { gptConfig } from './gpt-config.js';
import { initialParameters } from './parameters.js';

const config = { nLayer: 2, nHead: 2, nEmbd: 16, nCtx: 8, nVocab: 23 };

/** A model whose predictions are far from uniform. */
function opinionated(seed = 3): GPT {
  const values = initialParameters(gptConfig(config), seed);
  for (const name of ['wte.weight', 'wpe.weight'])
    values.set(
      name,
      values.get(name)!.map((x) => 50 * x),
    );
  return GPT.fromValues(config, values);
}

async function collect(model: GPT, prompt: number[], options: GenerateOptions): Promise<number[]> {
  const ids: number[] = [];
  for await (const id of generate(model, prompt, options)) ids.push(id);
  return ids;
}

beforeAll(async () => {
  await useWasmBackend();
});

describe('generate', () => {
  test('writes as many ids as asked for, beyond the context too, and leaves no tensor', async () => {
    using model = opinionated();
    const before = memory();
    for (const maxNewTokens of [0, 1, 5, 30]) {
      const ids = await collect(model, [1, 2, 3], { maxNewTokens });
      expect(ids).toHaveLength(maxNewTokens);
      for (const id of ids) expect(id >= 0 && id < 23 && Number.isInteger(id)).toBe(true);
    }
    expect(memory()).toEqual(before);
  });

  test('feeds the last nCtx ids, counted from position 0', async () => {
    using model = opinionated();
    const ids = Array.from({ length: 9 }, (_, i) => (i * 5) % 23);
    const written = await collect(model, ids, { maxNewTokens: 6, temperature: 0 });
    for (const id of written) {
      const logits = model.nextLogits([ids.slice(-config.nCtx)]);
      const values = [...(await logits.data())];
      expect(id).toBe(values.indexOf(Math.max(...values)));
      logits.dispose();
      ids.push(id);
    }
  });

  test('the same seed, weights and prompt give the same ids; another seed gives others', async () => {
    using model = GPT.random(config, 3);
    const write = (seed?: number) => collect(model, [1], { maxNewTokens: 20, seed });
    expect(await write(7)).toEqual(await write(7));
    expect(await write(7)).not.toEqual(await write(8));
    expect(await write(0)).not.toEqual(await write(1));
    expect(await write(0)).toEqual(await write()); // 0 is a seed like any other, and the default
  });

  test('a longer text begins with the shorter one', async () => {
    using model = GPT.random(config, 3);
    const long = await collect(model, [1], { maxNewTokens: 20 });
    expect(await collect(model, [1], { maxNewTokens: 9 })).toEqual(long.slice(0, 9));
  });

  test('ends with eotId, which is yielded last', async () => {
    using model = GPT.random(config, 3);
    const ids = await collect(model, [1], { maxNewTokens: 20 });
    const eotId = ids[6];
    expect(await collect(model, [1], { maxNewTokens: 20, eotId })).toEqual(
      ids.slice(0, ids.indexOf(eotId) + 1),
    );
    expect(await collect(model, [eotId], { maxNewTokens: 3, eotId, seed: 1 })).not.toHaveLength(0); // not in the prompt
  });

  test('stops between two tokens when its signal says so, with the reason', async () => {
    using model = opinionated();
    const before = memory();
    const controller = new AbortController();
    const ids: number[] = [];
    const reason = new Error('enough');
    await expect(async () => {
      for await (const id of generate(model, [1], { maxNewTokens: 100, signal: controller.signal })) {
        ids.push(id);
        if (ids.length === 3) controller.abort(reason);
      }
    }).rejects.toBe(reason);
    expect(ids).toHaveLength(3);
    await expect(collect(model, [1], { maxNewTokens: 1, signal: AbortSignal.abort(reason) })).rejects.toBe(
      reason,
    );
    expect(memory()).toEqual(before);
  });

  test('leaves no tensor when the reader stops early', async () => {
    using model = opinionated();
    const before = memory();
    for await (const _ of generate(model, [1], { maxNewTokens: 100 })) break;
    expect(memory()).toEqual(before);
  });

  test('damaged weights are an error, and leave no tensor', async () => {
    const values = initialParameters(gptConfig(config), 0);
    values.get('ln_f.bias')!.fill(Number.NaN);
    using model = GPT.fromValues(config, values);
    const before = memory();
    await expect(collect(model, [1], { maxNewTokens: 2 })).rejects.toThrow(
      'logits must be numbers, got "NaN at index 0"',
    );
    expect(memory()).toEqual(before);
  });

  test.each<[string, number[], Partial<GenerateOptions>]>([
    ['prompt must be one or more ids', [], {}],
    ['token 23 at position 1 is not an id from 0 to 22.', [1, 23], {}],
    ['maxNewTokens must be a whole number of tokens, got -1.', [1], { maxNewTokens: -1 }],
    ['maxNewTokens must be a whole number of tokens, got 1.5.', [1], { maxNewTokens: 1.5 }],
    ['temperature must be 0 or more, got -1.', [1], { temperature: -1 }],
    ['topK must be a positive integer, got 0.', [1], { topK: 0 }],
    ['seed must be an integer from 0 to', [1], { seed: -1 }],
  ])('%s', async (message, prompt, options) => {
    using model = opinionated();
    await expect(collect(model, prompt, { maxNewTokens: 0, ...options })).rejects.toThrow(message);
  });

  test('an id that has slid out of the window is checked all the same', async () => {
    using model = opinionated();
    const prompt = [99, ...new Array<number>(20).fill(1)];
    await expect(collect(model, prompt, { maxNewTokens: 1 })).rejects.toThrow(TokenRangeError);
  });
});
