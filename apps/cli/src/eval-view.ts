/** How far an evaluation has come, on stderr: one living line on a terminal, a line now and then elsewhere. */
import { createLogUpdate } from 'log-update';
import { printNote } from './io.js';
import { clock } from './train-view.js';

const REDRAW_MS = 200;
const LINE_MS = 10_000;
const QUIET_MS = 2000; // what takes less says nothing

/** Follows an evaluation. */
export class EvalView {
  readonly #live = process.stderr.isTTY ? createLogUpdate(process.stderr) : undefined;
  readonly #unit: string;
  readonly #start = performance.now();
  #first: number | undefined;
  #drawn = 0;

  /** @param unit - What is counted: `'items'`. */
  constructor(unit: string) {
    this.#unit = unit;
  }

  show(done: number, all: number, more = ''): void {
    this.#first ??= done; // what was there before took no time
    const time = performance.now();
    const wait = this.#live ? REDRAW_MS : LINE_MS;
    if (time - this.#start < QUIET_MS || (time - this.#drawn < wait && done < all)) return;
    this.#drawn = time;
    const speed = (done - this.#first) / (time - this.#start);
    const left = done < all && speed > 0 ? `  ${clock((all - done) / speed)} left` : '';
    const line = `${done}/${all} ${this.#unit}${more}${left}`;
    if (this.#live) this.#live(line);
    else printNote(line);
  }

  close(): void {
    this.#live?.done();
  }
}
