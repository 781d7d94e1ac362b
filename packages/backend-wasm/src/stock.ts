/**
 * tfjs-backend-wasm as it comes, on one thread: what this package's kernels are compared with.
 *
 * Import from `@gpt-ts/backend-wasm/stock`. It computes the same numbers, slower; a fallback where the other does not
 * start. Use one of the two in a process.
 */
import { GptError } from '@gpt-ts/core';
import { useComposedBackend } from '@gpt-ts/kernels/composed';
import { setWasmPaths } from '@tensorflow/tfjs-backend-wasm';
import { env } from '@tensorflow/tfjs-core';

/** Options of {@link useStockWasmBackend}. */
export interface StockWasmBackendOptions {
  /** Folder or URL prefix of tfjs-backend-wasm's `.wasm` files. Needed in browsers; Node finds them by itself. */
  wasmPath?: string;
}

/**
 * Runs every op as a composition of the operations of an unchanged tfjs-backend-wasm: SIMD, one thread.
 *
 * @throws GptError `'no-wasm'` when tfjs's module cannot be loaded.
 * @example
 * await useStockWasmBackend();
 */
export async function useStockWasmBackend({ wasmPath }: StockWasmBackendOptions = {}): Promise<void> {
  if (wasmPath !== undefined) setWasmPaths(wasmPath);
  env().set('WASM_HAS_MULTITHREAD_SUPPORT', false);
  await useComposedBackend('wasm').catch((cause) => {
    throw new GptError('no-wasm', {
      message: 'tfjs-backend-wasm could not start.',
      hint: 'In a browser, pass wasmPath: the folder with tfjs-backend-wasm-simd.wasm.',
      cause,
    });
  });
}
