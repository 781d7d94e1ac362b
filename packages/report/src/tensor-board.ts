import { ByteBuffer } from './byte-buffer.js';
import { EventWriter, type Scalar } from './event-writer.js';
import type { ColumnName, Run } from './run.js';

/** What the log does not know. */
export interface TensorBoardOptions {
  /** When the run was started, in ms as `Date.now()` gives it. Times of events are this plus the time spent by then. */
  startTime: number;
}

/** What TensorBoard calls a column. */
const TAGS: [ColumnName, string][] = [
  ['loss', 'loss/train'],
  ['learningRate', 'learning_rate'],
  ['gradNorm', 'gradient_norm'],
  ['tokensPerSecond', 'tokens_per_second'],
  ['ceilingShare', 'ceiling_share'],
  ['tokensSeen', 'tokens_seen'],
  ['memoryBytes', 'memory_bytes'],
];

/**
 * The bytes of a file that TensorBoard reads, to be written under the name {@link tensorBoardFile} gives.
 *
 * Scalars: `loss/train`, `loss/train/<part>`, `loss/validation`, `validation/<metric>`, `learning_rate`, `gradient_norm`,
 * `tokens_per_second`, `ceiling_share`, `tokens_seen`, `memory_bytes`, those that the log has. Texts: `samples`. Nothing is
 * thinned: about 250 bytes an update.
 *
 * @see https://github.com/tensorflow/tensorflow/blob/v2.16.1/tensorflow/core/util/event.proto
 */
export function tensorBoardEvents(run: Run, { startTime }: TensorBoardOptions): Uint8Array {
  const out = new ByteBuffer();
  const events = new EventWriter(out);
  let time = startTime;
  events.version(time);
  for (const { step, row, evaluation, sample } of bySteps(run)) {
    if (row !== undefined) {
      time += run.steps.elapsedMs[row] || 0;
      events.scalars(time, step, updateScalars(run, row));
    }
    if (evaluation !== undefined) {
      time += evaluation.elapsedMs || 0;
      const metrics = Object.entries(evaluation.metrics ?? {});
      const named = metrics.map(([name, value]): Scalar => [`validation/${name}`, value]);
      events.scalars(time, step, [['loss/validation', evaluation.loss], ...named]);
    }
    if (sample !== undefined) events.texts(time, step, 'samples', sample.texts);
  }
  return out.slice();
}

/**
 * A name by which TensorBoard knows the file, below the folder of a run.
 *
 * @example
 * tensorBoardFile({ startTime: 1_700_000_000_000 }); // => 'events.out.tfevents.1700000000.gpt-ts'
 */
export function tensorBoardFile({ startTime }: TensorBoardOptions): string {
  const seconds = String(Math.floor(startTime / 1000)).padStart(10, '0');
  return `events.out.tfevents.${seconds}.gpt-ts`;
}

interface AtStep {
  step: number;
  row?: number;
  evaluation?: Run['evaluations'][number];
  sample?: Run['samples'][number];
}

/** What happened, by step. */
function* bySteps({ steps, evaluations, samples }: Run): Iterable<AtStep> {
  let [row, evaluation, sample] = [0, 0, 0];
  for (;;) {
    const next = [steps.step[row], evaluations[evaluation]?.step, samples[sample]?.step];
    const step = Math.min(...next.filter((each) => each !== undefined));
    if (step === Number.POSITIVE_INFINITY) return;
    yield {
      step,
      row: next[0] === step ? row++ : undefined,
      evaluation: next[1] === step ? evaluations[evaluation++] : undefined,
      sample: next[2] === step ? samples[sample++] : undefined,
    };
  }
}

function updateScalars({ steps }: Run, row: number): Scalar[] {
  const parts = [...steps.parts].map(([name, values]): Scalar => [`loss/train/${name}`, values[row]]);
  return [...TAGS.map(([name, tag]): Scalar => [tag, steps[name][row]]), ...parts];
}
