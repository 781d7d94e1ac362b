/** What happens during training, in the order it happens. */

/** One update is done. */
export interface StepEnd {
  type: 'step-end';
  /** Updates finished, counting this one. */
  step: number;
  /** Mean loss of the batch before the update, in nats per token. */
  loss: number;
  learningRate: number;
  /** Global norm of the gradient before clipping. */
  gradNorm: number;
  /** Tokens in the batch. */
  tokens: number;
  elapsedMs: number;
}

/** The model was measured on text it does not learn from. */
export interface EvalEnd {
  type: 'eval-end';
  /** Updates finished before the measurement. */
  step: number;
  /** Mean loss in nats per token. */
  loss: number;
  /** Tokens predicted. */
  tokens: number;
  elapsedMs: number;
}

/** The run was written to storage. */
export interface CheckpointEnd {
  type: 'checkpoint-end';
  step: number;
}

/** Training is over. */
export interface TrainEnd {
  type: 'train-end';
  step: number;
  /** `'aborted'`: the signal asked for it; the run can be resumed. */
  reason: 'done' | 'aborted';
}

/** Any of them. */
export type TrainEvent = StepEnd | EvalEnd | CheckpointEnd | TrainEnd;
