/**
 * The words through which threads meet, on the shared heap.
 *
 * A job is published by writing the arguments, then raising EPOCH. Each worker does its part, lowers PENDING, and waits
 * for the next epoch: spinning for a moment, since kernels follow each other within microseconds, then asleep.
 */

/** Int32 words. */
export const EPOCH = 0;
export const PENDING = 1;
export const FUNCTION = 2;
export const FAILED = 3;
const WORDS = 4;

/** Each worker has a count (-1: nothing to do) and this many arguments, as doubles. */
const SLOT = 32;

/** Bytes of the control block for some workers. */
export function controlBytes(workers: number): number {
  return WORDS * 4 + workers * SLOT * 8;
}

/** Views of the control block at an address that is a multiple of 8. */
export function controlViews(
  memory: WebAssembly.Memory,
  address: number,
  workers: number,
): { words: Int32Array; slots: Float64Array[] } {
  return {
    words: new Int32Array(memory.buffer, address, WORDS),
    slots: Array.from(
      { length: workers },
      (_, i) => new Float64Array(memory.buffer, address + WORDS * 4 + i * SLOT * 8, SLOT),
    ),
  };
}

/** What a worker is started with. */
export interface WorkerSetup {
  module: WebAssembly.Module;
  memory: WebAssembly.Memory;
  /** Address of the control block. */
  control: number;
  workers: number;
  /** Which of them this one is, from 0. */
  index: number;
}
