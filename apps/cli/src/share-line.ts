/** Draws which share of a piece of work is done, once it takes longer than two seconds. */
import { type LineOptions, LiveLine, timeLeft } from './live-line.js';

/** Follows one piece of work. */
export class ShareLine {
  readonly #line: LiveLine;
  #first: number | undefined;

  constructor(options: LineOptions = {}) {
    this.#line = new LiveLine(options);
  }

  /**
   * Shows it when it is time. Work that begins in the middle, resumed, is timed from there.
   *
   * @param share - From 0 to 1.
   */
  show(what: string, share: number): void {
    this.#first ??= share;
    const first = this.#first;
    this.#line.show((elapsedMs) => {
      return `${what}  ${Math.floor(share * 100)}%${timeLeft(elapsedMs, share - first, 1 - first)}`;
    });
  }

  /** Leaves the line on the screen. */
  close(): void {
    this.#line.close();
  }
}
