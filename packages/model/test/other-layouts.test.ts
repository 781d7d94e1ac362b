/**
 * GPT-Neo's, nanoGPT's and llm.c's files against a program that shares nothing with ours: it writes the files by the books
 * of those projects and computes the logits from the definition, in doubles.
 */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { useWasmBackend } from '@gpt-ts/backend-wasm';
import { decodeSafetensors, MemoryStorage } from '@gpt-ts/core';
import { FolderStorage } from '@gpt-ts/core/node';
import { type LayoutName, LLM_C_FILE, loadConfig, loadModel, saveModel, WEIGHTS_FILE } from '@gpt-ts/model';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

const script = fileURLToPath(new URL('../../../tooling/layouts/write.mjs', import.meta.url));
const MODELS = ['gpt_neo', 'nanogpt', 'nanogpt-no-bias', 'llm.c'] as const;
const BUFFER = /\.attn\.(attention\.)?(masked_)?bias$/;

let root: string;
beforeAll(async () => {
  root = mkdtempSync(join(tmpdir(), 'gpt-ts-layouts-'));
  for (const name of MODELS) execFileSync(process.execPath, [script, name, join(root, name)]);
  await useWasmBackend();
});
afterAll(() => rmSync(root, { recursive: true }));

const expected = (name: string): { ids: number[]; logits: number[][] } =>
  JSON.parse(readFileSync(join(root, name, 'expected.json'), 'utf8'));

describe.each(MODELS)('%s', (name) => {
  test('has the logits of its definition', async () => {
    const { ids, logits } = expected(name);
    using model = await loadModel(new FolderStorage(join(root, name)));
    const got = model.logits(Int32Array.from(ids)); // [1, T, V]
    const data = await got.data();
    got.dispose();
    const want = logits.flat();
    expect(data.length).toBe(want.length);
    const largest = want.reduce((most, x, i) => Math.max(most, Math.abs(data[i] - x)), 0);
    expect(largest).toBeLessThan(1e-5); // seen: 2.9e-6, 2.3e-6, 3.4e-6, 1.3e-6, of logits up to 11.7
  });

  test('is written as it was', async () => {
    const folder = join(root, name);
    const storage = new MemoryStorage();
    using model = await loadModel(new FolderStorage(folder));
    await saveModel(model, storage, { layout: name.replace('-no-bias', '') as LayoutName });
    if (name === 'llm.c') {
      expect(readFileSync(join(folder, LLM_C_FILE)).equals(storage.files.get(LLM_C_FILE)!)).toBe(true);
      return;
    }
    const { tensors: theirs } = decodeSafetensors(readFileSync(join(folder, WEIGHTS_FILE)), WEIGHTS_FILE);
    const { tensors: ours } = decodeSafetensors(storage.files.get(WEIGHTS_FILE)!, WEIGHTS_FILE);
    for (const tensor of theirs.keys()) if (BUFFER.test(tensor)) theirs.delete(tensor);
    for (const [tensor, { shape, data }] of ours) {
      if (theirs.has(tensor)) continue;
      expect(name).toBe('nanogpt-no-bias');
      theirs.set(tensor, { shape, data: new Float32Array(data.length) }); // biases are zeros there
    }
    expect(ours).toEqual(theirs);
  });
});

test('GPT-Neo sees a window in every second layer, and the sequence is longer', async () => {
  const { attention, nCtx } = await loadConfig(new FolderStorage(join(root, 'gpt_neo')));
  expect(attention).toEqual([{ kind: 'dense' }, { kind: 'banded', window: 4 }]);
  expect(expected('gpt_neo').ids).toHaveLength(nCtx);
});
