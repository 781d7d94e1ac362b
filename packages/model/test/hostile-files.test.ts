/**
 * 10,000 damaged models: each is refused by an error of ours, or loads as the values that its files hold. None is read
 * outside its files, and none makes this allocate more than its files have bytes.
 */
import { useWasmBackend } from '@gpt-ts/backend-wasm';
import { isGptError, MemoryStorage, Random, type StoredFile } from '@gpt-ts/core';
import { memory } from '@gpt-ts/kernels';
import { GPT, gptConfig, loadModel, saveModel, type WriteOptions } from '@gpt-ts/model';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { gpt1Release } from './support/gpt1-release-files.js';
import { damageBytes, damageSafetensors, damageText } from './support/mutations.js';
import { randomValues, TELLABLE } from './support/tiny-models.js';

const MUTATIONS = 10_000;
const SLACK = 2 ** 20;

const ARRAYS = [
  'ArrayBuffer',
  'Uint8Array',
  'Uint16Array',
  'Int32Array',
  'Uint32Array',
  'Float32Array',
] as const;
const originals = Object.fromEntries(ARRAYS.map((name) => [name, globalThis[name]]));
let largestAllocation = 0;

beforeAll(async () => {
  await useWasmBackend();
  for (const name of ARRAYS) {
    const array = globalThis[name] as unknown as new (...args: unknown[]) => { byteLength: number };
    const watched = new Proxy(array, {
      construct(target, args, newTarget) {
        const made = Reflect.construct(target, args, newTarget);
        if (!(args[0] instanceof originals.ArrayBuffer) && !(args[0] instanceof SharedArrayBuffer)) {
          largestAllocation = Math.max(largestAllocation, made.byteLength);
        }
        return made;
      },
    });
    Object.assign(globalThis, { [name]: watched });
  }
});
afterAll(() => {
  Object.assign(globalThis, originals);
});

/** A storage whose files may only be read where they have bytes. */
class WatchedStorage extends MemoryStorage {
  override async open(name: string): Promise<StoredFile | undefined> {
    const file = await super.open(name);
    if (file === undefined) return undefined;
    const read = async (position: number, target: Uint8Array) => {
      if (!Number.isSafeInteger(position) || position < 0 || position + target.length > file.size) {
        throw new Error(`${target.length} bytes read at ${position} of ${name}, which has ${file.size}`);
      }
      await file.read(position, target);
    };
    return { size: file.size, read, [Symbol.asyncDispose]: () => file[Symbol.asyncDispose]() };
  }
}

async function models(): Promise<MemoryStorage[]> {
  const all: MemoryStorage[] = [gpt1Release()];
  const save = async (i: number, options: WriteOptions = {}) => {
    const [, layout, input] = TELLABLE[i];
    const storage = new MemoryStorage();
    using model = GPT.fromValues(input, randomValues(gptConfig(input), layout, i));
    await saveModel(model, storage, { layout, ...options });
    all.push(storage);
  };
  for (const i of TELLABLE.keys()) await save(i);
  await save(0, { dtype: 'BF16' });
  await save(5, { maxShardBytes: 2000 });
  await save(7, { maxShardBytes: 1000 });
  return all;
}

/** The tensors of safetensors files, read without a check. */
function naiveTensors(storage: MemoryStorage): Map<string, Uint8Array> {
  const tensors = new Map<string, Uint8Array>();
  for (const [name, bytes] of storage.files) {
    if (!name.endsWith('.safetensors')) continue;
    const start = 8 + new DataView(bytes.buffer, bytes.byteOffset).getUint32(0, true);
    const header = JSON.parse(Buffer.from(bytes.subarray(8, start)).toString());
    for (const [tensor, { data_offsets: offsets }] of Object.entries<{ data_offsets: [number, number] }>(
      header,
    )) {
      if (offsets) tensors.set(tensor, bytes.subarray(start + offsets[0], start + offsets[1]));
    }
  }
  return tensors;
}

test(`${MUTATIONS} damaged models are refused or load as they are`, { timeout: 120_000 }, async () => {
  const whole = await models();
  const before = memory();
  let refused = 0;
  let compared = 0;
  let watched = 0;
  const codes = new Set<string>();
  for (let i = 0; i < MUTATIONS; i++) {
    const random = new Random(i, 'damage');
    const storage = new WatchedStorage();
    const source = whole[i % whole.length];
    for (const [name, bytes] of source.files) storage.files.set(name, bytes);
    const names = [...source.files.keys()];
    const name = names[random.int(names.length)];
    const bytes = source.files.get(name)!;
    const damage = name.endsWith('.json')
      ? damageText
      : name.endsWith('.safetensors')
        ? damageSafetensors
        : undefined;
    const headerBytes = name.endsWith('.npy') ? 128 : 60; // NumPy's header; what llm.c's says
    storage.files.set(name, damage?.(bytes, random) ?? damageBytes(bytes, headerBytes, random));
    const total = [...storage.files.values()].reduce((sum, each) => sum + each.length, 0);
    largestAllocation = 0;
    const about = `mutation ${i} of ${name}`;
    try {
      using model = await loadModel(storage);
      expect(memory().numBytes - before.numBytes, about).toBeLessThanOrEqual(2 * total + SLACK); // 2: bfloat16
      const tensors = naiveTensors(storage);
      for (const [parameter, tensor] of model.parameters) {
        const stored = tensors.get(parameter);
        if (stored === undefined || stored.length !== 4 * tensor.size) continue; // of another layout, or bfloat16
        const { buffer, byteOffset, byteLength } = await tensor.data();
        expect(Buffer.from(buffer, byteOffset, byteLength).equals(stored), `${about}: ${parameter}`).toBe(
          true,
        );
        compared++;
      }
    } catch (error) {
      if (!isGptError(error)) throw new Error(`${about}: ${error}`, { cause: error });
      codes.add(error.code);
      refused++;
    }
    if (largestAllocation > 0) watched++;
    expect(largestAllocation, about).toBeLessThanOrEqual(total + SLACK);
    expect(memory(), about).toEqual(before);
  }
  expect(refused).toBeGreaterThan(0.8 * MUTATIONS); // seen: 9154
  expect(compared).toBeGreaterThan(5000); // tensors; seen: 12542
  expect(watched).toBeGreaterThan(MUTATIONS / 2); // loads whose arrays were seen
  expect([...codes].sort()).toEqual(['invalid-config', 'invalid-file', 'model-too-large']);
});
