/** The threads that run kernels: one, or a pool that forks and joins on shared memory. */
import { GptError } from '@gpt-ts/core';
import { controlBytes, controlViews, EPOCH, FAILED, FUNCTION, PENDING } from './control.js';
import { type KernelFunctions, kernelIndex } from './kernel-module.js';
import type { Platform, WorkerHandle } from './platform.js';

/** Runs a kernel function, split into calls that may run at the same time. */
export interface Workforce {
  readonly threads: number;
  /** One call a thread, at most; returns when all are done. */
  run(name: string, calls: readonly (readonly number[])[]): void;
}

/** A worker died, trapped, or does not answer. */
export class WorkerLostError extends GptError {
  constructor(reason: unknown) {
    super('worker-lost', {
      message: `a compute thread is gone: ${String(reason)}.`,
      hint: 'Start the program again; if it happens twice, use threads: 1 and report it.',
    });
  }
}

/** Everything on the calling thread. */
export function singleThread(functions: KernelFunctions): Workforce {
  return {
    threads: 1,
    run(name, calls) {
      for (const args of calls) functions[name](...args);
    },
  };
}

const SPINS = 20_000; // about 0.2 ms: parts are of one size, so the others are nearly done
const ANSWER_MS = 120_000; // no single kernel takes this long

/**
 * The calling thread and `threads - 1` workers.
 *
 * @param allocate - Gives room on the shared heap, aligned to 8 bytes.
 */
export async function threadPool(options: {
  threads: number;
  module: WebAssembly.Module;
  memory: WebAssembly.Memory;
  functions: KernelFunctions;
  platform: Platform;
  allocate(bytes: number): number;
}): Promise<Workforce> {
  const { threads, module, memory, functions, platform, allocate } = options;
  const workers = threads - 1;
  const control = allocate(controlBytes(workers));
  const { words, slots } = controlViews(memory, control, workers);
  words.fill(0);
  let lost: unknown;
  const handles: WorkerHandle[] = await Promise.all(
    slots.map((_, index) =>
      platform.startWorker({ module, memory, control, workers, index }, (reason) => {
        lost ??= reason;
      }),
    ),
  );

  const fail = (reason: unknown): never => {
    lost = reason;
    for (const handle of handles) handle.stop();
    throw new WorkerLostError(reason);
  };

  return {
    threads,
    run(name, calls) {
      if (lost !== undefined) fail(lost);
      if (calls.length > 1) {
        slots.forEach((slot, i) => {
          const args = calls[i + 1];
          slot[0] = args?.length ?? -1;
          if (args) slot.set(args, 1);
        });
        words[FUNCTION] = kernelIndex(name);
        Atomics.store(words, PENDING, workers);
        Atomics.add(words, EPOCH, 1);
        Atomics.notify(words, EPOCH);
      }
      functions[name](...calls[0]);
      if (calls.length > 1) {
        for (let spin = 0; spin < SPINS && Atomics.load(words, PENDING) > 0; spin++);
        for (;;) {
          const pending = Atomics.load(words, PENDING);
          if (pending === 0) break;
          if (Atomics.wait(words, PENDING, pending, ANSWER_MS) === 'timed-out') fail('it does not answer');
        }
        if (Atomics.load(words, FAILED) !== 0) fail(`${name} trapped`);
      }
    },
  };
}
