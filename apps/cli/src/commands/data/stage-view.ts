/** Draws the stages of a pipeline on stderr: one living line on a terminal, a line now and then elsewhere. */
import type { StageEvent } from '@gpt-ts/webtext';
import { createLogUpdate } from 'log-update';
import { printNote } from '../../io.js';
import { clock } from '../../train-view.js';

const REDRAW_MS = 200;
const LINE_MS = 10_000;

/** Follows one run. */
export class StageView {
  readonly #live = process.stderr.isTTY ? createLogUpdate(process.stderr) : undefined;
  readonly #write: (line: string) => void = this.#live ?? printNote;
  readonly #every: number = this.#live ? REDRAW_MS : LINE_MS;
  #begin = 0;
  #doneBefore: number | undefined;
  #next = 0;

  /** Takes one event in and shows it when it is time. */
  show(event: StageEvent): void {
    const now = performance.now();
    if (event.type === 'stage-start') {
      this.#begin = now;
      this.#next = now + this.#every;
      this.#doneBefore = undefined;
    } else if (event.type === 'stage-progress') {
      this.#doneBefore ??= event.done;
      if (now < this.#next) return;
      this.#next = now + this.#every;
      this.#write(this.#line(event, now - this.#begin));
    } else {
      this.close();
      const { stage, counts, skipped } = event;
      printNote(
        `${stage.padEnd(8)} ${number(counts.out)} of ${number(counts.in)} kept${skipped ? ', done before' : ''}`,
      );
    }
  }

  /** Takes the living line away. */
  close(): void {
    this.#live?.clear();
  }

  #line(
    { stage, done, all, counts }: Extract<StageEvent, { type: 'stage-progress' }>,
    elapsedMs: number,
  ): string {
    const now = done - (this.#doneBefore ?? 0); // in this sitting
    const left = now > 0 && done < all ? `  ${clock((elapsedMs * (all - done)) / now)} left` : '';
    const share = all === 0 ? '' : `${Math.floor((100 * done) / all)} %  `;
    return `${stage.padEnd(8)} ${share}${number(counts.out)} of ${number(counts.in)} kept${left}`;
  }
}

/** A number as people read it. */
export function number(value: number): string {
  return value.toLocaleString('en');
}
