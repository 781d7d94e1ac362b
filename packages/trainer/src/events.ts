/** What happens during training, in the order it happens. `log.jsonl` holds all of it, one line an event. */

/** A sitting begins: at the start of a run, and each time it is resumed. */
export interface TrainStart {
  type: 'train-start';
  /** Updates finished before this sitting. */
  step: number;
  /** Updates of the whole run. */
  maxSteps: number;
  /** Learned numbers. */
  parameters: number;
  /** What training holds in memory, in bytes, by what it is for; see `MemoryPlan`. */
  plan: Record<string, number>;
}

/** One update is done. */
export interface StepEnd {
  type: 'step-end';
  /** Updates finished, counting this one. */
  step: number;
  /** Loss of the batch before the update, in nats. */
  loss: number;
  /** Its parts in fine-tuning: `l2`, and `weightedL1`, which is lmCoef L1. They add up to the loss. */
  parts?: Record<string, number>;
  learningRate: number;
  /** Global norm of the gradient before clipping. */
  gradNorm: number;
  /** Sequences of the batch. */
  sequences: number;
  /** Tokens of the batch. */
  tokens: number;
  /** Tokens learned from since the run began. */
  tokensSeen: number;
  elapsedMs: number;
  tokensPerSecond: number;
  /** Floating-point operations a second, as a share of what the machine can do; left out where that is not known. */
  ceilingShare?: number;
  /** Bytes that the backend holds after the update. */
  memoryBytes: number;
}

/** The model was measured on data it does not learn from. */
export interface EvalEnd {
  type: 'eval-end';
  /** Updates finished before the measurement. */
  step: number;
  /** Mean loss in nats: of a token, in fine-tuning of an example. */
  loss: number;
  /** Tokens or examples predicted. */
  count: number;
  /** What else was measured, such as `accuracy`. */
  metrics?: Record<string, number>;
  /** Is it the lowest loss so far? */
  best: boolean;
  elapsedMs: number;
}

/** The model wrote something. */
export interface SampleEnd {
  type: 'sample-end';
  step: number;
  texts: string[];
}

/** The run was written to storage. */
export interface CheckpointEnd {
  type: 'checkpoint-end';
  step: number;
  file: string;
}

/** Something a person should look at. Training goes on. */
export interface TrainWarning {
  type: 'warning';
  step: number;
  /**
   * - `first-loss`: the first loss is far from that of a model that knows nothing
   * - `spike`: the loss jumped far out of its recent range
   * - `plateau`: evaluation has not improved for a while
   * - `skipped-checkpoint`: resuming passed over a checkpoint that is not whole
   * - `cleaning`: an old checkpoint could not be removed
   */
  kind: 'first-loss' | 'spike' | 'plateau' | 'skipped-checkpoint' | 'cleaning';
  message: string;
}

/** Training is over. */
export interface TrainEnd {
  type: 'train-end';
  step: number;
  /**
   * - `done`: all updates are made
   * - `aborted`: the signal asked for it; the run can be resumed
   * - `early-stop`: evaluation stopped improving; the model's files are those of `bestStep`
   */
  reason: 'done' | 'aborted' | 'early-stop';
  /** Updates before the best evaluation, if there was one. */
  bestStep?: number;
}

/** Any of them. */
export type TrainEvent = TrainStart | StepEnd | EvalEnd | SampleEnd | CheckpointEnd | TrainWarning | TrainEnd;
