/** What the backend asks of its surroundings; `#platform` in package.json picks Node's or the browser's answer. */
import type { WorkerSetup } from './work-loop.js';

/** Node or a browser. */
export interface Platform {
  /** Cores the program may use. */
  readonly cores: number;
  /** What says so, after the number: "cores this process may use". */
  readonly coresAre: string;
  /** Where threads cannot share memory: why, and what to do about it. */
  readonly alone: { readonly because: string; readonly hint: string } | undefined;
  /** Paths or URLs of tfjs's module, for an ordinary and for a shared memory. */
  readonly tfjs: { readonly ordinary: string; readonly shared: string };
  /** Switches relaxed SIMD on where the engine has it behind a flag. */
  enableRelaxedSimd(): void;
  /** Starts a worker; resolves when it waits for work. `onLost` hears of its end, whenever that comes. */
  startWorker(setup: WorkerSetup, onLost: (reason: unknown) => void): Promise<WorkerHandle>;
}

/** A running worker. */
export interface WorkerHandle {
  /** False once its thread has ended. Knows it at once, though this thread waits and hears no events. */
  isAlive(): boolean;
  stop(): void;
}
