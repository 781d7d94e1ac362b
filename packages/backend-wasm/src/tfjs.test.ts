import { expect, test } from 'vitest';
import { useWasmBackend } from './use-wasm-backend.js';

test('a folder without tfjs-backend-wasm is named, and the second time too', async () => {
  for (let i = 0; i < 2; i++) {
    await expect(useWasmBackend({ threads: 1, wasmPath: '/nowhere/' })).rejects.toThrow(
      'tfjs-backend-wasm could not start from /nowhere/tfjs-backend-wasm-simd.wasm.',
    );
  }
});
