/** Says how much of a known amount is done, once it takes longer than two seconds. */
import { createLogUpdate } from 'log-update';
import { printNote } from '../../io.js';
import { clock } from '../../train-view.js';

const QUIET_MS = 2000;
const REDRAW_MS = 200;
const LINE_MS = 10_000;

/** One living line on a terminal, or a line now and then. */
export class CountProgress {
  readonly #what: string;
  readonly #total: number;
  readonly #live = process.stderr.isTTY ? createLogUpdate(process.stderr) : undefined;
  readonly #begin: number = performance.now();
  #next: number = this.#begin + QUIET_MS;

  constructor(what: string, total: number) {
    this.#what = what;
    this.#total = total;
  }

  /** Takes in how much is done, and shows it when it is time. */
  show(done: number): void {
    const now = performance.now();
    if (now < this.#next) return;
    this.#next = now + (this.#live ? REDRAW_MS : LINE_MS);
    const left = clock(((now - this.#begin) * (this.#total - done)) / done);
    const line = `${done.toLocaleString('en')} of ${this.#total.toLocaleString('en')} ${this.#what}  ${left} left`;
    (this.#live ?? printNote)(line);
  }

  /** Leaves the line on the screen. */
  close(): void {
    this.#live?.done();
  }
}
