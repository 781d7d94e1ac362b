import { useWasmBackend } from '@gpt-ts/backend-wasm';
import { MemoryStorage, Random, type StoredFile } from '@gpt-ts/core';
import { beforeAll, describe, expect, test } from 'vitest';
import { checkpointBytes, contentOf, disposeAll } from '../../test/support/checkpoints.js';
import { checkpointName } from './checkpoint-name.js';
import { findCheckpoint } from './find-checkpoint.js';

const [OLD, NEW] = [checkpointName(100), checkpointName(200)];
let old: Uint8Array;
let tiny: Uint8Array;
let big: Uint8Array; // verified in several pieces

beforeAll(async () => {
  await useWasmBackend({ threads: 1 });
  const small = contentOf({ 'model.a': Float32Array.of(1, 2, 3) });
  const large = contentOf({
    'model.a': Float32Array.from({ length: 300_001 }, (_, i) => Math.sin(i)),
    'exp_avg.a': new Float32Array(301), // zeros, where a lost byte looks like its neighbours
  });
  old = await checkpointBytes(100, small);
  tiny = await checkpointBytes(200, small);
  big = await checkpointBytes(200, large);
  disposeAll(small);
  disposeAll(large);
});

/** Asserts that the newer file is passed over, its reason told, and that both files are as they were. */
async function expectFallback(damaged: Uint8Array, what: string): Promise<void> {
  const storage = new MemoryStorage();
  storage.files.set(OLD, old).set(NEW, damaged);
  const { checkpoint, skipped } = await findCheckpoint(storage);
  expect(checkpoint?.step, what).toBe(100);
  expect(skipped, what).toEqual([{ file: NEW, reason: expect.stringMatching(/^(?!checkpoint-).+\.$/s) }]);
  expect([...storage.files.keys()]).toEqual([OLD, NEW]);
  expect(storage.files.get(OLD) === old && storage.files.get(NEW) === damaged, what).toBe(true);
}

describe('a damaged checkpoint is never accepted', () => {
  test('whole, they are', async () => {
    for (const whole of [tiny, big]) {
      const storage = new MemoryStorage();
      storage.files.set(OLD, old).set(NEW, whole);
      const { checkpoint, skipped } = await findCheckpoint(storage);
      expect([checkpoint?.step, skipped]).toEqual([200, []]);
    }
  });

  test('cut at 200 random bytes, and at every byte of a tiny one', async () => {
    const random = new Random(1, 'cuts');
    for (let i = 0; i < 200; i++) {
      const at = random.int(big.length);
      await expectFallback(big.subarray(0, at), `cut at ${at}`);
    }
    for (let at = 0; at < tiny.length; at++) await expectFallback(tiny.subarray(0, at), `cut at ${at}`);
  });

  test('with one bit flipped at 400 random places, and at every place of a tiny one', async () => {
    const random = new Random(2, 'flips');
    const flip = async (whole: Uint8Array, bit: number) => {
      const flipped = whole.slice();
      flipped[bit >> 3] ^= 1 << (bit & 7);
      await expectFallback(flipped, `bit ${bit} of ${8 * whole.length}`);
    };
    for (let i = 0; i < 400; i++) await flip(big, random.int(8 * big.length));
    for (let bit = 0; bit < 8 * tiny.length; bit++) await flip(tiny, bit);
  });

  test('with bytes added, lost in the middle, or filled with zeros', async () => {
    for (let n = 1; n <= 16; n++) {
      await expectFallback(Buffer.concat([tiny, new Uint8Array(n)]), `${n} zeros added`);
      await expectFallback(Buffer.concat([tiny, tiny.subarray(-n)]), `its last ${n} again`);
      const middle = big.length - 900; // in the zeros
      const lost = Buffer.concat([big.subarray(0, middle), big.subarray(middle + n)]);
      await expectFallback(lost, `${n} lost`);
      const holed = big.slice();
      holed.fill(0, 2 ** 20 - n, 2 ** 20 + n); // a hole over the border of two pieces
      await expectFallback(holed, `${2 * n} zeroed`);
    }
    await expectFallback(new Uint8Array(tiny.length), 'all zeros');
    await expectFallback(Buffer.concat([tiny, tiny]), 'twice');
  });
});

describe('findCheckpoint', () => {
  test('finds nothing where nothing is', async () => {
    expect(await findCheckpoint(new MemoryStorage())).toEqual({ checkpoint: undefined, skipped: [] });
  });

  test('leaves names that are not its own alone', async () => {
    const storage = new MemoryStorage();
    for (const name of ['checkpoint-300.safetensors', 'model.safetensors', 'log.jsonl']) {
      storage.files.set(name, tiny);
    }
    expect(await findCheckpoint(storage)).toEqual({ checkpoint: undefined, skipped: [] });
  });

  test('orders by step, not by name, and reads no older file than it needs', async () => {
    const content = contentOf({ 'model.a': Float32Array.of(1) });
    const storage = new MemoryStorage();
    for (const step of [99_999_999, 100_000_000, 5]) {
      storage.files.set(checkpointName(step), await checkpointBytes(step, content));
    }
    disposeAll(content);
    const opened: string[] = [];
    const { open } = storage;
    storage.open = (name) => {
      opened.push(name);
      return open.call(storage, name);
    };
    expect((await findCheckpoint(storage)).checkpoint?.step).toBe(100_000_000);
    expect(opened).toEqual([checkpointName(100_000_000)]);
  });

  test('tells all that it skipped when none is whole', async () => {
    const storage = new MemoryStorage();
    storage.files.set(OLD, old.subarray(1)).set(NEW, tiny.subarray(0, -1));
    const { checkpoint, skipped } = await findCheckpoint(storage);
    expect(checkpoint).toBeUndefined();
    expect(skipped).toEqual([
      { file: NEW, reason: 'checksum: data ends at byte 30, but the file holds 29. The file is cut short.' },
      { file: OLD, reason: expect.stringContaining('the header claims') },
    ]);
  });

  test('closes what it skips, and passes on errors that say nothing about a file', async () => {
    const storage = new MemoryStorage();
    storage.files.set(OLD, old).set(NEW, tiny);
    let closed = 0;
    storage.open = async (): Promise<StoredFile> => ({
      size: tiny.length,
      read: () => Promise.reject(new TypeError('a bug')),
      async [Symbol.asyncDispose]() {
        closed++;
      },
    });
    await expect(findCheckpoint(storage)).rejects.toThrow('a bug');
    expect(closed).toBe(1);
  });
});
