/** Starts a worker from the build, wherever its caller was loaded from. */
import { Worker } from 'node:worker_threads';

/** @param memoryMiB - Of its heap; past that it ends. */
export function startExtractWorker(memoryMiB: number): Worker {
  return new Worker(new URL('./extract-worker.js', import.meta.url), {
    execArgv: [],
    stdout: true, // a page's parser has nothing to say to our reader
    stderr: true,
    resourceLimits: { maxOldGenerationSizeMb: memoryMiB, stackSizeMb: 4 },
  });
}
