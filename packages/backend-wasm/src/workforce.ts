/** The threads that run kernels. */
import type { KernelFunctions } from './kernel-module.js';

/** Runs a kernel function, split into calls that may run at the same time. */
export interface Workforce extends Disposable {
  readonly threads: number;
  /** One call a thread, at most; returns when all are done. */
  run(name: string, calls: readonly (readonly number[])[]): void;
}

/** Everything on the calling thread. */
export function singleThread(functions: KernelFunctions): Workforce {
  return {
    threads: 1,
    run(name, calls) {
      for (const args of calls) functions[name](...args);
    },
    [Symbol.dispose]() {},
  };
}
