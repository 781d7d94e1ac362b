/** What `encodeBatch` asks of its surroundings; `#platform` in package.json picks Node's or the browser's answer. */
import type { Reply, Request } from './messages.js';

/** Node or a browser. */
export interface Platform {
  /** Cores the program may use. */
  readonly cores: number;
  startWorker(on: { reply(reply: Reply): void; end(reason: unknown): void }): WorkerHandle;
}

/** A running worker. */
export interface WorkerHandle {
  send(request: Request): void;
  /** Whether it keeps the program alive. */
  hold(alive: boolean): void;
  stop(): void;
}
