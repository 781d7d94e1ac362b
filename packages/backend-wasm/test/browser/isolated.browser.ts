import { useWasmBackend } from '@gpt-ts/backend-wasm';
import { describe, expect, test, vi } from 'vitest';
import { bits, conformance } from './suite.js';

describe('a page that is cross-origin isolated', () => {
  test('computes on its cores, without a warning', async () => {
    const warn = vi.spyOn(console, 'warn');
    expect(crossOriginIsolated).toBe(true);
    const cores = navigator.hardwareConcurrency;
    using backend = await useWasmBackend();
    expect(backend).toMatchObject({ threads: cores, simd: 'relaxed' });
    expect(backend.threadsBecause).toMatch(new RegExp(`^${cores} cores? the browser reports$`));
    expect(warn).not.toHaveBeenCalled();
  });

  test.each(['relaxed', 'plain'] as const)('gives the same bits on 1, 2 and 3 threads, %s', async (simd) => {
    const want = await bits({ threads: 1, simd });
    for (const threads of [2, 3]) expect(await bits({ threads, simd })).toEqual(want);
  });

  conformance({ threads: 2, simd: 'relaxed' });
  conformance({ threads: 2, simd: 'plain' });
});
