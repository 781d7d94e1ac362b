import { useWasmBackend } from '@gpt-ts/backend-wasm';
import { memory } from '@gpt-ts/kernels';
import { beforeAll, expect, test } from 'vitest';
import { GPT } from '../gpt.js';
import { generate } from './generate.js';
import { generateText, type TextCodec } from './generate-text.js';

/** One id a byte; 256 ends a document. */
const bytes: TextCodec = {
  encode: (text) => new TextEncoder().encode(text),
  decode: (ids) => new TextDecoder().decode(Uint8Array.from(ids)),
  eotId: 256,
};
const config = { nLayer: 1, nHead: 2, nEmbd: 16, nCtx: 16, nVocab: 257 };
const options = { maxNewTokens: 40, seed: 2 };

beforeAll(async () => {
  await useWasmBackend();
});

async function pieces(text: AsyncIterable<string>): Promise<string[]> {
  const all: string[] = [];
  for await (const piece of text) all.push(piece);
  return all;
}

test('joined, the pieces are the decoded ids, broken characters included', async () => {
  using model = GPT.random(config, 1);
  const got = await pieces(generateText(model, bytes, 'Once', options));
  let ids: number[] = [];
  for await (const event of generate(model, [bytes.encode('Once')], { ...options, eotId: 256 })) {
    if (event.type === 'end') ids = event.ids;
  }
  expect(got.join('')).toBe(bytes.decode(ids));
  expect(got.length).toBeGreaterThan(10);
  expect(got).not.toContain('');
});

test('ids of the model that the codec does not know are not drawn', async () => {
  using model = GPT.random({ ...config, nVocab: 1000 }, 1); // as nanoGPT pads 50,257 ids to 50,304
  const strict: TextCodec = {
    ...bytes,
    nVocab: 257,
    decode: (ids) => {
      if (ids.some((id) => id > 256)) throw new Error(`no text for one of ${ids}`);
      return bytes.decode(ids);
    },
  };
  expect((await pieces(generateText(model, strict, 'Once', options))).length).toBeGreaterThan(10);
  const { nVocab: _, ...unlimited } = strict;
  await expect(pieces(generateText(model, unlimited, 'Once', options))).rejects.toThrow('no text');
  const small = { ...options, nDrawable: 128 }; // only one-byte characters
  expect((await pieces(generateText(model, strict, 'Once', small))).join('')).toMatch(/^[\0-\x7f]{40}$/);
  using narrow = GPT.random(config, 1); // a codec of more ids than the model is no reason to stop
  const wide = { ...bytes, nVocab: 5000 };
  const [got, want] = [
    generateText(narrow, wide, 'Once', options),
    generateText(narrow, bytes, 'Once', options),
  ];
  expect(await pieces(got)).toEqual(await pieces(want));
});

test('prompt and pieces are the text, whatever stands between words', async () => {
  using model = GPT.random(config, 1);
  const words: TextCodec = {
    encode: (text) => text.trim().split(/\s+/).map(Number),
    decode: (ids) => ids.join(' '),
  };
  const own = (ids: string[]) => ids.join('').trim().split(' ').length;
  const got = await pieces(generateText(model, words, '12 200', options));
  expect(got[0]).toMatch(/^ \d+$/);
  expect(own(got)).toBe(40);
  const after = await pieces(generateText(model, words, '12 200 ', options)); // the prompt has the space
  expect(` ${after.join('')}`).toBe(got.join(''));
});

test('nothing of a stop string is given', async () => {
  using model = GPT.random(config, 1);
  const whole = (await pieces(generateText(model, bytes, 'Once', options))).join('');
  const stop = whole.slice(9, 12);
  const got = await pieces(generateText(model, bytes, 'Once', { ...options, stopStrings: [stop] }));
  expect(got.join('')).toBe(whole.slice(0, whole.indexOf(stop)));
});

test('the empty text begins a document', async () => {
  using model = GPT.random(config, 1);
  const got = await pieces(generateText(model, bytes, '', options));
  expect(got.join('')).not.toBe('');
  const { eotId: _, ...without } = bytes;
  await expect(pieces(generateText(model, without, '', options))).rejects.toThrow(
    'prompt must be one or more ids',
  );
});

test('leaves no tensor when the reader stops early', async () => {
  using model = GPT.random(config, 1);
  const before = memory();
  for await (const _ of generateText(model, bytes, 'Once', options)) break;
  expect(memory()).toEqual(before);
});
