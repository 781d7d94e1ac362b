import { useWasmBackend } from '@gpt-ts/backend-wasm';
import { MemoryStorage } from '@gpt-ts/core';
import { convertWeights, GPT1_SHAPES_FILE, loadConfig, loadModel } from '@gpt-ts/model';
import { beforeAll, describe, expect, test } from 'vitest';
import {
  releaseConfig as config,
  npy,
  gpt1Release as release,
  releaseShapes as shapes,
  releaseValues as values,
} from './support/gpt1-release-files.js';

beforeAll(async () => {
  await useWasmBackend();
});

describe("OpenAI's GPT-1 release", () => {
  test.each([1, 2, 3])('is read from arrays of version %i', async (version) => {
    using model = await loadModel(release(version));
    expect(model.config).toEqual(config);
    for (const [name, { data }] of await model.values()) expect(data, name).toEqual(values.get(name));
    expect(await loadConfig(release(version))).toEqual(config);
  });

  test("goes to Hugging Face's layout of it", async () => {
    const to = new MemoryStorage();
    expect(await convertWeights(release(), to)).toMatchObject({ from: 'gpt1-release', layout: 'openai-gpt' });
    using model = await loadModel(to);
    expect(model.config).toEqual(config);
    for (const [name, { data }] of await model.values()) expect(data, name).toEqual(values.get(name));
  });

  const data = new Uint8Array(8);
  test.each<[string, string, Uint8Array | undefined]>([
    ['params_3.npy: the file is missing', 'params_3.npy', undefined],
    ['params_0.npy: is not an .npy file of NumPy', 'params_0.npy', new Uint8Array(100)],
    ['params_0.npy: is not an .npy file of NumPy', 'params_0.npy', new Uint8Array(3)],
    ['params_0.npy: is of version 4.0', 'params_0.npy', npy(data, { version: 4 })],
    [
      "its header must say '<f4', C order and one dimension, got \"{'descr': '<f8'",
      'params_1.npy',
      npy(data, { descr: '<f8' }),
    ],
    [
      'its header must say',
      'params_1.npy',
      npy(data, { header: "{'descr': '<f4', 'fortran_order': True, 'shape': (2,), }" }),
    ],
    [
      'its header must say',
      'params_1.npy',
      npy(data, { header: "{'descr': '<f4', 'fortran_order': False, 'shape': (1, 2), }" }),
    ],
    [
      'params_1.npy: has 8 bytes of data, but its header asks for 3 numbers of 4 bytes',
      'params_1.npy',
      npy(data, { header: "{'descr': '<f4', 'fortran_order': False, 'shape': (3,), }" }),
    ],
    ['params_1.npy: its header ends at byte 128, the file at 60', 'params_1.npy', npy(data).slice(0, 60)],
    ['params_*.npy: hold', 'params_1.npy', npy(data)],
    ['params_shapes.json: must be a list of shapes', GPT1_SHAPES_FILE, Buffer.from('[[1,-1]]')],
    [
      'params_shapes.json: must have 2 shapes and 12 for each block, got 3',
      GPT1_SHAPES_FILE,
      Buffer.from('[[1],[1],[1]]'),
    ],
    [
      'params_shapes.json: shape 2 (h.0.attn.c_attn.weight) must be [1,24,72], got [24,72]',
      GPT1_SHAPES_FILE,
      Buffer.from(JSON.stringify(shapes.with(2, [24, 72]))),
    ],
    [
      'params_shapes.json: nEmbd must be divisible by nHead = 12, got 20',
      GPT1_SHAPES_FILE,
      Buffer.from(JSON.stringify(shapes.with(0, [5, 20]))),
    ],
  ])('is refused: %s', async (message, file, bytes) => {
    const storage = release();
    if (bytes === undefined) storage.files.delete(file);
    else storage.files.set(file, bytes);
    await expect(loadModel(storage)).rejects.toThrow(message);
  });
});
