/**
 * Threads that fork and join on shared memory: the calling one and some workers.
 *
 * A fork writes a few words and a join reads one for each worker; neither makes a system call while the threads are awake.
 * The two take 0.4 microseconds on 2 cores of an AMD EPYC: `BenchHooks.nothing` is one.
 */
import { type Control, controlBytes, MAX_ARGUMENTS, type Mailbox, openControl, WAITING } from './control.js';
import { type KernelFunctions, kernelNames } from './kernel-module.js';
import type { Platform, WorkerHandle } from './platform.js';
import { spinWhile } from './spin.js';
import { WorkerLostError } from './worker-lost-error.js';
import type { Workforce } from './workforce.js';

const SPIN_MS = 0.5; // parts are of one size, so the others are nearly done
const LOOK_MS = 100; // how often a sleeping join looks whether the worker is alive
const ANSWER_MS = 120_000; // no single kernel takes this long

/** What {@link threadPool} needs. */
export interface ThreadPoolOptions {
  /** The calling one included: 2 or more. */
  threads: number;
  /** The kernels, built for shared memory. */
  module: WebAssembly.Module;
  /** The shared memory that they work on. */
  memory: WebAssembly.Memory;
  /** The calling thread's instance of them. */
  functions: KernelFunctions;
  platform: Pick<Platform, 'startWorker'>;
  /** Gives room on the memory, for as long as the pool lives. */
  allocate(bytes: number): number;
}

/**
 * Starts the workers.
 *
 * @throws WorkerLostError when one cannot start. `run` throws it when one has died or trapped, and from then on.
 */
export async function threadPool(options: ThreadPoolOptions): Promise<Workforce> {
  const { threads, module, memory, functions, platform, allocate } = options;
  const workers = threads - 1;
  const places = placesOf(module, functions);
  const control = allocate(controlBytes(workers));
  const { words, mailboxes } = openControl(memory, control, workers);
  words.fill(0);

  const handles: WorkerHandle[] = [];
  let lost: unknown; // why the pool can no longer work
  const stop = (reason: unknown) => {
    lost ??= reason;
    handles.forEach((handle) => void handle.stop());
  };
  const fail = (reason: unknown): never => {
    stop(reason);
    throw new WorkerLostError(lost);
  };
  const starts = mailboxes.map(async (_, index) => {
    const setup = { module, memory, control, workers, index };
    handles[index] = await platform.startWorker(setup, (reason) => {
      lost ??= reason;
    });
  });
  await Promise.allSettled(starts);
  await Promise.all(starts).catch(fail);

  const waitWhile = maySleep(words) ? sleepWhile : spinWhile;
  let ticket = 0;
  const join = (name: string, parts: number) => {
    let failed = 0;
    for (let i = 0; i < parts; i++) {
      const problem = awaitTicket(words, mailboxes[i], ticket, handles[i], waitWhile);
      if (problem) fail(problem);
      failed |= words[mailboxes[i].failed];
    }
    if (failed) fail(`${name} trapped`);
  };

  return {
    threads,
    run(name, calls) {
      if (lost !== undefined) fail(lost);
      const parts = calls.length - 1;
      ticket = (ticket + 1) | 0;
      for (let i = 0; i < parts; i++) publish(words, mailboxes[i], ticket, places[name], calls[i + 1]);
      try {
        functions[name](...calls[0]);
      } finally {
        join(name, parts); // also when this thread's part has trapped: the heap may not change behind the error's back
      }
    },
    [Symbol.dispose]: () => stop('the backend was disposed'),
  };
}

/** The place of each kernel in the list that all threads share. */
function placesOf(module: WebAssembly.Module, functions: KernelFunctions): Record<string, number> {
  const names = kernelNames(module);
  for (const name of names) {
    if (functions[name].length > MAX_ARGUMENTS) {
      throw new Error(`${name} has over ${MAX_ARGUMENTS} parameters; raise MAX_ARGUMENTS in control.ts`);
    }
  }
  return Object.fromEntries(names.map((name, place) => [name, place]));
}

function publish(
  words: Control['words'],
  { args, kernel, ticket, asleep }: Mailbox,
  job: number,
  place: number,
  call: readonly number[],
): void {
  words[kernel] = place;
  for (let i = 0; i < call.length; i++) args[i] = call[i];
  Atomics.store(words, ticket, job);
  if (Atomics.load(words, asleep) === 1) Atomics.notify(words, ticket);
}

/** Returns when the worker has done the job, or what keeps it from doing it. */
function awaitTicket(
  words: Control['words'],
  { done }: Mailbox,
  job: number,
  handle: WorkerHandle,
  waitWhile: typeof spinWhile,
): string | undefined {
  const before = Atomics.load(words, done);
  if (before === job || spinWhile(words, done, before, SPIN_MS)) return undefined;
  const limit = performance.now() + ANSWER_MS;
  Atomics.store(words, WAITING, 1);
  try {
    while (!waitWhile(words, done, before, LOOK_MS)) {
      if (!handle.isAlive()) return 'it ended in the middle of its work';
      if (performance.now() > limit) return `it has not answered for ${ANSWER_MS / 1000} seconds`;
    }
  } finally {
    Atomics.store(words, WAITING, 0);
  }
  return undefined;
}

/** Sleeps while a word has a value, for `ms` milliseconds at most. Returns whether it has changed. */
function sleepWhile(words: Int32Array, at: number, value: number, ms: number): boolean {
  return Atomics.wait(words, at, value, ms) !== 'timed-out';
}

/** A page's main thread may not sleep. */
function maySleep(words: Int32Array): boolean {
  try {
    Atomics.wait(words, WAITING, 1); // it is 0: returns at once
    return true;
  } catch {
    return false;
  }
}
