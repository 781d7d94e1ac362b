import { InvalidArgumentError } from '@gpt-ts/core';
import { backendName, causalAttention, dispose, gelu, linear, memory, tensor } from '@gpt-ts/kernels';
import { afterEach, describe, expect, test } from 'vitest';
import type { SimdVariant } from './simd.js';
import { useWasmBackend, type WasmBackendInfo, type WasmBackendOptions } from './use-wasm-backend.js';

let backend: WasmBackendInfo | undefined;

async function start(options?: WasmBackendOptions): Promise<WasmBackendInfo> {
  return (backend = await useWasmBackend(options));
}

afterEach(() => backend?.[Symbol.dispose]());

/** Enough work for four threads, of odd sizes. */
async function block(): Promise<number[]> {
  const wave = (...shape: number[]) =>
    tensor(
      Float32Array.from({ length: shape.reduce((a, b) => a * b) }, (_, i) => Math.sin(1.3 * i)),
      shape,
    );
  const tensors = [wave(3, 67, 90), wave(90, 270), wave(270)];
  const qkv = linear(tensors[0], tensors[1], tensors[2]);
  const out = causalAttention(qkv, 5);
  const dropped = causalAttention(qkv, 5, {
    pattern: { kind: 'strided', stride: 7 },
    dropout: { rate: 0.1, source: { seed: 1, name: 'block', step: 2 } },
  });
  const values = [...(await qkv.data()), ...(await out.data()), ...(await dropped.data())];
  dispose([...tensors, qkv, out, dropped]);
  return values;
}

describe('what is asked for', () => {
  test.each([0, 1.5, -1, 65, Number.NaN])('%s threads are refused, and nothing is set', async (threads) => {
    await expect(useWasmBackend({ threads })).rejects.toThrow(InvalidArgumentError);
    await expect(useWasmBackend({ threads })).rejects.toThrow(
      `threads must be an integer from 1 to 64, got ${threads}.`,
    );
    expect(backendName()).toBeFalsy();
  });

  test('another instruction set is refused', async () => {
    const simd = 'simd128' as SimdVariant;
    await expect(useWasmBackend({ simd })).rejects.toThrow(
      "simd must be 'relaxed' or 'plain', got \"simd128\".",
    );
  });

  test('the first call decides: later ones give the same answer', async () => {
    const [first, second] = await Promise.all([start({ threads: 2 }), useWasmBackend()]);
    expect(first).toMatchObject({
      backend: 'wasm',
      simd: 'relaxed', // Node 20 has it behind a flag
      threads: 2,
      threadsBecause: 'asked for',
      memoryLimitBytes: 4294967296,
    });
    expect(second).toBe(first);
    expect(await useWasmBackend({ threads: 1 })).toBe(first);
    expect(backendName()).toBe('wasm');
  });
});

describe.each(['relaxed', 'plain'] as const)('the %s kernels', (simd) => {
  test('give the same bits on 1, 2, 3 and 4 threads', async () => {
    await start({ threads: 1, simd });
    const want = await block();
    for (const threads of [2, 3, 4]) {
      backend?.[Symbol.dispose]();
      expect(await start({ threads, simd })).toMatchObject({ simd, threads });
      expect(await block()).toEqual(want);
    }
  });
});

describe('disposing it', () => {
  test('removes the backend; the next call starts another', async () => {
    const first = await start({ threads: 2 });
    first[Symbol.dispose]();
    expect(backendName()).toBeFalsy();
    const second = await start({ threads: 1 });
    first[Symbol.dispose](); // once more: nothing
    expect(second.threads).toBe(1);
    const x = tensor(Float32Array.of(0), [1]);
    const y = gelu(x);
    expect(await y.data()).toEqual(Float32Array.of(0));
    dispose([x, y]);
    expect(memory().numTensors).toBe(0);
  });
});
