/** The tokenizer in a page; vitest.config.ts runs it in Chromium. */
import { MemoryStorage } from '@gpt-ts/core';
import { expect, test } from 'vitest';
import { encodeBatch } from '../../src/encode-batch.js';
import { gpt2 } from '../../src/gpt2.js';
import { loadTokenizer } from '../../src/load-tokenizer.js';

test('gives GPT-2 its ids', () => {
  const text = 'naïve café 你好 😀';
  const ids = [2616, 38776, 40304, 220, 19526, 254, 25001, 121, 30325, 222];
  expect(gpt2().encode(text)).toEqual(ids);
  expect(gpt2().decode(ids)).toBe(text);
});

test('Web Workers encode a batch', async () => {
  const texts = Array.from({ length: 600 }, (_, i) => `${i}: naïve 😀 text. `.repeat(1 + ((i * 37) % 90)));
  const ids = await encodeBatch(gpt2(), texts, { threads: 2 });
  expect(ids.map((each) => [...each])).toEqual(texts.map((text) => gpt2().encode(text)));
});

test('loads what it saves', async () => {
  const storage = new MemoryStorage();
  await gpt2().save(storage);
  expect((await loadTokenizer(storage)).encode('Hello world')).toEqual([15496, 995]);
});
