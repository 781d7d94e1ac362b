import type { BenchHooks } from '@gpt-ts/backend-wasm/bench';
import type { Slice } from './alternate.js';

/** What the ratio of a GFLOP/s row compares with. */
export const CEILING = 'multiply-add loop';

/**
 * Slices of the fastest arithmetic that the machine does in WebAssembly: multiply-adds on registers alone, on all threads
 * at once. Each takes about `sliceMs` and gives GFLOP/s.
 */
export function ceilingSlices({ multiplyAdd }: BenchHooks, sliceMs = 30): Slice {
  const slice = (rounds: number) => {
    const start = performance.now();
    const flops = multiplyAdd(rounds);
    return { flops, ms: performance.now() - start };
  };
  slice(1000); // compiled from here on
  let rounds = 1000;
  for (let { ms } = slice(rounds); ms < sliceMs / 2; { ms } = slice(rounds)) rounds *= 2;
  return () => {
    const { flops, ms } = slice(rounds);
    return flops / ms / 1e6;
  };
}

/** What the ratio of a GB/s row compares with. */
export const READING = 'reading loop';

/** Slices of the fastest reading that the machine does in WebAssembly: `bytes` of memory, loaded on all threads and not used. */
export function readingSlices({ readMemory }: BenchHooks, bytes: number): Slice {
  readMemory(bytes); // allocated from here on
  return () => {
    const start = performance.now();
    const read = readMemory(bytes);
    return read / (performance.now() - start) / 1e6;
  };
}
