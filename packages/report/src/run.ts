import type { CheckpointEnd, EvalEnd, SampleEnd, TrainEnd, TrainStart, TrainWarning } from '@gpt-ts/trainer';

/** All that a log says of a run, by step. */
export interface Run {
  /** One for each time the run was started or resumed. Logs of older versions have none. */
  sittings: TrainStart[];
  steps: StepSeries;
  evaluations: EvalEnd[];
  samples: SampleEnd[];
  checkpoints: CheckpointEnd[];
  warnings: TrainWarning[];
  /** How the last sitting ended; missing while it goes on, and after a crash. */
  end?: TrainEnd;
}

/** The numbers of a `StepEnd`, which are kept in columns. */
export const COLUMNS = [
  'step',
  'loss',
  'learningRate',
  'gradNorm',
  'sequences',
  'tokens',
  'tokensSeen',
  'elapsedMs',
  'tokensPerSecond',
  'ceilingShare',
  'memoryBytes',
] as const;

export type ColumnName = (typeof COLUMNS)[number];

/**
 * The updates in columns of `length` numbers, because a million objects would take a gigabyte. Row `i` of all columns is one
 * update; steps rise from row to row. NaN stands for what the log does not say.
 *
 * Units are those of `StepEnd`: losses in nats, times in ms, memory in bytes.
 */
export interface StepSeries extends Record<ColumnName, Float64Array> {
  length: number;
  /** Parts of the loss, by name. */
  parts: Map<string, Float64Array>;
}
