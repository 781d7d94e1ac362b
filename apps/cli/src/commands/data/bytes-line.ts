/** Says how far a long reading is, once it takes longer than two seconds: one living line, or one now and then. */
import { createLogUpdate } from 'log-update';
import { printNote } from '../../io.js';
import { clock } from '../../train-view.js';

const QUIET_MS = 2000;
const REDRAW_MS = 200;
const LINE_MS = 10_000;

/** Follows one reading. */
export class BytesLine {
  readonly #totalBytes: number;
  readonly #now: () => number;
  readonly #live = process.stderr.isTTY ? createLogUpdate(process.stderr) : undefined;
  readonly #write: (line: string) => void;
  readonly #begin: number;
  #next: number;
  #bytes = 0;
  #drawn = false;

  /**
   * @param totalBytes - To be read in all; what is read twice counts twice.
   * @param options - A clock and a place to write, for tests.
   */
  constructor(totalBytes: number, options: { now?: () => number; write?: (line: string) => void } = {}) {
    this.#totalBytes = totalBytes;
    this.#now = options.now ?? (() => performance.now());
    this.#write = options.write ?? this.#live ?? printNote;
    this.#begin = this.#now();
    this.#next = this.#begin + QUIET_MS;
  }

  /** Some bytes were read. */
  add(bytes: number): void {
    this.#bytes += bytes;
    const now = this.#now();
    if (now < this.#next) return;
    this.#next = now + (this.#live ? REDRAW_MS : LINE_MS);
    this.#drawn = true;
    const mega = (count: number) => (count / 1e6).toFixed(1);
    const left = ((now - this.#begin) * (this.#totalBytes - this.#bytes)) / this.#bytes;
    const time = left > 0 ? `  ${clock(left)} left` : '';
    this.#write(`${mega(this.#bytes)} of ${mega(this.#totalBytes)} MB read${time}`);
  }

  /** Leaves the line on the screen. */
  close(): void {
    if (this.#drawn) this.#live?.done();
  }
}
