import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';
import type { Platform } from '../platform.js';

const MAX_THREADS = 64; // layers of a small model have no work for more

/** Threads by `worker_threads`. */
export const platform: Platform = {
  defaultThreads: Math.min(MAX_THREADS, availableParallelism()),
  maxThreads: MAX_THREADS,
  sharedTfjs: fileURLToPath(new URL('../tfjs-backend-wasm-simd-shared.wasm', import.meta.url)),

  startWorker(setup, onLost) {
    const file = new URL('./worker.js', import.meta.url);
    const worker = new Worker(file, { workerData: setup, execArgv: [] }); // inherited, --input-type would refuse the file
    return new Promise((resolve, reject) => {
      worker.once('message', () => {
        worker.unref(); // does not keep the process alive
        resolve({ stop: () => void worker.terminate() });
      });
      worker.once('error', (error) => {
        onLost(error);
        reject(error);
      });
      worker.once('exit', (code) => onLost(`exit code ${code}`));
    });
  },
};
