/** tfjs's wasm backend, which owns the heap: started on one of its binaries, and removed again. */
import { GptError } from '@gpt-ts/core';
import { setWasmPaths } from '@tensorflow/tfjs-backend-wasm';
import {
  backend,
  env,
  findBackendFactory,
  type KernelBackend,
  registerBackend,
  removeBackend,
  setBackend,
} from '@tensorflow/tfjs-core';
import { platform } from '#platform';

type Factory = ReturnType<typeof findBackendFactory>;

let removed: Factory | undefined;

/**
 * Makes `'wasm'` the current backend of tfjs.
 *
 * @param binary - Path or URL of tfjs's SIMD module.
 * @throws GptError `'no-wasm'` when it cannot be loaded, or the machine lacks WebAssembly SIMD.
 */
export async function startTfjs(binary: string): Promise<KernelBackend> {
  if (removed) registerBackend('wasm', removed);
  removed = undefined;
  env().set('WASM_HAS_MULTITHREAD_SUPPORT', false); // tfjs's own threads; ours share its single-threaded module
  try {
    const names = ['', '-simd', '-threaded-simd'] as const; // tfjs wants all three; it loads the second
    setWasmPaths(Object.fromEntries(names.map((name) => [`tfjs-backend-wasm${name}.wasm`, binary])));
    if (await setBackend('wasm')) return backend();
  } catch (cause) {
    throw cannotStart(binary, cause); // tfjs refuses new paths once a start has failed
  }
  throw cannotStart(binary);
}

function cannotStart(binary: string, cause?: unknown): GptError {
  return new GptError('no-wasm', {
    message: `tfjs-backend-wasm could not start from ${binary}.`,
    hint: 'Make the file readable there, or pass wasmPath, the folder that has it; then start the program again.',
    cause,
  });
}

/** Where tfjs's module for a kind of memory is: in the given folder, or where this package has it. */
export function tfjsBinary(memory: 'ordinary' | 'shared', wasmPath: string | undefined): string {
  if (wasmPath === undefined) return platform.tfjs[memory];
  return `${wasmPath}tfjs-backend-wasm-simd${memory === 'shared' ? '-shared' : ''}.wasm`;
}

/** Removes the backend: its heap, and all tensors on it, are gone. */
export function stopTfjs(): void {
  removed = findBackendFactory('wasm');
  removeBackend('wasm');
}
