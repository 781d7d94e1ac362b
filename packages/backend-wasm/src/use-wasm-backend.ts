import { GptError } from '@gpt-ts/core';
import { registerKernels } from '@gpt-ts/kernels';
import type { KernelBackend } from '@tensorflow/tfjs-core';
import { platform } from '#platform';
import { HEAP_BYTES, Heap, heapMemory, type WasmTensor } from './heap.js';
import { compileKernels } from './kernel-builds.js';
import { instantiateKernels } from './kernel-module.js';
import { type RunningBackend, runningBackend, setRunningBackend } from './running-backend.js';
import { chooseSimd, type SimdVariant } from './simd.js';
import { startTfjs, stopTfjs, tfjsBinary } from './tfjs.js';
import { threadPool } from './thread-pool.js';
import { chooseThreads } from './threads.js';
import { wasmKernels } from './wasm-kernels.js';
import { singleThread } from './workforce.js';

/** Options of {@link useWasmBackend}. */
export interface WasmBackendOptions {
  /**
   * Threads to compute on, the calling one included; 1 to 64. Default: as many as the process may use, in browsers as
   * many as the machine has cores. A page that is not cross-origin isolated gets 1, and a warning on the console. The
   * results are the same for any number, bit for bit.
   */
  threads?: number;
  /**
   * The build of the kernels. Default: `relaxed`, which is faster, where the engine can run it. The results of the two
   * differ in their last bits.
   */
  simd?: SimdVariant;
  /**
   * Folder or URL prefix, ending in `/`, of `tfjs-backend-wasm-simd.wasm` and `tfjs-backend-wasm-simd-shared.wasm`, as in
   * this package's `dist`. Default: found by `import.meta.url`, which Node, browsers and most bundlers understand.
   */
  wasmPath?: string;
}

/** What the backend runs on. Disposing it releases the threads and the heap. */
export interface WasmBackendInfo extends Disposable {
  backend: 'wasm';
  /** The build of the kernels. */
  simd: SimdVariant;
  /** Threads the kernels compute on. */
  threads: number;
  /** Why that many, for people: `2 cores this process may use`. */
  threadsBecause: string;
  /** The most that tensors can take together, in bytes: a 32-bit WebAssembly memory. */
  memoryLimitBytes: number;
}

let active: Promise<WasmBackendInfo> | undefined;

/**
 * Runs every op on WebAssembly SIMD kernels, on the same memory as tfjs-backend-wasm and without copies.
 *
 * Call it before the first tensor is made. The first call decides: later ones return the same answer, until that is
 * disposed. Dispose your tensors before it: they end with the heap. A program need not dispose it to exit.
 *
 * @throws InvalidArgumentError when `threads` or `simd` is not one of its values.
 * @throws RelaxedSimdError when `simd` is `'relaxed'` and the engine does not have it.
 * @throws WorkerLostError when a thread cannot start. Ops throw it when one is lost later.
 * @throws GptError `'no-wasm'` when the machine lacks WebAssembly SIMD or tfjs's module cannot be loaded.
 * @example
 * using backend = await useWasmBackend({ threads: 2 });
 * backend.threadsBecause; // => 'asked for'
 */
export function useWasmBackend(options: WasmBackendOptions = {}): Promise<WasmBackendInfo> {
  active ??= start(options).catch((error) => {
    active = undefined;
    throw error;
  });
  return active;
}

async function start(options: WasmBackendOptions): Promise<WasmBackendInfo> {
  const { threads, because } = chooseThreads(options.threads, platform);
  const simd = chooseSimd(options.simd, platform.enableRelaxedSimd);
  const tfjs = await startTfjs(tfjsBinary(threads > 1 ? 'shared' : 'ordinary', options.wasmPath));
  try {
    setRunningBackend(await startKernels(tfjs, simd, threads));
  } catch (error) {
    stopTfjs();
    throw error;
  }
  const own = runningBackend();
  let disposed = false;
  return {
    ...{ backend: 'wasm', simd, threads, threadsBecause: because, memoryLimitBytes: HEAP_BYTES },
    [Symbol.dispose]() {
      if (disposed) return;
      disposed = true;
      active = undefined;
      setRunningBackend(undefined);
      own.workforce[Symbol.dispose]();
      stopTfjs();
    },
  };
}

async function startKernels(
  tfjs: KernelBackend,
  simd: SimdVariant,
  threads: number,
): Promise<RunningBackend> {
  const memory = heapMemory(tfjs);
  const heap = new Heap(tfjs);
  const module = await compileKernels(simd, threads > 1 ? 'shared' : 'ordinary').catch((cause) => {
    throw new GptError('no-wasm', {
      message: 'this machine cannot run WebAssembly SIMD.',
      hint: 'Use Node 20.19 or newer, or a browser from 2023 or newer.',
      cause,
    });
  });
  const functions = await instantiateKernels(module, memory);
  const allocate = (bytes: number) => heap.allocate(bytes);
  const workforce =
    threads > 1
      ? await threadPool({ threads, module, memory, functions, platform, allocate })
      : singleThread(functions);
  registerKernels<WasmTensor>('wasm', wasmKernels(functions, heap, workforce), {
    open: (info) => heap.open(info),
    close: (result, same) => (same === undefined ? result.info : heap.share(same)),
  });
  return { functions, workforce, heap };
}
