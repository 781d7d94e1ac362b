/** What the backend asks of its surroundings; `#platform` in package.json picks Node's or the browser's answer. */
import type { WorkerSetup } from './control.js';

/** Node or a browser. */
export interface Platform {
  /** Threads worth using when nobody says how many. */
  readonly defaultThreads: number;
  /** Most threads that can run here. */
  readonly maxThreads: number;
  /** Path of tfjs's module on shared memory, where there are threads. */
  readonly sharedTfjs: string | undefined;
  /** Starts a worker; resolves when it waits for work. */
  startWorker(setup: WorkerSetup, onLost: (reason: unknown) => void): Promise<WorkerHandle>;
}

/** A running worker. */
export interface WorkerHandle {
  stop(): void;
}
