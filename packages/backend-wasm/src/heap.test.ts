import {
  crossEntropy,
  dispose,
  embedding,
  idTensor,
  linear,
  matMul,
  memory,
  type Tensor,
  tensor,
} from '@gpt-ts/kernels';
import { backend } from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, test } from 'vitest';
import { heapMemory, OutOfMemoryError } from './heap.js';
import { useWasmBackend } from './use-wasm-backend.js';

const MIB = 2 ** 20;
const wave = (n: number) => Float32Array.from({ length: n }, (_, i) => Math.sin(i));
const heapBytes = () => heapMemory(backend()).buffer.byteLength;

describe('the heap', () => {
  beforeAll(async () => {
    await useWasmBackend();
  });

  test('may grow: the kernels give the same bits before and after, low and high on it', async () => {
    const [x, weight, bias] = [
      tensor(wave(64 * 96), [64, 96]),
      tensor(wave(96 * 80), [96, 80]),
      tensor(wave(80), [80]),
    ]; // enough work for every thread
    const before = linear(x, weight, bias);
    const want = await before.data();
    const start = heapBytes();
    const held: Tensor[] = [];
    while (heapBytes() < start + 96 * MIB) held.push(tensor(new Float32Array(MIB), [MIB])); // 4 MiB each
    const low = linear(x, weight, bias);
    const copies = [tensor(wave(64 * 96), [64, 96]), tensor(wave(96 * 80), [96, 80]), tensor(wave(80), [80])];
    const high = linear(copies[0], copies[1], copies[2]);
    expect(await low.data()).toEqual(want);
    expect(await high.data()).toEqual(want);
    expect(await before.data()).toEqual(want); // and what was there has not moved
    dispose([x, weight, bias, before, low, high, ...copies, ...held]);
  });

  test('gives freed memory out again', () => {
    const hold = () => dispose([tensor(new Float32Array(4 * MIB), [4 * MIB])]); // 16 MiB
    hold();
    const bytes = heapBytes();
    for (let i = 0; i < 50; i++) hold();
    expect(heapBytes()).toBe(bytes);
  });

  test.each([
    [2 ** 16, 2 ** 14], // 4 GiB exactly: 0 in 32 bits
    [2 ** 16, 2 ** 14 + 2 ** 8], // 64 MiB in 32 bits
    [2 ** 17, 2 ** 17], // 64 GiB
  ])('refuses a result of %d x %d floats, and leaves the tensors whole', async (m, n) => {
    const [a, b] = [tensor(wave(m), [m, 1]), tensor(wave(n), [1, n])];
    const before = memory();
    expect(() => matMul(a, b)).toThrow(OutOfMemoryError);
    expect(() => matMul(a, b)).toThrow(
      `no room for ${4 * m * n} bytes in the WebAssembly heap (4 GiB at most). Use a smaller batch`,
    );
    expect(memory()).toEqual(before);
    expect(await a.data()).toEqual(wave(m));
    expect(await b.data()).toEqual(wave(n));
    dispose([a, b]);
  });

  test('refuses an upload for which there is no room, and leaves the tensors whole', async () => {
    const [small, half] = [tensor(wave(5), [5]), new Float32Array(128 * MIB)]; // half a GiB
    const held: Tensor[] = [];
    const fill = () => {
      for (let i = 0; i < 8; i++) held.push(tensor(half, [half.length]));
    };
    expect(fill).toThrow(OutOfMemoryError);
    expect(await small.data()).toEqual(wave(5));
    dispose([small, ...held]);
  }, 60_000);

  test('an op that refuses its ids leaves nothing behind', () => {
    const table = tensor(wave(12), [4, 3]);
    const ids = idTensor(Int32Array.of(1, 4), [2]);
    const logits = tensor(wave(8), [2, 4]);
    const before = backend().numDataIds(); // memory() counts tensors; this counts what is on the heap
    for (let i = 0; i < 3; i++) {
      expect(() => embedding(table, ids)).toThrow('token 4 at position 1');
      expect(() => crossEntropy(logits, ids)).toThrow('token 4 at position 1');
    }
    expect(backend().numDataIds()).toBe(before);
    dispose([table, ids, logits]);
  });
});
