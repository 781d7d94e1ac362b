/** Draws how far a piece of work is, once it takes longer than two seconds: one living line, or one now and then. */
import { createLogUpdate } from 'log-update';
import { printNote } from './io.js';
import { clock } from './train-view.js';

const QUIET_MS = 2000;
const REDRAW_MS = 200;
const LINE_MS = 10_000;

/** Follows one piece of work. */
export class ShareLine {
  readonly #now: () => number;
  readonly #live = process.stderr.isTTY ? createLogUpdate(process.stderr) : undefined;
  readonly #write: (line: string) => void;
  readonly #begin: number;
  #next: number;
  #first: number | undefined;
  #drawn = false;

  /** @param options - A clock and a place to write, for tests. */
  constructor(options: { now?: () => number; write?: (line: string) => void } = {}) {
    this.#now = options.now ?? (() => performance.now());
    this.#write = options.write ?? this.#live ?? printNote;
    this.#begin = this.#now();
    this.#next = this.#begin + QUIET_MS;
  }

  /**
   * Shows it when it is time. Work that begins in the middle, resumed, is timed from there.
   *
   * @param share - From 0 to 1.
   */
  show(what: string, share: number): void {
    const now = this.#now();
    this.#first ??= share;
    if (now < this.#next) return;
    this.#next = now + (this.#live ? REDRAW_MS : LINE_MS);
    this.#drawn = true;
    const done = share - this.#first;
    const left = done > 0 && share < 1 ? `  ${clock(((now - this.#begin) * (1 - share)) / done)} left` : '';
    this.#write(`${what}  ${Math.floor(share * 100)}%${left}`);
  }

  /** Leaves the line on the screen. */
  close(): void {
    if (this.#drawn) this.#live?.done();
  }
}
