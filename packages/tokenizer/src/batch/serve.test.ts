import { MemoryStorage } from '@gpt-ts/core';
import { expect, test } from 'vitest';
import { CharTokenizer } from '../char-tokenizer.js';
import type { Reply } from './messages.js';
import { serve } from './serve.js';

/** Sends a tokenizer and one job to a worker's handler; gives its reply. */
function answer(files: ReadonlyMap<string, Uint8Array>, texts: string[]): Promise<Reply> {
  return new Promise((resolve) => {
    const handle = serve(resolve);
    handle({ type: 'tokenizer', files });
    handle({ type: 'job', id: 7, texts, options: {} });
  });
}

test('answers with ids, with a refusal, or with what keeps the tokenizer from loading', async () => {
  const storage = new MemoryStorage();
  await CharTokenizer.fromText('ab').save(storage);
  expect(await answer(storage.files, ['ab', '', 'b'])).toEqual({
    type: 'ids',
    id: 7,
    ids: Int32Array.of(0, 1, 1),
    counts: Int32Array.of(2, 0, 1),
  });
  expect(await answer(storage.files, ['ab', 'c'])).toEqual({ type: 'refused', id: 7 });
  const broken = await answer(new Map([['vocab.json', Uint8Array.of(0x7b)]]), ['ab']);
  expect(broken).toMatchObject({ type: 'failed', id: 7 });
});
