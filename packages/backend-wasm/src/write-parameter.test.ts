import { dispose, emptyParameter, memory, reshape, writeParameter } from '@gpt-ts/kernels';
import { backend } from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, test } from 'vitest';
import { heapMemory, OutOfMemoryError } from './heap.js';
import { useWasmBackend } from './use-wasm-backend.js';

const MIB = 2 ** 20;

describe('a parameter that is written in pieces', () => {
  beforeAll(async () => {
    await useWasmBackend();
  });

  test('takes its own room on the heap and no more, nor any in JavaScript', async () => {
    const heapBytes = () => heapMemory(backend()).buffer.byteLength;
    const javaScriptBytes = () => {
      const { heapUsed, arrayBuffers } = process.memoryUsage(); // the WebAssembly heap is in neither
      return heapUsed + arrayBuffers;
    };
    const piece = new Float32Array(MIB / 4); // 1 MiB
    const start = { heap: heapBytes(), javaScript: javaScriptBytes(), ...memory() };
    const p = emptyParameter([96, MIB / 4]); // 96 MiB
    for (let i = 0; i < 96; i++) writeParameter(p, i * piece.length, piece.fill(i + 1));
    expect(heapBytes() - start.heap).toBeLessThan(128 * MIB); // the heap grows in steps; seen: 80.1 MiB
    expect(javaScriptBytes() - start.javaScript).toBeLessThan(16 * MIB); // seen: 0.5 MiB
    expect(memory()).toEqual({ numTensors: start.numTensors + 1, numBytes: start.numBytes + 96 * MIB });
    const values = await p.data();
    for (let i = 0; i < 96; i++) {
      expect([values[i * piece.length], values[(i + 1) * piece.length - 1]]).toEqual([i + 1, i + 1]);
    }
    p.dispose();
    expect(memory()).toEqual({ numTensors: start.numTensors, numBytes: start.numBytes });
  });

  test('stays where it is, unless something else shares its values', async () => {
    const p = emptyParameter([3]);
    const before = [p.dataId, backend().numDataIds()];
    writeParameter(p, 0, Float32Array.of(1, 2, 3));
    expect([p.dataId, backend().numDataIds()]).toEqual(before);
    const shared = reshape(p, [1, 3]);
    writeParameter(p, 1, Float32Array.of(7));
    expect(p.dataId).not.toBe(before[0]);
    expect([...(await p.data())]).toEqual([1, 7, 3]);
    expect([...(await shared.data())]).toEqual([1, 2, 3]);
    shared.dispose();
    expect(backend().numDataIds()).toBe(before[1]);
    dispose([p]);
  });

  test('is 0 where memory was used before', async () => {
    const [used, n] = [emptyParameter([10_007]), 10_007];
    writeParameter(used, 0, new Float32Array(n).fill(5));
    used.dispose();
    const p = emptyParameter([n]);
    expect((await p.data()).every((value) => value === 0)).toBe(true);
    p.dispose();
  });

  test('that does not fit is refused, and leaves nothing behind', () => {
    const before = memory();
    expect(() => emptyParameter([2 ** 15, 2 ** 15])).toThrow(OutOfMemoryError); // 4 GiB
    expect(memory()).toEqual(before);
  });
});
