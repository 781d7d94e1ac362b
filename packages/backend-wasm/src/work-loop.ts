/** What a thread of the pool does, in Node and in a browser: waits for a job, does it, says so. Ends with its worker. */
import { openControl, WAITING } from './control.js';
import { instantiateKernels, kernelNames } from './kernel-module.js';
import { spinWhile } from './spin.js';

/** What a worker is started with. */
export interface WorkerSetup {
  module: WebAssembly.Module;
  memory: WebAssembly.Memory;
  /** Address of the allocation with the control block. */
  control: number;
  workers: number;
  /** Which of them this one is, from 0. */
  index: number;
}

const SPIN_MS = 1; // kernels follow each other within microseconds, tokens within a millisecond; then sleep, so that an idle pool costs nothing

/**
 * Never returns.
 *
 * @param ready - Called once this thread waits for jobs.
 */
export async function workLoop(setup: WorkerSetup, ready: () => void): Promise<never> {
  const { module, memory, control, workers, index } = setup;
  const functions = await instantiateKernels(module, memory);
  const kernels = kernelNames(module).map((name) => functions[name]);
  const { words, mailboxes } = openControl(memory, control, workers);
  const { done, failed, asleep, ticket, kernel, args } = mailboxes[index];

  const sleep = (seen: number) => {
    Atomics.store(words, asleep, 1);
    Atomics.wait(words, ticket, seen);
    Atomics.store(words, asleep, 0);
  };
  const work = () => {
    const run = kernels[words[kernel]];
    const list: number[] = [];
    for (let i = 0; i < run.length; i++) list.push(args[i]);
    run(...list);
  };

  ready();
  for (let seen = 0; ; ) {
    while (!spinWhile(words, ticket, seen, SPIN_MS)) sleep(seen);
    seen = Atomics.load(words, ticket);
    try {
      work();
    } catch {
      Atomics.store(words, failed, 1); // a trap: the calling thread reports it
    }
    Atomics.store(words, done, seen);
    if (Atomics.load(words, WAITING) === 1) Atomics.notify(words, done);
  }
}
