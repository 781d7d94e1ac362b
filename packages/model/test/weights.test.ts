/** Weights out and in again, in every layout: the same bytes. */
import { useWasmBackend } from '@gpt-ts/backend-wasm';
import {
  concatBytes,
  decodeSafetensors,
  encodeSafetensors,
  type Float16,
  InvalidConfigError,
  MemoryStorage,
  type PlainTensor,
  readFloat16,
  type Storage,
  writeFloat16,
} from '@gpt-ts/core';
import { memory } from '@gpt-ts/kernels';
import {
  CONFIG_FILE,
  convertWeights,
  GPT,
  type GPTConfigInput,
  gptConfig,
  INDEX_FILE,
  type LayoutName,
  LLM_C_FILE,
  layoutNames,
  loadConfig,
  loadModel,
  parameterShapes,
  saveModel,
  WEIGHTS_FILE,
  type WriteOptions,
} from '@gpt-ts/model';
import { beforeAll, describe, expect, test } from 'vitest';
import { everyLayer, randomValues, TELLABLE } from './support/tiny-models.js';

beforeAll(async () => {
  await useWasmBackend();
});

const bytesOf = (values: Float32Array) => Buffer.from(values.buffer, values.byteOffset, values.byteLength);

/** The values of a stored model, and its config. */
async function loaded(storage: Storage, source?: Parameters<typeof loadModel>[1]) {
  using model = await loadModel(storage, source);
  const values = new Map<string, Float32Array>();
  for (const [name, { data }] of await model.values()) values.set(name, data as Float32Array);
  return { values, config: model.config };
}

function expectSame(got: ReadonlyMap<string, Float32Array>, want: ReadonlyMap<string, Float32Array>): void {
  expect([...got.keys()]).toEqual([...want.keys()]);
  for (const [name, values] of want) expect(bytesOf(got.get(name)!).equals(bytesOf(values)), name).toBe(true);
}

async function saved(input: GPTConfigInput, layout: LayoutName, seed: number, options = {}) {
  const config = gptConfig(input);
  const values = randomValues(config, layout, seed);
  const storage = new MemoryStorage();
  using model = GPT.fromValues(config, values);
  await saveModel(model, storage, { layout, ...options });
  return { storage, values, config };
}

describe.each(TELLABLE)('%s as %s', (_, layout, input) => {
  test('comes back byte for byte with its config, the layout told by the files alone', async () => {
    const before = memory();
    const { storage, values } = await saved(input, layout, 1);
    const got = await loaded(storage);
    expectSame(got.values, values);
    expect(everyLayer(got.config)).toEqual(everyLayer(input));
    expect(everyLayer(await loadConfig(storage))).toEqual(everyLayer(input));
    expect(memory()).toEqual(before);
  });

  test('goes to ours and back, without a model, to the same files', async () => {
    const { storage } = await saved(input, layout, 2);
    const [ours, back] = [new MemoryStorage(), new MemoryStorage()];
    await convertWeights(storage, ours, { layout: 'gpt-ts' });
    const { from, layout: to } = await convertWeights(ours, back, { layout });
    expect({ from, to }).toEqual({ from: 'gpt-ts', to: layout });
    expect(back.files).toEqual(storage.files);
  });

  test.each(['F16', 'BF16'] as const)(
    'saved and converted as %s, each value is the nearest there',
    async (dtype) => {
      if (layout === 'llm.c' && dtype === 'F16') return; // llm.c has none
      const config = gptConfig(input);
      const values = new Map<string, Float32Array>();
      for (const [name, data] of randomValues(config, layout, 3)) {
        const within = data.map((x) => Math.max(x, -65504)); // -3e38 is beyond float16
        values.set(name, within);
      }
      const [half, again] = [new MemoryStorage(), new MemoryStorage()];
      using model = GPT.fromValues(config, values);
      await saveModel(model, half, { layout, dtype });
      expectSame(
        (await loaded(half)).values,
        new Map([...values].map(([name, data]) => [name, nearest(dtype, data)])),
      );
      await convertWeights(half, again, { layout, dtype });
      expect(again.files).toEqual(half.files);
    },
  );
});

function nearest(dtype: Float16, values: Float32Array): Float32Array {
  const bits = new Uint16Array(values.length);
  writeFloat16(dtype, values, bits);
  const rounded = new Float32Array(values.length);
  readFloat16(dtype, bits, rounded);
  return rounded;
}

test('every layout is among them', () => {
  expect(new Set(TELLABLE.map(([, layout]) => layout))).toEqual(new Set(layoutNames));
});

describe('shards', () => {
  test('hold what one file holds, in files of the size asked for', async () => {
    const { storage, values } = await saved(TELLABLE[0][2], 'gpt2', 4, { maxShardBytes: 1500 });
    const names = [...storage.files.keys()];
    expect(names).toContain('model-00001-of-00006.safetensors');
    expect(names).not.toContain(WEIGHTS_FILE);
    for (const name of names.filter((each) => each.endsWith('.safetensors'))) {
      const { tensors } = decodeSafetensors(storage.files.get(name)!, name);
      const bytes = [...tensors.values()].reduce((sum, { data }) => sum + data.byteLength, 0);
      expect(bytes <= 1500 || tensors.size === 1).toBe(true);
    }
    expectSame((await loaded(storage)).values, values);
  });

  const changed = async (
    change: (index: { weight_map: Record<string, unknown>; metadata?: unknown }) => void,
  ) => {
    const { storage } = await saved(TELLABLE[0][2], 'gpt2', 4, { maxShardBytes: 1500 });
    const index = JSON.parse(Buffer.from(storage.files.get(INDEX_FILE)!).toString());
    change(index);
    storage.files.set(INDEX_FILE, Buffer.from(JSON.stringify(index)));
    return storage;
  };
  const shard = 'model-00001-of-00006.safetensors';

  test.each<[string, Parameters<typeof changed>[0]]>([
    ['weight_map: must be an object', (index) => (index.weight_map = [] as never)],
    [
      'wte.weight: must be a .safetensors file of this folder, got "../x.safetensors"',
      (index) => (index.weight_map['wte.weight'] = '../x.safetensors'),
    ],
    [
      'wte.weight: must be a .safetensors file of this folder, got 7',
      (index) => (index.weight_map['wte.weight'] = 7),
    ],
    [
      'gone.safetensors: the file is missing',
      (index) => (index.weight_map['wte.weight'] = 'gone.safetensors'),
    ],
    [
      `${shard}: wte.weight: ${INDEX_FILE} says it is in model-00002-of-00006.safetensors`,
      (index) => (index.weight_map['wte.weight'] = 'model-00002-of-00006.safetensors'),
    ],
    [
      `${shard}: wte.weight: ${INDEX_FILE} says it is in no file`,
      (index) => delete index.weight_map['wte.weight'],
    ],
    [
      `${shard}: more: the tensor is missing, but ${INDEX_FILE} says it is here`,
      (index) => (index.weight_map.more = shard),
    ],
    ['metadata.total_size: is 12, but the files hold', (index) => (index.metadata = { total_size: 12 })],
  ])('are refused when the index is not true: %s', async (message, change) => {
    await expect(loadModel(await changed(change))).rejects.toThrow(message);
  });

  test('need no total', async () => {
    const storage = await changed((index) => delete index.metadata);
    (await loadModel(storage))[Symbol.dispose]();
  });

  test('go behind model.safetensors, as with Hugging Face', async () => {
    const { storage } = await saved(TELLABLE[0][2], 'gpt2', 4, { maxShardBytes: 1500 });
    const single = await saved(TELLABLE[0][2], 'gpt2', 5);
    storage.files.set(WEIGHTS_FILE, single.storage.files.get(WEIGHTS_FILE)!);
    expectSame((await loaded(storage)).values, single.values);
  });
});

describe('saving over a model of the same config', () => {
  const [one, sixShards, threeShards] = [{}, { maxShardBytes: 1500 }, { maxShardBytes: 3000 }];
  const llmC = { layout: 'llm.c' } as const;

  test.each<[string, WriteOptions, WriteOptions]>([
    ['one file over one', one, one],
    ['shards over one file', one, sixShards],
    ['one file over shards', sixShards, one],
    ['shards over as many', sixShards, sixShards],
    ['shards over more', sixShards, threeShards],
    ['llm.c over one file', one, llmC],
    ['llm.c over shards', sixShards, llmC],
    ['one file over llm.c', llmC, one],
    ['shards over llm.c', llmC, sixShards],
  ])('%s: killed at any moment, the old or the new one is there whole', async (_, before, after) => {
    const config = gptConfig(TELLABLE[0][2]);
    const [older, newer] = [1, 2].map((seed) => randomValues(config, 'gpt2', seed));
    using old = GPT.fromValues(config, older);
    using young = GPT.fromValues(config, newer);
    let killed = true;
    for (let changes = 0; killed; changes++) {
      const storage = new MortalStorage();
      await saveModel(old, storage, before);
      storage.left = changes;
      killed = await saveModel(young, storage, after).then(
        () => false,
        () => true,
      );
      const { values } = await loaded(storage);
      expectSame(values, values.get('wte.weight')![1] === older.get('wte.weight')![1] ? older : newer);
      storage.left = Number.POSITIVE_INFINITY;
      const { files } = await saveModel(young, storage, after);
      expectSame((await loaded(storage)).values, newer);
      expect(await storage.list()).toEqual(files.toSorted());
    }
  });
});

/** A storage whose process is killed after so many changes. */
class MortalStorage extends MemoryStorage {
  left: number = Number.POSITIVE_INFINITY;

  override async write(...args: Parameters<Storage['write']>): Promise<void> {
    this.#live();
    await super.write(...args);
  }

  override async remove(name: string): Promise<void> {
    this.#live();
    await super.remove(name);
  }

  #live(): void {
    if (this.left-- <= 0) throw new Error('killed');
  }
}

describe('files as others write them', () => {
  const gpt2 = TELLABLE[0][2];
  type Tensors = Map<string, PlainTensor>;
  /** A saved model with its tensors and config changed. */
  const rewritten = async (
    layout: LayoutName,
    change: (tensors: Tensors) => Tensors,
    config: object = {},
  ) => {
    const input = TELLABLE.find((each) => each[1] === layout)![2];
    const { storage, values } = await saved(input, layout, 5);
    const { tensors } = decodeSafetensors(storage.files.get(WEIGHTS_FILE)!, WEIGHTS_FILE);
    storage.files.set(WEIGHTS_FILE, concatBytes(encodeSafetensors(change(tensors))));
    const json = { ...JSON.parse(Buffer.from(storage.files.get(CONFIG_FILE)!).toString()), ...config };
    storage.files.set(CONFIG_FILE, Buffer.from(JSON.stringify(json)));
    return { storage, values };
  };
  const prefixed = (prefix: string) => (tensors: Tensors) =>
    new Map(
      [...tensors].map(
        ([name, tensor]) => [name.startsWith('lm_head') ? name : prefix + name, tensor] as const,
      ),
    );
  const mask = { shape: [1, 1, 6, 6], data: new Int32Array(36) };
  const undecided = { tie_word_embeddings: undefined };

  test('GPT-2 with a prefix, with masks, and with its head a second time', async () => {
    const { storage, values } = await rewritten(
      'gpt2',
      (tensors) => {
        const named = prefixed('transformer.')(
          tensors.set('h.0.attn.bias', mask).set('h.1.attn.masked_bias', mask),
        );
        return named.set('lm_head.weight', tensors.get('wte.weight')!);
      },
      undecided,
    );
    const got = await loaded(storage);
    expect(got.config.head).toBe('tied');
    expectSame(got.values, values);
  });

  test('GPT-2 with a head of its own is untied unless the config says otherwise', async () => {
    const head = { shape: [5, 8], data: Float32Array.from({ length: 40 }, (_, i) => i) };
    const change = (tensors: Tensors) => tensors.set('lm_head.weight', head);
    const open = (await rewritten('gpt2', change, undecided)).storage;
    expect((await loadConfig(open)).head).toBe('untied');
    expect((await loaded(open)).values.get('lm_head.weight')).toEqual(head.data);
    const said = (await rewritten('gpt2', change, { tie_word_embeddings: true })).storage;
    expect((await loaded(said)).config.head).toBe('tied');
    const without = (await rewritten('gpt2', (tensors) => tensors, { tie_word_embeddings: false })).storage;
    await expect(loadModel(without)).rejects.toThrow('lm_head.weight: the tensor is missing');
  });

  test('nanoGPT compiled, without biases, and alone', async () => {
    const { storage, values } = await rewritten('nanogpt', (tensors) => {
      const weights = [...tensors].filter(([name]) => !name.endsWith('.bias'));
      return prefixed('_orig_mod.')(new Map(weights));
    });
    for (const [name, data] of values) if (name.endsWith('.bias')) data.fill(0);
    expectSame((await loaded(storage)).values, values);

    storage.files.set('ckpt.safetensors', storage.files.get(WEIGHTS_FILE)!);
    storage.files.delete(WEIGHTS_FILE);
    storage.files.delete(CONFIG_FILE);
    expectSame((await loaded(storage, { file: 'ckpt.safetensors', nHead: 2 })).values, values);
    await expect(loadModel(storage, { file: 'ckpt.safetensors' })).rejects.toThrow(
      'nHead must be given for ckpt.safetensors, which has no config.json beside it',
    );
    await expect(loadModel(storage, { file: 'ckpt.safetensors', nHead: 3 })).rejects.toThrow(
      'divisible by nHead = 3',
    );
  });

  test('nanoGPT with a head of its own is read, as GPT-2', async () => {
    const head = { shape: [5, 8], data: Float32Array.from({ length: 40 }, (_, i) => i) };
    const { storage } = await rewritten('nanogpt', (tensors) => tensors.set('lm_head.weight', head));
    const { values, config } = await loaded(storage);
    expect(config.head).toBe('untied');
    expect(values.get('lm_head.weight')).toEqual(head.data);
    expect((await convertWeights(storage, new MemoryStorage())).layout).toBe('gpt2');
  });

  test('heads that are given are those of the files', async () => {
    const stored = [await rewritten('gpt2', (tensors) => tensors), await saved(gpt2, 'llm.c', 5)];
    for (const { storage } of [...stored, await rewritten('gpt2', (tensors) => tensors, undecided)]) {
      const expected = 'nHead must be left out, or 2 as the files of the model say, got 4.';
      await expect(loadModel(storage, { nHead: 4 })).rejects.toThrow(expected);
      await expect(loadConfig(storage, { nHead: 4 })).rejects.toThrow(expected);
      expect((await loadConfig(storage, { nHead: 2 })).nHead).toBe(2);
    }
  });

  test('Hugging Face alone is not guessed at', async () => {
    const { storage } = await saved(gpt2, 'gpt2', 6);
    storage.files.delete(CONFIG_FILE);
    await expect(loadModel(storage, { file: WEIGHTS_FILE, nHead: 2 })).rejects.toThrow(
      "the tensors are not nanoGPT's",
    );
    await expect(loadModel(storage)).rejects.toThrow('config.json: the file is missing');
  });

  test('llm.c under another name; PyTorch is told from it', async () => {
    const { storage, values } = await saved(TELLABLE.find((each) => each[1] === 'llm.c')![2], 'llm.c', 7);
    const bytes = storage.files.get(LLM_C_FILE)!;
    const header = new Int32Array(bytes.buffer, bytes.byteOffset, 8);
    expect([...header]).toEqual([20240326, 3, 6, 5, 2, 2, 8, 128]);
    storage.files.set('gpt2_124M.bin', bytes);
    expectSame((await loaded(storage, { file: 'gpt2_124M.bin' })).values, values);
    storage.files.set('pytorch_model.bin', new Uint8Array(5000).fill(80));
    await expect(loadModel(storage, { file: 'pytorch_model.bin' })).rejects.toThrow('Files of PyTorch');
    storage.files.set(LLM_C_FILE, bytes.slice(0, -4));
    await expect(loadModel(storage)).rejects.toThrow(
      /model\.bin: has \d+ bytes, but its header asks for \d+/,
    );
  });
});

describe('what a layout cannot tell is refused before anything is written', () => {
  test.each<[LayoutName, Partial<GPTConfigInput>, string]>([
    ['gpt2', { norm: 'post' }, 'config: norm must be "pre" in the layout gpt2, got "post"'],
    ['gpt2', { head: 'joint' }, 'head must be "tied" or "untied" in the layout gpt2'],
    ['gpt2', { dHead: 3 }, 'dHead must be nEmbd / nHead = 4 in the layout gpt2, got 3'],
    ['gpt2', { scoreScale: 0.3 }, 'scoreScale must be 1 / sqrt(dHead) or 1'],
    ['openai-gpt', {}, 'norm must be "post" in the layout openai-gpt'],
    ['gpt_neo', {}, 'scoreScale must be 1 in the layout gpt_neo'],
    ['nanogpt', {}, 'activation must be "gelu-exact" in the layout nanogpt, got "gelu"'],
    [
      'nanogpt',
      { activation: 'gelu-exact', head: 'untied' },
      'head must be "tied" in the layout nanogpt, got "untied". Layouts that can hold it: gpt2, gpt-ts.',
    ],
    ['llm.c', { head: 'untied' }, 'head must be "tied" in the layout llm.c'],
    ['llm.c', { nInner: 3 }, 'nInner must be 4 nEmbd = 32'],
    ['llm.c', { layerNormEps: 1e-6 }, 'layerNormEps must be 1e-5'],
  ])('%s: %o', async (layout, change, message) => {
    using model = GPT.random({ ...TELLABLE[0][2], ...change });
    const storage = new MemoryStorage();
    const saving = saveModel(model, storage, { layout });
    await expect(saving).rejects.toThrow(InvalidConfigError);
    await expect(saving).rejects.toThrow(message);
    expect(storage.files.size).toBe(0);
  });

  test('biases that GPT-Neo has no place for', async () => {
    const input = TELLABLE.find((each) => each[1] === 'gpt_neo')![2];
    using model = GPT.fromValues(input, randomValues(gptConfig(input), 'gpt2', 8));
    const storage = new MemoryStorage();
    await expect(saveModel(model, storage, { layout: 'gpt_neo' })).rejects.toThrow(
      'h.0.attn.c_attn.bias must be zeros: the layout gpt_neo has no place for it',
    );
    expect(storage.files.size).toBe(0);
  });

  test('an unknown layout or dtype, a shard size of 0, and float16 for llm.c', async () => {
    using model = GPT.random(TELLABLE[0][2]);
    const storage = new MemoryStorage();
    const saving = (options: object) => saveModel(model, storage, options);
    await expect(saving({ layout: 'gpt5' })).rejects.toThrow(
      'layout must be one of gpt2, openai-gpt, gpt_neo',
    );
    await expect(saving({ dtype: 'F8' })).rejects.toThrow('dtype must be one of F32, F16, BF16, got "F8"');
    await expect(saving({ maxShardBytes: 0 })).rejects.toThrow(
      'maxShardBytes must be a positive number, got 0',
    );
    await expect(saving({ layout: 'llm.c', dtype: 'F16' })).rejects.toThrow(
      'dtype must be F32 or BF16 for llm.c',
    );
    expect(storage.files.size).toBe(0);
  });

  test('a value that float16 cannot hold, and the old file stays', async () => {
    const config = gptConfig(TELLABLE[0][2]);
    const values = new Map(
      [...parameterShapes(config)].map(([name, shape]) => [
        name,
        new Float32Array(shape.reduce((a, b) => a * b)),
      ]),
    );
    values.get('ln_f.bias')![3] = 70_000;
    const storage = new MemoryStorage();
    storage.files.set(WEIGHTS_FILE, Uint8Array.of(1));
    using model = GPT.fromValues(config, values);
    await expect(saveModel(model, storage, { dtype: 'F16' })).rejects.toThrow(
      'dtype must be a type that holds the 70000 in ln_f.bias, got "F16". Use F32 or BF16.',
    );
    expect(storage.files.get(WEIGHTS_FILE)).toEqual(Uint8Array.of(1));
  });
});
