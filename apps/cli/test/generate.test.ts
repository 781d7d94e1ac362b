import { join } from 'node:path';
import { useWasmBackend } from '@gpt-ts/backend-wasm';
import { FolderStorage } from '@gpt-ts/core/node';
import { GPT, type GPTConfigInput, saveModel } from '@gpt-ts/model';
import { CharTokenizer, type Tokenizer } from '@gpt-ts/tokenizer';
import { Gpt1Tokenizer } from '@gpt-ts/tokenizer/gpt1';
import { beforeAll, describe, expect, test } from 'vitest';
import { gpt, newFolder } from './gpt.js';

const folder = newFolder();
const config = { nLayer: 1, nHead: 2, nEmbd: 16, nCtx: 32, nVocab: 100 };

/** A run folder with a model that has learned nothing. */
async function save(name: string, tokenizer: Tokenizer, sizes: GPTConfigInput): Promise<string> {
  const storage = new FolderStorage(join(folder, name));
  using model = GPT.random(sizes, 1);
  await saveModel(model, storage);
  await tokenizer.save(storage);
  return storage.folder;
}

async function json(model: string, ...args: string[]) {
  return JSON.parse((await gpt('generate', '--model', model, ...args, '--json')).stdout);
}

beforeAll(async () => {
  await useWasmBackend();
});

describe('a model of more ids than its tokenizer', () => {
  const characters = CharTokenizer.fromText('abcdefghij');
  let model: string;
  beforeAll(async () => {
    model = await save('padded', characters, config);
  });

  test('writes what the tokenizer knows', async () => {
    const args = ['--prompt', 'ab', '--max-new-tokens', '80', '--samples', '2', '--log-probs', '50'];
    const { texts } = await json(model, ...args);
    for (const { ids, text, top, logProbs } of texts) {
      expect(ids).toHaveLength(80);
      expect(text).toBe(characters.decode(ids));
      expect(top[0]).toHaveLength(10); // all that there are
      expect(Math.max(...logProbs)).toBeLessThan(-2.5); // of 100 about as likely ids, not of 10
    }
    const found = await json(model, '--prompt', 'ab', '--max-new-tokens', '9', '--beam', '3');
    for (const { ids, text } of found.texts) expect(text).toBe(characters.decode(ids));
  });

  test.each([
    [
      ['--samples', '100000000'],
      /100,000,000 texts side by side, 32 positions each, take .* GB, but .* fit: ask/,
    ],
    [['--beam', '100000000'], /100,000,000 texts side by side/],
    [['--top-p', '2'], /topP must be from 0 to 1, got 2\./],
  ])('%j is refused before anything is shown', async (args, message) => {
    const { code, stdout, stderr } = await gpt('generate', '--model', model, '--prompt', 'ab', ...args);
    expect(stderr).toMatch(message);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
  });
});

describe('a model of GPT-1', () => {
  const letters = ['<unk>', '\n</w>', ...'abc', ...[...'abc'].map((letter) => `${letter}</w>`)];
  let model: string;
  beforeAll(async () => {
    const tokenizer = await Gpt1Tokenizer.fromTokens([...letters, 'ab</w>'], [['a', 'b</w>']]);
    model = await save('gpt1', tokenizer, { ...config, nVocab: tokenizer.nVocab, norm: 'post' });
  });
  const args = ['--max-new-tokens', '12', '--temperature', '1'];
  const prompt = 'ab ab';

  test('writes on with a space, whatever is drawn beside it', async () => {
    const tokenizer = await Gpt1Tokenizer.fromTokens([...letters, 'ab</w>'], [['a', 'b</w>']]);
    const whole = (ids: number[]) => tokenizer.decode([...tokenizer.encode(prompt), ...ids]);
    const { texts } = await json(model, '--prompt', prompt, ...args, '--samples', '3');
    const found = await json(model, '--prompt', prompt, '--max-new-tokens', '5', '--beam', '3');
    for (const { ids, text } of [...texts, ...found.texts]) expect(prompt + text).toBe(whole(ids));

    const command = ['generate', '--model', model, ...args];
    const shown = `${prompt}${texts[0].text}\n`;
    expect((await gpt(...command, '--prompt', prompt)).stdout).toBe(shown);
    expect((await gpt(...command, '--prompt', `${prompt} `)).stdout).toBe(shown); // it has the space already
    const stop = texts[0].text.trim().slice(0, 2);
    const stopped = await gpt(...command, '--prompt', prompt, '--stop', stop);
    expect(stopped.stdout).toBe(`${prompt}${texts[0].text.split(stop)[0]}\n`);
  });
});
