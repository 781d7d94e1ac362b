/** The parts of the backend that runs, for those who need more than ops. */
import { GptError } from '@gpt-ts/core';
import type { Heap } from './heap.js';
import type { KernelFunctions } from './kernel-module.js';
import type { Workforce } from './workforce.js';

/** One at a time: tfjs has one `'wasm'` backend. */
export interface RunningBackend {
  functions: KernelFunctions;
  workforce: Workforce;
  heap: Heap;
}

let running: RunningBackend | undefined;

/** Sets or clears it. */
export function setRunningBackend(backend: RunningBackend | undefined): void {
  running = backend;
}

/** @throws GptError `'no-backend'` when none runs. */
export function runningBackend(): RunningBackend {
  if (running) return running;
  throw new GptError('no-backend', {
    message: 'the wasm backend is not running.',
    hint: 'Call useWasmBackend() first, and ask before it is disposed.',
  });
}
