import { useWasmBackend } from '@gpt-ts/backend-wasm';
import { InvalidFileError, MemoryStorage } from '@gpt-ts/core';
import { beforeAll, expect, test } from 'vitest';
import { GPT } from './gpt.js';
import { HEAD_FILE, loadTaskModel, saveTaskModel } from './task-files.js';
import { TaskModel } from './task-model.js';

const sizes = { nLayer: 1, nHead: 2, nEmbd: 8, nCtx: 6, nVocab: 9 };
const batch = {
  batchSize: 1,
  nRows: 2,
  tokens: Int32Array.of(6, 1, 7, 2, 8, 0, 6, 2, 7, 1, 8, 0),
  mask: Float32Array.of(1, 1, 1, 1, 1, 0, 1, 1, 1, 1, 1, 0),
  extractIndex: Int32Array.of(4, 4),
};

beforeAll(async () => {
  await useWasmBackend();
});

test.each([
  { form: 'similarity', nClasses: 3, clfPdrop: 0.25 },
  { form: 'multiple-choice', nClasses: 1, clfPdrop: 0 },
] as const)('what is saved comes back: $form', async (head) => {
  using model = new TaskModel(GPT.random(sizes, 1), head);
  const storage = new MemoryStorage();
  await saveTaskModel(model, storage);
  using loaded = await loadTaskModel(storage);
  expect(loaded.head).toEqual(head);
  expect(await loaded.logits(batch).data()).toEqual(await model.logits(batch).data());
});

test('a head that is missing, damaged or of another model is refused', async () => {
  using model = new TaskModel(GPT.random(sizes, 1), { form: 'classification', nClasses: 2 });
  const storage = new MemoryStorage();
  await saveTaskModel(model, storage);
  const whole = storage.files.get(HEAD_FILE)!;

  using wider = new TaskModel(GPT.random({ ...sizes, nEmbd: 16 }, 1), {
    form: 'classification',
    nClasses: 2,
  });
  const other = new MemoryStorage();
  await saveTaskModel(wider, other);
  storage.files.set(HEAD_FILE, other.files.get(HEAD_FILE)!);
  await expect(loadTaskModel(storage)).rejects.toThrow(/clf.weight.*expected \[8, 2\], got \[16, 2\]/);

  storage.files.set(HEAD_FILE, whole.subarray(0, whole.length - 1));
  await expect(loadTaskModel(storage)).rejects.toThrow(InvalidFileError);

  const text = new TextDecoder('latin1').decode(whole).replace('classification', 'clasification!');
  storage.files.set(
    HEAD_FILE,
    Uint8Array.from(text, (c) => c.charCodeAt(0)),
  );
  await expect(loadTaskModel(storage)).rejects.toThrow(/form.*expected one of classification/);

  storage.files.delete(HEAD_FILE);
  await expect(loadTaskModel(storage)).rejects.toThrow(/head.safetensors.*is missing/);
});
