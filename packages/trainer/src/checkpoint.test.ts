import { useWasmBackend } from '@gpt-ts/backend-wasm';
import {
  decodeSafetensors,
  encodeSafetensors,
  GptError,
  InvalidConfigError,
  InvalidFileError,
  MemoryStorage,
} from '@gpt-ts/core';
import { memory } from '@gpt-ts/kernels';
import { beforeAll, describe, expect, test } from 'vitest';
import { data, recipe, run, startTiny } from '../test/support/tiny-run.js';
import { CHECKPOINT_FILE, loadCheckpoint, saveCheckpoint } from './checkpoint.js';

let whole: Uint8Array;
beforeAll(async () => {
  await useWasmBackend();
  const storage = new MemoryStorage();
  using trainer = startTiny(storage);
  await run(trainer, data, ({ type, step }) => type === 'checkpoint-end' && step === 5);
  whole = storage.files.get(CHECKPOINT_FILE)!;
});

const holding = (bytes: Uint8Array) => {
  const storage = new MemoryStorage();
  storage.files.set(CHECKPOINT_FILE, bytes);
  return storage;
};

/** What loading says; nothing when it loads. No tensor is left either way. */
async function refusal(bytes: Uint8Array): Promise<unknown> {
  const before = memory();
  try {
    const { model, optimizer } = await loadCheckpoint(holding(bytes));
    optimizer[Symbol.dispose]();
    model[Symbol.dispose]();
    return undefined;
  } catch (error) {
    return error;
  } finally {
    expect(memory()).toEqual(before);
  }
}

describe('a checkpoint', () => {
  test('comes back as it was written', async () => {
    const state = await loadCheckpoint(holding(whole));
    using _model = state.model;
    using _optimizer = state.optimizer;
    expect(state.step).toBe(5);
    expect(state.recipe).toEqual(recipe);
    const copy = new MemoryStorage();
    await saveCheckpoint(state, copy);
    expect(copy.files.get(CHECKPOINT_FILE)).toEqual(whole);
  });

  test('holds every parameter with its two moments', () => {
    const { tensors, metadata } = decodeSafetensors(whole, CHECKPOINT_FILE);
    const names = [...tensors.keys()];
    for (const part of ['model.', 'exp_avg.', 'exp_avg_sq.']) {
      expect(names.filter((name) => name.startsWith(part))).toHaveLength(2 + 12 + 2);
    }
    expect(names).toHaveLength(3 * 16);
    expect([...metadata.keys()]).toEqual(['format', 'step', 'config', 'recipe']);
  });
});

describe('a damaged checkpoint is refused by name, and leaves no tensor', () => {
  test('cut short, anywhere', async () => {
    const headerEnd = 8 + Number(new DataView(whole.buffer, whole.byteOffset).getBigUint64(0, true));
    const cuts = [0, 1, 7, 8, 9, headerEnd - 1, headerEnd, headerEnd + 1, whole.length - 4, whole.length - 1];
    for (let i = 1; i < 80; i++) cuts.push(Math.floor((i * whole.length) / 80));
    for (const cut of cuts) {
      const error = await refusal(whole.subarray(0, cut));
      expect(error, `cut at ${cut}`).toBeInstanceOf(InvalidFileError);
      expect(`${error}`).toContain(CHECKPOINT_FILE);
    }
  });

  test('with any bit of its header flipped, it is refused properly or still means something', async () => {
    const headerEnd = 8 + Number(new DataView(whole.buffer, whole.byteOffset).getBigUint64(0, true));
    let refused = 0;
    for (let at = 0; at < headerEnd; at++) {
      const flipped = whole.slice();
      flipped[at] ^= 1 << ((at * 5) % 8);
      const error = await refusal(flipped);
      if (error === undefined) continue; // another step, another rate: nothing can tell
      expect(error, `bit of byte ${at}`).toBeInstanceOf(GptError);
      expect(['invalid-file', 'invalid-config'], `${error}`).toContain((error as GptError).code);
      refused++;
    }
    expect(refused / headerEnd).toBeGreaterThan(0.9); // seen: 0.976
  });

  const changed = (change: (metadata: Map<string, string>) => void) => {
    const { tensors, metadata } = decodeSafetensors(whole, CHECKPOINT_FILE);
    change(metadata);
    return encodeChunks(encodeSafetensors(tensors, metadata));
  };
  const encodeChunks = (chunks: Uint8Array[]) => Uint8Array.from(chunks.flatMap((chunk) => [...chunk]));

  test.each<[string, string, string | undefined]>([
    ['format: expected "gpt-ts checkpoint 1"', 'format', undefined],
    ['format: expected "gpt-ts checkpoint 1"', 'format', 'gpt-ts checkpoint 2'],
    ['step: expected a count, got nothing', 'step', undefined],
    ['step: expected a count, got -1', 'step', '-1'],
    ['step: expected a count, got 1.5', 'step', '1.5'],
    ['step: expected a count, got 1e3', 'step', '1e3'],
    ['step: expected a count, got 9007199254740993', 'step', '9007199254740993'],
    ['step: expected a count, got ', 'step', ''],
    ['config: not valid JSON', 'config', undefined],
    ['config: not valid JSON', 'config', '{"n_layer":'],
    ['recipe: not valid JSON', 'recipe', undefined],
    ['recipe: not valid JSON', 'recipe', 'fast'],
  ])('%s', async (message, field, value) => {
    const error = await refusal(
      changed((metadata) => {
        if (value === undefined) metadata.delete(field);
        else metadata.set(field, value);
      }),
    );
    expect(error).toBeInstanceOf(InvalidFileError);
    expect(`${error}`).toContain(`${CHECKPOINT_FILE}: ${message}`);
  });

  test.each([
    ['config: the file must be a JSON object, got null.', 'config', 'null'],
    ['config: n_layer must be an integer from 1 to', 'config', '{}'],
    ['recipe: batchSize must be a positive integer, got undefined.', 'recipe', '{}'],
    ['recipe: batchSize must be a positive integer, got undefined.', 'recipe', '[]'],
    ['recipe: the recipe must be a JSON object, got null.', 'recipe', 'null'],
    [
      'recipe: beta1 must be at least 0 and below 1, got 1.',
      'recipe',
      JSON.stringify({ ...recipe, beta1: 1 }),
    ],
  ])('%s', async (message, field, value) => {
    const error = await refusal(changed((metadata) => metadata.set(field, value)));
    expect(error).toBeInstanceOf(InvalidConfigError);
    expect(`${error}`).toContain(`${CHECKPOINT_FILE}: ${message}`);
  });

  test.each([
    ['model: ln_f.bias: the tensor is missing', 'model.ln_f.bias'],
    ['exp_avg: wte.weight: the tensor is missing', 'exp_avg.wte.weight'],
    ['exp_avg_sq: h.0.mlp.c_fc.bias: the tensor is missing', 'exp_avg_sq.h.0.mlp.c_fc.bias'],
  ])('%s', async (message, name) => {
    const { tensors, metadata } = decodeSafetensors(whole, CHECKPOINT_FILE);
    tensors.delete(name);
    const error = await refusal(encodeChunks(encodeSafetensors(tensors, metadata)));
    expect(`${error}`).toContain(`InvalidFileError: ${CHECKPOINT_FILE}: ${message}`);
  });

  test('a moment of another shape', async () => {
    const { tensors, metadata } = decodeSafetensors(whole, CHECKPOINT_FILE);
    tensors.set('exp_avg.ln_f.bias', { shape: [9], data: new Float32Array(9) });
    const error = await refusal(encodeChunks(encodeSafetensors(tensors, metadata)));
    expect(`${error}`).toContain('exp_avg: ln_f.bias: expected F32, F16 or BF16 [8], got [9].');
  });
});
