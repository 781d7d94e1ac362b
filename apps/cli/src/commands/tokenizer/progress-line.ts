/** Draws the learning of a vocabulary. */
import { type LineOptions, LiveLine, timeLeft } from '../../live-line.js';
import { visible } from './visible.js';

/** What is drawn of training's events. */
export type Progress =
  | { type: 'count'; pieces: number; dropped?: number }
  | { type: 'merge'; merges: number; maxMerges: number; merge: readonly [string, string]; count: number };

/** Follows one training. */
export class ProgressLine {
  readonly #totalBytes: number;
  readonly #now: () => number;
  readonly #line: LiveLine;
  #phase: Progress['type'] = 'count';
  #phaseBegin: number;

  /**
   * @param totalBytes - Of the text; `undefined` where nobody knows.
   * @param options - A clock and a place to write, for tests.
   */
  constructor(totalBytes: number | undefined, options: LineOptions = {}) {
    this.#totalBytes = totalBytes ?? 0;
    this.#now = options.now ?? (() => performance.now());
    this.#line = new LiveLine(options);
    this.#phaseBegin = this.#now();
  }

  /**
   * Takes one event in and shows it when it is time.
   *
   * @param bytes - Of the text, read so far.
   */
  show(event: Progress, bytes: number): void {
    const now = this.#now();
    if (event.type !== this.#phase) {
      this.#phase = event.type;
      this.#phaseBegin = now;
    }
    this.#line.show(() => this.#describe(event, bytes, now - this.#phaseBegin));
  }

  /** Leaves the line on the screen. */
  close(): void {
    this.#line.close();
  }

  #describe(event: Progress, bytes: number, elapsedMs: number): string {
    if (event.type === 'count') {
      const size = `${(bytes / 1e6).toFixed(1)} MB read, ${event.pieces.toLocaleString('en')} distinct pieces`;
      return `${size}${timeLeft(elapsedMs, bytes, this.#totalBytes)}`;
    }
    const { merges, maxMerges, merge, count } = event;
    const last = `${visible(merge.join(''))} ${count.toLocaleString('en')} times`;
    return `merge ${merges}/${maxMerges}  ${last}${timeLeft(elapsedMs, merges, maxMerges)}`;
  }
}
