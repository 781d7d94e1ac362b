import { useWasmBackend } from '@gpt-ts/backend-wasm';
import {
  decodeSafetensors,
  encodeSafetensors,
  InvalidConfigError,
  InvalidFileError,
  MemoryStorage,
  type PlainTensor,
} from '@gpt-ts/core';
import { memory } from '@gpt-ts/kernels';
import { beforeAll, describe, expect, test } from 'vitest';
import { ModelTooLargeError } from '../errors/model-too-large-error.js';
import { GPT } from '../gpt.js';
import { countParameters } from '../parameters.js';
import { CONFIG_FILE, WEIGHTS_FILE } from './files/weight-files.js';
import { loadConfig } from './load-config.js';
import { loadModel } from './load-model.js';
import { saveModel } from './save-model.js';

const sizes = { nLayer: 1, nHead: 2, nEmbd: 8, nCtx: 4, nVocab: 5 };

async function saved(): Promise<MemoryStorage> {
  const storage = new MemoryStorage();
  using model = GPT.random(sizes, 9);
  await saveModel(model, storage);
  return storage;
}

/** Changes one file of a saved model. */
async function damaged(
  file: string,
  change: (bytes: Uint8Array) => Uint8Array | undefined,
): Promise<MemoryStorage> {
  const storage = await saved();
  const bytes = change(storage.files.get(file)!);
  if (bytes === undefined) storage.files.delete(file);
  else storage.files.set(file, bytes);
  return storage;
}

const withConfig = (change: (json: Record<string, unknown>) => unknown) =>
  damaged(CONFIG_FILE, (bytes) =>
    new TextEncoder().encode(JSON.stringify(change(JSON.parse(new TextDecoder().decode(bytes))))),
  );

const withTensors = async (change: (tensors: Map<string, PlainTensor>) => void) => {
  const storage = await saved();
  const { tensors } = decodeSafetensors(storage.files.get(WEIGHTS_FILE)!, WEIGHTS_FILE);
  change(tensors);
  await storage.write(WEIGHTS_FILE, encodeSafetensors(tensors));
  return storage;
};

beforeAll(async () => {
  await useWasmBackend();
});

describe('a saved model', () => {
  test('comes back byte for byte', async () => {
    const first = await saved();
    const second = new MemoryStorage();
    using model = await loadModel(first);
    expect(model.config).toEqual(GPT.random(sizes).config);
    await saveModel(model, second);
    expect([...second.files.keys()]).toEqual([WEIGHTS_FILE, CONFIG_FILE]);
    expect(second.files).toEqual(first.files);
  });

  test('gives the logits it gave', async () => {
    using model = GPT.random(sizes, 9);
    using copy = await loadModel(await saved());
    const ids = Int32Array.of(4, 0, 2);
    expect(await copy.logits(ids).data()).toEqual(await model.logits(ids).data());
  });

  test("is read with a file of Hugging Face's that leaves n_inner null", async () => {
    const storage = await withConfig((json) => ({ ...json, n_inner: null, attn_pdrop: 0.1 }));
    expect((await loadConfig(storage)).nInner).toBe(32);
    (await loadModel(storage))[Symbol.dispose]();
  });

  test('says which framework its layout is of, as Hugging Face wants', async () => {
    const { metadata } = decodeSafetensors((await saved()).files.get(WEIGHTS_FILE)!, WEIGHTS_FILE);
    expect(metadata).toEqual(new Map([['format', 'pt']]));
  });

  test('saving and loading leave no tensor but the model', async () => {
    const before = memory();
    const storage = await saved();
    expect(memory()).toEqual(before);
    (await loadModel(storage))[Symbol.dispose]();
    expect(memory()).toEqual(before);
  });
});

describe('a damaged model is refused, and leaves no tensor', () => {
  async function refusal(storage: MemoryStorage): Promise<Error> {
    const before = memory();
    const error = await loadModel(storage).then(
      () => new Error('it was loaded'),
      (reason) => reason,
    );
    expect(memory()).toEqual(before);
    return error;
  }

  test.each([CONFIG_FILE, WEIGHTS_FILE])('%s is missing', async (file) => {
    const error = await refusal(await damaged(file, () => undefined));
    expect(error).toBeInstanceOf(InvalidFileError);
    expect(error.message).toContain(`${file}: the file is missing`);
  });

  test('the weights are cut short, anywhere', async () => {
    const { length } = (await saved()).files.get(WEIGHTS_FILE)!;
    const cuts = Array.from({ length: 60 }, (_, i) => Math.floor((i * length) / 60)); // from 0 bytes on
    for (const cut of [...cuts, 1, 7, 8, 9, length - 4, length - 1]) {
      const error = await refusal(await damaged(WEIGHTS_FILE, (bytes) => bytes.subarray(0, cut)));
      expect(error, `cut at ${cut}`).toBeInstanceOf(InvalidFileError);
      expect(error.message).toContain(WEIGHTS_FILE);
    }
  });

  test('the config is cut short, anywhere', async () => {
    const { length } = (await saved()).files.get(CONFIG_FILE)!;
    for (let cut = 0; cut < length - 2; cut++) {
      const error = await refusal(await damaged(CONFIG_FILE, (bytes) => bytes.subarray(0, cut)));
      expect(error, `cut at ${cut}`).toBeInstanceOf(InvalidFileError);
      expect(error.message).toContain('config.json: not valid JSON');
    }
  });

  test('the config is not text', async () => {
    const error = await refusal(await damaged(CONFIG_FILE, () => Uint8Array.of(0xff, 0xfe, 0x7b)));
    expect(error.message).toContain('config.json: not valid JSON');
  });

  test.each<[string, Record<string, unknown>]>([
    ['config.json: n_embd must be divisible by n_head = 2, got 9. Use 10, or give d_head.', { n_embd: 9 }],
    ['config.json: n_layer must be an integer from 1 to 4096, got 0.', { n_layer: 0 }],
    ['config.json: n_layer must be an integer from 1 to 4096, got 16777216.', { n_layer: 2 ** 24 }],
    ['config.json: vocab_size must be an integer from 1 to', { vocab_size: 2 ** 40 }],
    [
      'config.json: activation_function must be "gelu_new" or "gelu_pytorch_tanh" or "gelu", got "relu".',
      { activation_function: 'relu' },
    ],
  ])('%s', async (message, change) => {
    const error = await refusal(await withConfig((json) => ({ ...json, ...change })));
    expect(error).toBeInstanceOf(InvalidConfigError);
    expect(error.message).toContain(message);
  });

  test.each([
    ['model.safetensors: h.1.ln_1.weight: the tensor is missing', { n_layer: 2 }],
    [
      'model.safetensors: wte.weight: expected F32, F16 or BF16 [6, 8], got [5, 8]. The weights do not',
      { vocab_size: 6 },
    ],
    ['model.safetensors: wpe.weight: expected F32, F16 or BF16 [3, 8], got [4, 8]', { n_positions: 3 }],
    [
      'model.safetensors: h.0.mlp.c_fc.weight: expected F32, F16 or BF16 [8, 16], got [8, 32]',
      { n_inner: 16 },
    ],
    [
      'model.safetensors: h.0.attn.c_attn.weight: expected F32, F16 or BF16 [8, 18], got [8, 24]',
      { d_head: 3 },
    ],
  ])('%s, when the config has %o', async (message, change) => {
    const error = await refusal(await withConfig((json) => ({ ...json, ...change })));
    expect(error).toBeInstanceOf(InvalidFileError);
    expect(error.message).toContain(message);
  });

  const matrix = (rows: number, cols: number) => ({
    shape: [rows, cols],
    data: new Float32Array(rows * cols),
  });
  test.each<[string, (tensors: Map<string, PlainTensor>) => void]>([
    ['ln_f.bias: the tensor is missing', (tensors) => tensors.delete('ln_f.bias')],
    ['wte.weight: the tensor is missing', (tensors) => tensors.clear()],
    [
      'lm_head.weight: expected F32, F16 or BF16 [5, 8], got [4, 8]',
      (tensors) => tensors.set('lm_head.weight', matrix(4, 8)),
    ],
    [
      'score.weight: no such tensor in a model of this config in the layout gpt2',
      (tensors) => tensors.set('score.weight', matrix(5, 8)),
    ],
    ['h.1.attn.bias: no such tensor', (tensors) => tensors.set('h.1.attn.bias', matrix(4, 4))],
    [
      'wte.weight: comes twice, with and without a prefix (transformer.)',
      (tensors) => tensors.set('transformer.wte.weight', matrix(5, 8)),
    ],
    ['h.1.ln_1.bias: no such tensor', (tensors) => tensors.set('h.1.ln_1.bias', matrix(1, 8))],
    [
      'wte.weight: expected F32, F16 or BF16 [5, 8], got [8, 5]',
      (tensors) => tensors.set('wte.weight', matrix(8, 5)),
    ],
    [
      'ln_f.weight: expected F32, F16 or BF16 [8], got I32 [8]',
      (tensors) => tensors.set('ln_f.weight', { shape: [8], data: new Int32Array(8) }),
    ],
  ])('%s', async (message, change) => {
    const error = await refusal(await withTensors(change));
    expect(error).toBeInstanceOf(InvalidFileError);
    expect(error.message).toContain(`model.safetensors: ${message}`);
  });
});

describe('a model that there is no room for', () => {
  const refusal = async (change: object, memoryLimitBytes?: number): Promise<ModelTooLargeError> => {
    const storage = await withConfig((json) => ({ ...json, ...change }));
    storage.files.delete(WEIGHTS_FILE); // it is not even looked for
    return await loadModel(storage, { memoryLimitBytes }).then(
      () => Promise.reject(new Error('it was loaded')),
      (reason) => reason,
    );
  };

  test('is refused with the numbers', async () => {
    const xl = { n_layer: 48, n_head: 25, n_embd: 1600, n_positions: 1024, vocab_size: 50257, n_inner: null };
    const error = await refusal(xl);
    expect(error).toBeInstanceOf(ModelTooLargeError);
    expect(error).toMatchObject({
      code: 'model-too-large',
      parameters: 1_557_611_200,
      neededBytes: 6_230_444_800,
    });
    expect(error.message).toContain(
      "the model's 1,557,611,200 parameters take 6.2 GB, but there is room for 4.3 GB.",
    );
  });

  test('counts what the backend holds already', async () => {
    using model = GPT.random(sizes, 9);
    const held = memory().numBytes;
    const bytes = 4 * countParameters(model.config);
    expect(await refusal({}, held)).toMatchObject({ neededBytes: bytes, availableBytes: 0 });
    expect(await refusal({}, held + bytes - 1)).toMatchObject({ availableBytes: bytes - 1 });
    expect(await refusal({}, held + bytes)).toMatchObject({ code: 'invalid-file' });
  });
});
