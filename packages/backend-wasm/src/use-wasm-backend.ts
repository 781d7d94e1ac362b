import { GptError } from '@gpt-ts/core';
import { registerKernels } from '@gpt-ts/kernels';
import { setWasmPaths } from '@tensorflow/tfjs-backend-wasm';
import { backend, setBackend } from '@tensorflow/tfjs-core';
import { Heap, heapMemory, type WasmTensor } from './heap.js';
import { instantiateKernels } from './kernel-module.js';
import { wasmKernels } from './wasm-kernels.js';

/** Options of {@link useWasmBackend}. */
export interface WasmBackendOptions {
  /**
   * Folder or URL prefix of tfjs-backend-wasm's `.wasm` files. Needed in browsers, where a bundler moves them;
   * Node finds them by itself.
   */
  wasmPath?: string;
}

/** What the backend runs on. */
export interface WasmBackendInfo {
  backend: 'wasm';
  /** The kernels' instruction set. */
  simd: 'simd128';
  /** Threads the kernels compute on. */
  threads: number;
}

let active: Promise<WasmBackendInfo> | undefined;

/**
 * Runs every op on WebAssembly SIMD kernels, on the same memory as tfjs-backend-wasm and without copies.
 *
 * Call it once, before the first tensor is made; later calls return the same answer.
 *
 * @throws GptError `'no-wasm'` when the machine lacks WebAssembly SIMD or tfjs's module cannot be loaded.
 * @example
 * const { threads } = await useWasmBackend();
 */
export function useWasmBackend(options: WasmBackendOptions = {}): Promise<WasmBackendInfo> {
  active ??= start(options).catch((error) => {
    active = undefined;
    throw error;
  });
  return active;
}

async function start({ wasmPath }: WasmBackendOptions): Promise<WasmBackendInfo> {
  if (wasmPath !== undefined) setWasmPaths(wasmPath);
  if (!(await setBackend('wasm'))) {
    throw new GptError('no-wasm', {
      message: 'tfjs-backend-wasm could not start.',
      hint: 'In a browser, pass wasmPath: the folder with tfjs-backend-wasm-simd.wasm.',
    });
  }
  const tfjs = backend();
  const module = await instantiateKernels(heapMemory(tfjs)).catch((cause) => {
    throw new GptError('no-wasm', {
      message: 'this machine cannot run WebAssembly SIMD.',
      hint: 'Use Node 20.19 or newer, or a browser from 2023 or newer.',
      cause,
    });
  });
  const heap = new Heap(tfjs);
  registerKernels<WasmTensor>('wasm', wasmKernels(module, heap), {
    open: (info) => heap.open(info),
    close: (result, same) => (same === undefined ? result.info : heap.share(same)),
  });
  return { backend: 'wasm', simd: 'simd128', threads: 1 };
}
