import type { TrainEvent } from '@gpt-ts/trainer';
import type { Run } from './run.js';
import { StepColumns } from './step-columns.js';

/** Puts events together to a run. Where the log goes back, because the run was resumed, what comes later counts. */
export class RunBuilder {
  readonly #steps = new StepColumns();
  readonly #run: Omit<Run, 'steps'> = {
    sittings: [],
    evaluations: [],
    samples: [],
    checkpoints: [],
    warnings: [],
  };

  add(event: TrainEvent): void {
    const run = this.#run;
    switch (event.type) {
      case 'train-start':
        this.#rewind(event.step);
        run.sittings.push(event);
        break;
      case 'step-end':
        if (event.step <= this.#steps.last) {
          this.#rewind(event.step);
          this.#steps.rewind(event.step - 1);
        }
        this.#steps.push(event);
        run.end = undefined;
        break;
      case 'eval-end':
        put(run.evaluations, event, () => true);
        break;
      case 'sample-end':
        put(run.samples, event, () => true);
        break;
      case 'checkpoint-end':
        put(run.checkpoints, event, () => true);
        break;
      case 'warning':
        put(run.warnings, event, (old) => old.kind === event.kind && old.message === event.message);
        break;
      case 'train-end':
        run.end = event;
        break;
    }
  }

  build(): Run {
    return { ...this.#run, steps: this.#steps.series() };
  }

  /** Forgets what the log says of the time after a step. */
  #rewind(step: number): void {
    const { evaluations, samples, checkpoints, warnings } = this.#run;
    this.#steps.rewind(step);
    for (const list of [evaluations, samples, checkpoints, warnings]) {
      while (list.length > 0 && list[list.length - 1].step > step) list.pop();
    }
    this.#run.end = undefined;
  }
}

/** Puts an event where its step belongs, in place of one of that step that says the `same`. */
function put<Event extends { step: number }>(
  list: Event[],
  event: Event,
  same: (old: Event) => boolean,
): void {
  let end = list.length;
  while (end > 0 && list[end - 1].step > event.step) end--;
  for (let i = end - 1; i >= 0 && list[i].step === event.step; i--) {
    if (same(list[i])) {
      list[i] = event;
      return;
    }
  }
  list.splice(end, 0, event);
}
