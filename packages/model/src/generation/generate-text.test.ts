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
