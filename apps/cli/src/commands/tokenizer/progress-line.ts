/** Draws the learning of a vocabulary, once it takes longer than two seconds: one living line, or one now and then. */
import { createLogUpdate } from 'log-update';
import { printNote } from '../../io.js';
import { clock } from '../../train-view.js';
import { visible } from './visible.js';

/** What is drawn of training's events. */
export type Progress =
  | { type: 'count'; pieces: number; dropped?: number }
  | { type: 'merge'; merges: number; maxMerges: number; merge: readonly [string, string]; count: number };

const QUIET_MS = 2000;
const REDRAW_MS = 200;
const LINE_MS = 10_000;

/** Follows one training. */
export class ProgressLine {
  readonly #totalBytes: number;
  readonly #now: () => number;
  readonly #live = process.stderr.isTTY ? createLogUpdate(process.stderr) : undefined;
  readonly #write: (line: string) => void;
  readonly #every: number = this.#live ? REDRAW_MS : LINE_MS;
  #phase: Progress['type'] = 'count';
  #phaseBegin: number;
  #next: number;
  #drawn = false;

  /**
   * @param totalBytes - Of the text; `undefined` where nobody knows.
   * @param options - A clock and a place to write, for tests.
   */
  constructor(
    totalBytes: number | undefined,
    options: { now?: () => number; write?: (line: string) => void } = {},
  ) {
    this.#totalBytes = totalBytes ?? 0;
    this.#now = options.now ?? (() => performance.now());
    this.#write = options.write ?? this.#live ?? printNote;
    this.#phaseBegin = this.#now();
    this.#next = this.#phaseBegin + QUIET_MS;
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
    if (now < this.#next) return;
    this.#next = now + this.#every;
    this.#drawn = true;
    this.#write(this.#line(event, bytes, now - this.#phaseBegin));
  }

  /** Leaves the line on the screen. */
  close(): void {
    if (this.#drawn) this.#live?.done();
  }

  #line(event: Progress, bytes: number, elapsedMs: number): string {
    if (event.type === 'count') {
      const size = `${(bytes / 1e6).toFixed(1)} MB read, ${event.pieces.toLocaleString('en')} distinct pieces`;
      return `${size}${timeLeft(elapsedMs, bytes, this.#totalBytes)}`;
    }
    const { merges, maxMerges, merge, count } = event;
    const last = `${visible(merge.join(''))} ${count.toLocaleString('en')} times`;
    return `merge ${merges}/${maxMerges}  ${last}${timeLeft(elapsedMs, merges, maxMerges)}`;
  }
}

function timeLeft(elapsedMs: number, done: number, total: number): string {
  return done > 0 && done < total ? `  ${clock((elapsedMs * (total - done)) / done)} left` : '';
}
