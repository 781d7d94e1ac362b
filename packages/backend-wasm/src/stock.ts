/**
 * tfjs-backend-wasm as it comes, on one thread: what this package's kernels are compared with.
 *
 * Import from `@gpt-ts/backend-wasm/stock`. It computes the same numbers, slower; a fallback where the other does not
 * start. Use one of the two in a process.
 */
import { useComposedBackend } from '@gpt-ts/kernels/composed';
import { startTfjs, tfjsBinary } from './tfjs.js';

/** Options of {@link useStockWasmBackend}. */
export interface StockWasmBackendOptions {
  /** As in `WasmBackendOptions`. */
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
  await startTfjs(tfjsBinary('ordinary', wasmPath));
  await useComposedBackend('wasm');
}
