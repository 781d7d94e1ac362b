import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import type { Platform } from '../batch/platform.js';

/** Workers by `worker_threads`. */
export const platform: Platform = {
  cores: availableParallelism(),

  startWorker({ reply, end }) {
    // Inherited, --input-type would refuse the file.
    const worker = new Worker(new URL('./encode-worker.js', import.meta.url), { execArgv: [] });
    worker.on('message', reply);
    worker.on('error', end);
    worker.on('exit', (code) => end(`its thread ended with code ${code}`));
    worker.unref();
    return {
      send: (request) => worker.postMessage(request),
      hold: (alive) => (alive ? worker.ref() : worker.unref()),
      stop: () => void worker.terminate(),
    };
  },
};
