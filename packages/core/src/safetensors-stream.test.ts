import { describe, expect, test } from 'vitest';
import { InvalidArgumentError } from './errors/invalid-argument-error.js';
import { InvalidFileError } from './errors/invalid-file-error.js';
import { ShapeError } from './errors/shape-error.js';
import { encodeSafetensors } from './safetensors.js';
import type { FileDtype } from './safetensors-header.js';
import { type LazyTensor, openSafetensors, streamSafetensors } from './safetensors-stream.js';
import { concatBytes, MemoryStorage, type StoredFile } from './storage.js';
import { type TensorPart, tensorPieces } from './tensor-pieces.js';

const lazy = (dtype: FileDtype, shape: number[], ...chunks: ArrayBufferView[]): LazyTensor => ({
  ...{ dtype, shape },
  chunks: () =>
    chunks.map(({ buffer, byteOffset, byteLength }) => new Uint8Array(buffer, byteOffset, byteLength)),
});

async function stored(tensors: Record<string, LazyTensor>): Promise<StoredFile> {
  const storage = new MemoryStorage();
  await storage.write('x', streamSafetensors(new Map(Object.entries(tensors))));
  return (await storage.open('x'))!;
}

async function valuesOf(part: TensorPart): Promise<number[]> {
  const all: number[] = [];
  for await (const { offset, values } of tensorPieces([part])) {
    expect(offset).toBe(all.length);
    all.push(...values);
  }
  return all;
}

describe('streamSafetensors', () => {
  test('writes what encodeSafetensors writes', async () => {
    const data = Float32Array.of(1, 2, 3, 4, 5, 6);
    const storage = new MemoryStorage();
    const tensors = new Map([['wte', lazy('F32', [2, 3], data.subarray(0, 4), data.subarray(4))]]);
    await storage.write('x', streamSafetensors(tensors, new Map([['format', 'pt']])));
    const whole = encodeSafetensors(new Map([['wte', { shape: [2, 3], data }]]), new Map([['format', 'pt']]));
    expect(storage.files.get('x')).toEqual(concatBytes(whole));
  });

  test('asks for a tensor when those before it are written', async () => {
    const log: string[] = [];
    const tensor = (name: string): LazyTensor => ({
      ...{ dtype: 'F32', shape: [1] },
      *chunks() {
        log.push(`make ${name}`);
        yield new Uint8Array(4);
        log.push(`${name} is written`);
      },
    });
    const tensors = new Map([['a', tensor('a')] as const, ['b', tensor('b')] as const]);
    for await (const _ of streamSafetensors(tensors)) log.push('chunk');
    expect(log).toEqual(['chunk', 'make a', 'chunk', 'a is written', 'make b', 'chunk', 'b is written']);
  });

  test('refuses chunks that are not of the shape, and a tensor called __metadata__', async () => {
    await expect(stored({ a: lazy('F32', [3], new Float32Array(2)) })).rejects.toThrow(ShapeError);
    await expect(stored({ __metadata__: lazy('F32', [0]) })).rejects.toThrow(InvalidArgumentError);
  });
});

describe('openSafetensors', () => {
  test('refuses a header that is longer than allowed, before it reads it', async () => {
    const file = await stored({ a: lazy('U8', [3], Uint8Array.of(1, 2, 3)) });
    const reads: number[] = [];
    const watched: StoredFile = {
      size: file.size,
      read: (position, target) => {
        reads.push(target.length);
        return file.read(position, target);
      },
      [Symbol.asyncDispose]: async () => {},
    };
    const headerBytes = file.size - 8 - 3;
    await expect(openSafetensors(watched, 'x', { maxHeaderBytes: headerBytes - 1 })).rejects.toThrow(
      `x: the header has ${headerBytes} bytes, more than the limit of ${headerBytes - 1}.`,
    );
    expect(reads).toEqual([8]);
    const { entries } = await openSafetensors(watched, 'x', { maxHeaderBytes: headerBytes });
    expect(entries.get('a')).toEqual({
      ...{ dtype: 'U8', shape: [3] },
      ...{ begin: file.size - 3, end: file.size },
    });
  });
});

describe('tensorPieces', () => {
  test('reads float32, float16 and bfloat16 behind each other and leaves the rest alone', async () => {
    const file = await stored({
      mask: lazy('U8', [3], Uint8Array.of(1, 1, 0)), // what follows is not aligned
      a: lazy('F32', [2], Float32Array.of(1.5, -0)),
      b: lazy('F16', [3], Uint16Array.of(0x3c00, 0x0001, 0xfc00)),
      c: lazy('BF16', [1, 1], Uint16Array.of(0xc040)),
      empty: lazy('F32', [0, 4]),
    });
    const { entries } = await openSafetensors(file, 'x');
    expect([...entries.keys()]).toEqual(['mask', 'a', 'b', 'c', 'empty']);
    const read = (name: string, length?: number) => valuesOf({ file, entry: entries.get(name)!, length });
    expect(await read('a')).toEqual([1.5, -0]);
    expect(await read('b')).toEqual([1, 2 ** -24, Number.NEGATIVE_INFINITY]);
    expect(await read('b', 1)).toEqual([1]);
    expect(await read('c')).toEqual([-3]);
    expect(await read('empty')).toEqual([]);
    await expect(read('mask')).rejects.toThrow('dtype must be one of F32, F16, BF16, got "U8"');
  });

  const large = Float32Array.from({ length: 2 ** 20 + 5 }, (_, i) => i); // 4 MiB and 20 bytes

  test('reads large tensors in pieces, one ahead, and nothing outside them', async () => {
    const file = await stored({
      a: lazy('F32', [large.length], large),
      b: lazy('F32', [1], Float32Array.of(7)),
    });
    const { entries } = await openSafetensors(file, 'x');
    const log: string[] = [];
    const watched: StoredFile = {
      size: file.size,
      read: async (position, target) => {
        log.push(`read ${target.length}`);
        await file.read(position, target);
      },
      [Symbol.asyncDispose]: async () => {},
    };
    const parts = [...entries.values()].map((entry) => ({ file: watched, entry }));
    for await (const { part, offset, values } of tensorPieces(parts)) {
      log.push(`use ${offset}`);
      const want = part === parts[0] ? large.subarray(offset, offset + values.length) : Float32Array.of(7);
      expect(
        Buffer.compare(
          new Uint8Array(values.buffer, 0, values.byteLength),
          new Uint8Array(want.slice().buffer),
        ),
      ).toBe(0);
    }
    expect(log).toEqual([`read ${2 ** 22}`, 'read 20', 'use 0', 'read 4', `use ${2 ** 20}`, 'use 0']);
  });

  test('waits for the read ahead when it is left early, and passes on what a read throws', async () => {
    const file = await stored({ a: lazy('F32', [large.length], large) });
    const { entries } = await openSafetensors(file, 'x');
    let reading = 0;
    const slow: StoredFile = {
      size: file.size,
      async read(position, target) {
        reading++;
        await new Promise((resolve) => setTimeout(resolve, 5));
        reading--;
        if (position > 2 ** 22) throw new InvalidFileError({ file: 'x', problem: 'is gone' });
        await file.read(position, target);
      },
      [Symbol.asyncDispose]: async () => {},
    };
    const parts = [{ file: slow, entry: entries.get('a')! }];
    for await (const _ of tensorPieces(parts)) break;
    expect(reading).toBe(0);
    const all = async () => {
      for await (const _ of tensorPieces(parts));
    };
    await expect(all()).rejects.toThrow('x: is gone.');
  });
});
