import { backend } from '@tensorflow/tfjs-core';
import { expect, test } from 'vitest';
import { benchHooks } from './bench.js';
import { heapMemory } from './heap.js';
import { useWasmBackend } from './use-wasm-backend.js';

test.each([1, 2])('jobs of known work run on %d threads', async (threads) => {
  expect(benchHooks).toThrow('the wasm backend is not running. Call useWasmBackend() first');
  {
    using _backend = await useWasmBackend({ threads, simd: 'relaxed' });
    const { nothing, multiplyAdd } = benchHooks();
    nothing();
    const flops = multiplyAdd(10);
    expect(multiplyAdd(20)).toBe(2 * flops);
    expect(flops % (10 * threads)).toBe(0);
    const { readMemory } = benchHooks();
    expect(readMemory(1000)).toBe(1024);
    expect(readMemory(4096)).toBe(4096);
    expect(benchHooks().heapBytes()).toBe(heapMemory(backend()).buffer.byteLength);
  }
  expect(benchHooks).toThrow('the wasm backend is not running.');
});
