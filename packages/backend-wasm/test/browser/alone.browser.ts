import { useWasmBackend } from '@gpt-ts/backend-wasm';
import { describe, expect, test, vi } from 'vitest';
import { conformance } from './suite.js';

describe('a page that is not cross-origin isolated', () => {
  test('computes on one thread and says once why, and what to do', async () => {
    const warn = vi.spyOn(console, 'warn').mockImplementation(() => {});
    expect(crossOriginIsolated).toBe(false);
    for (const options of [{ threads: 1 }, {}, { threads: 2 }]) {
      using backend = await useWasmBackend(options);
      expect(backend.threads).toBe(1);
      const because = options.threads === 1 ? 'asked for' : 'the page is not cross-origin isolated';
      expect(backend.threadsBecause).toBe(because);
    }
    expect(warn.mock.calls).toEqual([
      [
        'gpt-ts computes on one thread: the page is not cross-origin isolated. For more threads, serve it with the ' +
          'headers Cross-Origin-Opener-Policy: same-origin and Cross-Origin-Embedder-Policy: require-corp.',
      ],
    ]);
  });

  conformance({ threads: 1, simd: 'relaxed' });
  conformance({ threads: 1, simd: 'plain' });
});
