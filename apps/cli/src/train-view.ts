/** Draws a run: one living block on a terminal, a line now and then elsewhere. All of it on stderr. */
import type { TrainEvent } from '@gpt-ts/trainer';
import { plot } from 'asciichart';
import { createLogUpdate } from 'log-update';
import { printNote } from './io.js';

const CHART_WIDTH = 60;
const CHART_HEIGHT = 8;
const REDRAW_MS = 200;
const LINE_MS = 10_000;

/** Follows the events of one run. */
export class TrainView {
  readonly #maxSteps: number;
  readonly #evalEvery: number;
  readonly #live = process.stderr.isTTY ? createLogUpdate(process.stderr) : undefined;
  readonly #losses: number[] = [];
  #stepMs = 0;
  #evalMs = 0;
  #tokensPerSecond = 0;
  #validation: number | undefined;
  #accuracy: number | undefined;
  #drawn = 0;

  constructor(recipe: { maxSteps: number; evalEvery: number }) {
    this.#maxSteps = recipe.maxSteps;
    this.#evalEvery = recipe.evalEvery;
  }

  /** Takes one event in and shows it when it is time. */
  show(event: TrainEvent): void {
    if (event.type === 'step-end') {
      this.#losses.push(event.loss);
      this.#stepMs = this.#stepMs === 0 ? event.elapsedMs : 0.95 * this.#stepMs + 0.05 * event.elapsedMs;
      this.#tokensPerSecond = (1000 * event.tokens) / this.#stepMs;
      this.#draw(event.step, event.step === 1 || event.step === this.#maxSteps);
    } else if (event.type === 'eval-end') {
      this.#evalMs = event.elapsedMs;
      this.#validation = event.loss;
      this.#accuracy = event.metrics?.accuracy;
      this.#draw(event.step, true);
    } else if (event.type === 'warning') {
      this.#say(`warning at step ${event.step}: ${event.message}`);
    } else if (event.type === 'sample-end') {
      this.#say(event.texts.map((text) => `step ${event.step} writes: ${plain(text)}`).join('\n'));
    } else if (event.type === 'train-end' && this.#live === undefined && this.#losses.length > 1) {
      printNote(`\n${this.#chart()}\n`);
    }
  }

  /** Leaves what is on the screen there, so that what follows starts on a line of its own. */
  close(): void {
    this.#live?.done();
  }

  /** Says something that stays, above the block that lives. */
  #say(text: string): void {
    if (this.#live === undefined) printNote(text);
    else this.#live.persist(text);
  }

  #draw(step: number, now: boolean): void {
    const time = performance.now();
    if (!now && time - this.#drawn < (this.#live ? REDRAW_MS : LINE_MS)) return;
    this.#drawn = time;
    if (this.#live === undefined) {
      printNote(this.#line(step));
      return;
    }
    this.#live(`${bar(step / this.#maxSteps)} ${this.#line(step)}\n\n${this.#chart()}\n`);
  }

  #chart(): string {
    if (this.#losses.length < 2) return '';
    return plot(shrink(this.#losses, CHART_WIDTH), { height: CHART_HEIGHT });
  }

  #line(step: number): string {
    const recent = this.#losses.slice(-20);
    const loss = recent.reduce((sum, value) => sum + value, 0) / recent.length;
    const evalsLeft = Math.ceil((this.#maxSteps - step) / this.#evalEvery);
    const left = (this.#maxSteps - step) * this.#stepMs + evalsLeft * this.#evalMs;
    return [
      `step ${step}/${this.#maxSteps}`,
      recent.length > 0 ? `loss ${loss.toFixed(3)}` : undefined,
      this.#validation === undefined ? undefined : `validation ${this.#validation.toFixed(3)}`,
      this.#accuracy === undefined ? undefined : `accuracy ${this.#accuracy.toFixed(3)}`,
      this.#tokensPerSecond > 0
        ? `${Math.round(this.#tokensPerSecond).toLocaleString('en')} tokens/s`
        : undefined,
      this.#stepMs > 0 && step < this.#maxSteps ? `${clock(left)} left` : undefined,
    ]
      .filter((part) => part !== undefined)
      .join('  ');
  }
}

/** A model's text for a terminal: control characters could do things to it. */
function plain(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is taken out
  return text.replace(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f]/g, '\ufffd');
}

/** A duration as people say it: 45s, 3m 05s, 2h 10m. */
export function clock(ms: number): string {
  const s = Math.round(ms / 1000);
  if (s < 60) return `${s}s`;
  if (s < 3600) return `${Math.floor(s / 60)}m ${String(s % 60).padStart(2, '0')}s`;
  return `${Math.floor(s / 3600)}h ${String(Math.floor((s % 3600) / 60)).padStart(2, '0')}m`;
}

/** At most `width` points, each the mean of its share. */
export function shrink(values: readonly number[], width: number): number[] {
  if (values.length <= width) return [...values];
  return Array.from({ length: width }, (_, i) => {
    const from = Math.floor((i * values.length) / width);
    const to = Math.floor(((i + 1) * values.length) / width);
    return values.slice(from, to).reduce((sum, value) => sum + value, 0) / (to - from);
  });
}

function bar(share: number): string {
  const width = 24;
  const full = Math.round(share * width);
  return `${'█'.repeat(full)}${'░'.repeat(width - full)}`;
}
