/** A thread of the pool: waits for a job, does its part of it, says so. Ends with the process. */
import { parentPort, workerData } from 'node:worker_threads';
import { controlViews, EPOCH, FAILED, FUNCTION, PENDING, type WorkerSetup } from '../control.js';
import { instantiateKernels, kernelAt } from '../kernel-module.js';

const SPINS = 5_000; // about 50 microseconds; then sleep, so that an idle pool costs nothing

const { module, memory, control, workers, index } = workerData as WorkerSetup;
const { words, slots } = controlViews(memory, control, workers);
const slot = slots[index];
const functions = await instantiateKernels(module, memory);
let seen = Atomics.load(words, EPOCH);
parentPort?.postMessage('ready');

for (;;) {
  for (let spin = 0; spin < SPINS && Atomics.load(words, EPOCH) === seen; spin++);
  while (Atomics.load(words, EPOCH) === seen) Atomics.wait(words, EPOCH, seen);
  seen = Atomics.load(words, EPOCH);
  try {
    const count = slot[0];
    if (count >= 0) kernelAt(functions, words[FUNCTION])(...slot.subarray(1, 1 + count));
  } catch {
    Atomics.store(words, FAILED, 1); // a trap: the main thread reports it
  }
  if (Atomics.sub(words, PENDING, 1) === 1) Atomics.notify(words, PENDING);
}
