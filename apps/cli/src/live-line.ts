/** One line about long work, once it takes longer than two seconds: living on a terminal, one now and then elsewhere. */
import { createLogUpdate } from 'log-update';
import { printNote } from './io.js';
import { clock } from './train-view.js';

const QUIET_MS = 2000;
const REDRAW_MS = 200;
const LINE_MS = 10_000;

/** A clock and a place to write, for tests. */
export interface LineOptions {
  now?: () => number;
  write?: (line: string) => void;
}

/** Says on stderr how work goes on. */
export class LiveLine {
  readonly #now: () => number;
  readonly #live = process.stderr.isTTY ? createLogUpdate(process.stderr) : undefined;
  readonly #write: (line: string) => void;
  readonly #every: number = this.#live ? REDRAW_MS : LINE_MS;
  readonly #begin: number;
  #next: number;
  #drawn = false;

  constructor(options: LineOptions = {}) {
    this.#now = options.now ?? (() => performance.now());
    this.#write = options.write ?? this.#live ?? printNote;
    this.#begin = this.#now();
    this.#next = this.#begin + QUIET_MS;
  }

  /** Shows a line when it is time; it is made only then, from how long the work has taken. */
  show(line: (elapsedMs: number) => string): void {
    const now = this.#now();
    if (now < this.#next) return;
    this.#next = now + this.#every;
    this.#drawn = true;
    this.#write(line(now - this.#begin));
  }

  /** Leaves the line on the screen. */
  close(): void {
    if (this.#drawn) this.#live?.done();
  }
}

/** How long the rest takes at the pace of what is done; empty when nobody can say. */
export function timeLeft(elapsedMs: number, done: number, total: number): string {
  return done > 0 && done < total ? `  ${clock((elapsedMs * (total - done)) / done)} left` : '';
}
