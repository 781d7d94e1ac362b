import type { EvalEnd, TrainEnd, TrainWarning } from '@gpt-ts/trainer';
import type { Run } from './run.js';

/** A loss in nats, and after how many updates. */
export interface LossAt {
  step: number;
  loss: number;
}

/** A few losses that stand for all. */
export interface LossSummary {
  first: LossAt;
  last: LossAt;
  best: LossAt;
}

/** A run in a few numbers; JSON as it is. What the log does not say is left out. */
export interface RunSummary {
  /** Updates finished. */
  steps: number;
  /** Updates of the whole run. */
  maxSteps?: number;
  /** Learned numbers. */
  parameters?: number;
  /** Missing while the run goes on, and after a crash. */
  ended?: TrainEnd['reason'];
  /** Times the run was started or resumed. */
  sittings?: number;
  /** Of single batches, before the update. */
  training?: LossSummary;
  /** On data the model does not learn from. */
  validation?: LossSummary;
  /** Tokens learned from. */
  tokens: number;
  /** Time spent on updates and evaluations. */
  seconds: number;
  /** Tokens learned from by second spent on updates. */
  tokensPerSecond?: number;
  /** Floating-point operations a second as a share of what the machine can do, in the mean over updates. */
  ceilingShare?: number;
  /** The most that the backend held after an update. */
  peakMemoryBytes?: number;
  checkpoints: number;
  warnings: Omit<TrainWarning, 'type'>[];
}

/**
 * A run in a few numbers.
 *
 * @example
 * const { training, seconds } = summaryOf(readLog(bytes));
 */
export function summaryOf(run: Run): RunSummary {
  const { steps, evaluations, warnings, sittings } = run;
  const trained = sum(steps.elapsedMs) / 1000;
  const measured = evaluations.reduce((total, { elapsedMs }) => total + (elapsedMs || 0), 0) / 1000;
  const tokens = steps.tokensSeen[steps.length - 1] || 0;
  const peak = steps.memoryBytes.reduce((most, bytes) => Math.max(most, bytes || 0), 0);
  const share = mean(steps.ceilingShare);
  return {
    steps: steps.length === 0 ? (sittings.at(-1)?.step ?? 0) : steps.step[steps.length - 1],
    maxSteps: sittings.at(-1)?.maxSteps,
    parameters: sittings.at(-1)?.parameters,
    ended: run.end?.reason,
    sittings: sittings.length || undefined,
    training: lossSummary(steps.step, steps.loss),
    validation: lossSummary(
      evaluations.map(({ step }) => step),
      evaluations.map(({ loss }) => loss),
    ),
    tokens,
    seconds: trained + measured,
    tokensPerSecond: trained > 0 ? sum(steps.tokens) / trained : undefined,
    ceilingShare: Number.isNaN(share) ? undefined : share,
    peakMemoryBytes: peak || undefined,
    checkpoints: run.checkpoints.length,
    warnings: warnings.map(({ step, kind, message }) => ({ step, kind, message })),
  };
}

/** The evaluation with the lowest loss, the first of equals. */
export function bestEvaluation({ evaluations }: Run): EvalEnd | undefined {
  return evaluations.reduce<EvalEnd | undefined>(
    (best, each) => (each.loss < (best?.loss ?? Number.POSITIVE_INFINITY) ? each : best),
    undefined,
  );
}

function lossSummary(steps: ArrayLike<number>, losses: ArrayLike<number>): LossSummary | undefined {
  let [first, last, best] = [-1, -1, -1];
  for (let i = 0; i < losses.length; i++) {
    if (Number.isNaN(losses[i])) continue;
    if (first < 0) first = best = i;
    if (losses[i] < losses[best]) best = i;
    last = i;
  }
  const at = (i: number): LossAt => ({ step: steps[i], loss: losses[i] });
  return first < 0 ? undefined : { first: at(first), last: at(last), best: at(best) };
}

/** The sum of the numbers that are there. */
function sum(values: Float64Array): number {
  return values.reduce((total, value) => total + (value || 0), 0);
}

function mean(values: Float64Array): number {
  const there = values.filter((value) => !Number.isNaN(value));
  return sum(there) / there.length;
}
