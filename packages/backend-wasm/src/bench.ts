/** What a benchmark needs of the running backend, beyond ops. Import from `@gpt-ts/backend-wasm/bench`. */
import { backend } from '@tensorflow/tfjs-core';
import { heapMemory } from './heap.js';
import { runningBackend } from './running-backend.js';

/** Jobs for all threads at once, and what they leave behind. */
export interface BenchHooks {
  /** Forks and joins, with nothing to do in between. */
  nothing(): void;
  /**
   * Multiplies and adds in registers alone, as fast as the build of the kernels can.
   *
   * @param rounds - How often each thread does it; a round is 96 floating-point operations.
   * @returns Floating-point operations done by all threads together.
   */
  multiplyAdd(rounds: number): number;
  /**
   * Reads memory and does nothing with it, all threads a part each.
   *
   * @param bytes - How much; far more than the caches hold, to measure memory. Held from the first call on.
   * @returns Bytes read.
   */
  readMemory(bytes: number): number;
  /** Size of the heap, in bytes; it never shrinks. */
  heapBytes(): number;
}

/**
 * The hooks of the backend that `useWasmBackend` started.
 *
 * @throws GptError `'no-backend'` when there is none.
 * @example
 * await useWasmBackend({ threads: 2 });
 * benchHooks().nothing(); // about half a microsecond
 */
export function benchHooks(): BenchHooks {
  const { functions, workforce, heap } = runningBackend();
  const { threads, run } = workforce;
  const oneEach = (call: (thread: number) => number[]) =>
    Array.from({ length: threads }, (_, thread) => call(thread));
  const region = { at: 0, bytes: 0 };
  const nothing = oneEach(() => [0, 0]);
  return {
    nothing: () => run('nothing', nothing),
    multiplyAdd(rounds) {
      const results = heap.scratch(256 * threads);
      run(
        'multiplyAdd',
        oneEach((thread) => [0, rounds, results + 256 * thread]),
      );
      return threads * rounds * functions.multiplyAddFlops();
    },
    readMemory(bytes) {
      const part = Math.ceil(bytes / threads / 128) * 128;
      if (region.bytes < part * threads) {
        region.at = heap.allocate(part * threads + 128);
        region.bytes = part * threads;
        const touched = new Uint8Array(heapMemory(backend()).buffer, region.at, region.bytes);
        touched.fill(1); // memory that was never written may be one page of zeros
      }
      const results = heap.scratch(256 * threads);
      const first = Math.ceil(region.at / 128) * 128;
      run(
        'readMemory',
        oneEach((thread) => [first + thread * part, first + (thread + 1) * part, results + 256 * thread]),
      );
      return part * threads;
    },
    heapBytes: () => heapMemory(backend()).buffer.byteLength,
  };
}
