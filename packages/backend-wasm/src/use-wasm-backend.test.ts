import { InvalidArgumentError } from '@gpt-ts/core';
import { backendName, gelu, tensor } from '@gpt-ts/kernels';
import { expect, test } from 'vitest';
import { useWasmBackend } from './use-wasm-backend.js';

test.each([0, 1.5, -1, 65, Number.NaN])('%s threads are refused, and nothing is set', async (threads) => {
  await expect(useWasmBackend({ threads })).rejects.toThrow(InvalidArgumentError);
  await expect(useWasmBackend({ threads })).rejects.toThrow(
    `threads must be an integer from 1 to 64, got ${threads}.`,
  );
  expect(() => tensor(Float32Array.of(1), [1])).toThrow('no backend is set');
});

test('the first call decides: later ones give the same answer', async () => {
  const [first, second] = await Promise.all([useWasmBackend({ threads: 2 }), useWasmBackend()]);
  expect(first).toEqual({ backend: 'wasm', simd: 'simd128', threads: 2 });
  expect(second).toBe(first);
  expect(await useWasmBackend({ threads: 1 })).toBe(first);
  expect(backendName()).toBe('wasm');
  const x = tensor(Float32Array.of(0), [1]);
  expect(await gelu(x).data()).toEqual(Float32Array.of(0));
});
