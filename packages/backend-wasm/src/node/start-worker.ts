import { Worker } from 'node:worker_threads';
import type { WorkerHandle } from '../platform.js';
import type { WorkerSetup } from '../work-loop.js';

/** Starts a file that runs the work loop; see `Platform.startWorker`. */
export function startWorker(
  file: URL,
  setup: WorkerSetup,
  onLost: (reason: unknown) => void,
): Promise<WorkerHandle> {
  const worker = new Worker(file, { workerData: setup, execArgv: [] }); // inherited, --input-type would refuse the file
  return new Promise((resolve, reject) => {
    worker.once('message', () => {
      worker.unref(); // does not keep the process alive
      const { performance } = worker;
      performance.eventLoopUtilization(); // the first call finds the clock, which an ended thread no longer has
      resolve({
        // The one thing that a waiting thread, which hears no events, can learn of a worker: -1 for an ended one.
        isAlive: () => worker.threadId !== -1 && performance.eventLoopUtilization().idle !== -1,
        stop: () => void worker.terminate(),
      });
    });
    const end = (reason: unknown) => {
      onLost(reason);
      reject(reason);
    };
    worker.once('error', end);
    worker.once('exit', (code) => end(new Error(`its thread ended with code ${code}`)));
  });
}
