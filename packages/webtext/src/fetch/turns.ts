/** Who may ask when: one request at a time to a host, with a pause between two, and so many at once in all. */
import { setTimeout as sleep } from 'node:timers/promises';

/** Hands out turns. */
export class Turns {
  readonly #hosts = new Map<string, Host>();
  readonly #waiting: (() => void)[] = [];
  #free: number;

  /** @param concurrency - Requests at once, to all hosts together. */
  constructor(concurrency: number) {
    this.#free = concurrency;
  }

  /** Runs `work` when it is this host's turn, at least `delayMs` after the end of the host's last one. */
  async take<T>(host: string, delayMs: number, signal: AbortSignal, work: () => Promise<T>): Promise<T> {
    const own = this.#hosts.get(host) ?? { last: Promise.resolve(), endedAt: -Infinity };
    this.#hosts.set(host, own);
    const before = own.last;
    let end = () => {};
    own.last = new Promise((resolve) => (end = resolve));
    try {
      await before;
      const wait = own.endedAt + delayMs - performance.now();
      if (wait > 0) await sleep(wait, undefined, { signal });
      signal.throwIfAborted();
      return await this.#inSlot(work);
    } finally {
      own.endedAt = performance.now();
      end();
    }
  }

  async #inSlot<T>(work: () => Promise<T>): Promise<T> {
    if (this.#free > 0) this.#free--;
    else await new Promise<void>((resolve) => this.#waiting.push(resolve)); // the slot is handed over
    try {
      return await work();
    } finally {
      const next = this.#waiting.shift();
      if (next) next();
      else this.#free++;
    }
  }
}

interface Host {
  last: Promise<void>;
  endedAt: number;
}
