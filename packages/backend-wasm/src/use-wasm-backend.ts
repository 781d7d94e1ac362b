import { GptError, InvalidArgumentError } from '@gpt-ts/core';
import { registerKernels } from '@gpt-ts/kernels';
import { setWasmPaths } from '@tensorflow/tfjs-backend-wasm';
import { backend, env, setBackend } from '@tensorflow/tfjs-core';
import { platform } from '#platform';
import { Heap, heapMemory, type WasmTensor } from './heap.js';
import { compileKernels, instantiateKernels } from './kernel-module.js';
import { wasmKernels } from './wasm-kernels.js';
import { singleThread, threadPool } from './workforce.js';

/** Options of {@link useWasmBackend}. */
export interface WasmBackendOptions {
  /**
   * Threads to compute on, the calling one included. Default: as many as the process may use. In browsers: 1. The
   * results are the same for any number, bit for bit.
   */
  threads?: number;
  /**
   * Folder or URL prefix of tfjs-backend-wasm's `.wasm` files. Needed in browsers, where a bundler moves them;
   * Node finds them by itself, and with more than one thread ignores this.
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
 * Call it before the first tensor is made. The first call decides: later ones return the same answer.
 *
 * @throws InvalidArgumentError when `threads` is more than can run here.
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

async function start({
  threads = platform.defaultThreads,
  wasmPath,
}: WasmBackendOptions): Promise<WasmBackendInfo> {
  const { maxThreads, sharedTfjs } = platform;
  if (!Number.isInteger(threads) || threads < 1 || threads > maxThreads) {
    const expected = `an integer from 1 to ${maxThreads}`;
    throw new InvalidArgumentError({ argument: 'threads', expected, received: threads });
  }
  const shared = threads > 1;
  if (shared) {
    const names = ['', '-simd', '-threaded-simd'] as const; // tfjs wants all three; it loads the second
    setWasmPaths(Object.fromEntries(names.map((name) => [`tfjs-backend-wasm${name}.wasm`, sharedTfjs])));
  } else if (wasmPath !== undefined) setWasmPaths(wasmPath);
  env().set('WASM_HAS_MULTITHREAD_SUPPORT', false); // tfjs's own threads; ours share its single-threaded module
  if (!(await setBackend('wasm'))) {
    throw new GptError('no-wasm', {
      message: 'tfjs-backend-wasm could not start.',
      hint: 'In a browser, pass wasmPath: the folder with tfjs-backend-wasm-simd.wasm.',
    });
  }
  const tfjs = backend();
  const memory = heapMemory(tfjs);
  const heap = new Heap(tfjs);
  const module = await compileKernels(shared).catch((cause) => {
    throw new GptError('no-wasm', {
      message: 'this machine cannot run WebAssembly SIMD.',
      hint: 'Use Node 20.19 or newer, or a browser from 2023 or newer.',
      cause,
    });
  });
  const functions = await instantiateKernels(module, memory);
  const allocate = (bytes: number) => heap.allocate(bytes);
  const workforce = shared
    ? await threadPool({ threads, module, memory, functions, platform, allocate })
    : singleThread(functions);
  registerKernels<WasmTensor>('wasm', wasmKernels(functions, heap, workforce), {
    open: (info) => heap.open(info),
    close: (result, same) => (same === undefined ? result.info : heap.share(same)),
  });
  return { backend: 'wasm', simd: 'simd128', threads };
}
