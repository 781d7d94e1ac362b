/** Draws how many of a known number are done, once it takes longer than two seconds. */
import { type LineOptions, LiveLine, timeLeft } from './live-line.js';

/** Follows what is counted. */
export class CountLine {
  readonly #what: string;
  readonly #line: LiveLine;
  #first: number | undefined;

  /** @param what - Is counted: `'items'`. */
  constructor(what: string, options: LineOptions = {}) {
    this.#what = what;
    this.#line = new LiveLine(options);
  }

  /** Shows it when it is time. What the first call tells of was there before, and took no time. */
  show(done: number, all: number): void {
    this.#first ??= done;
    const first = this.#first;
    this.#line.show((elapsedMs) => {
      const counts = `${done.toLocaleString('en')} of ${all.toLocaleString('en')} ${this.#what}`;
      return counts + timeLeft(elapsedMs, done - first, all - first);
    });
  }

  /** Leaves the line on the screen. */
  close(): void {
    this.#line.close();
  }
}
