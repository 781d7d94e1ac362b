/** What a run minimises: how a batch becomes a loss. The trainer knows nothing else of what it trains. */
import type { Storage } from '@gpt-ts/core';
import type { Parameter, Tensor } from '@gpt-ts/kernels';
import type { GPT, GPTConfig, Pass } from '@gpt-ts/model';

/** What a model makes of data it does not learn from. */
export interface Evaluation {
  /** Mean loss in nats: of a token, or of an example. */
  loss: number;
  /** Tokens or examples. */
  count: number;
  /** What else was measured, by name. */
  metrics?: Record<string, number>;
}

/** How large a batch is. */
export interface BatchSize {
  /** What the recipe's `batchSize` counts. */
  sequences: number;
  /** Rows that the model reads: more than one a sequence where an example has several. */
  rows: number;
  /** Positions of a row. */
  seqLen: number;
}

/** A loss over a model. Disposing it disposes the model. */
export interface Objective<B> extends Disposable {
  /** Its name in checkpoints; see {@link ObjectiveKind}. */
  readonly kind: string;
  /** The language model inside. */
  readonly gpt: GPT;
  /** What is learned, by name. */
  readonly parameters: ReadonlyMap<string, Parameter>;
  /** Loss of a model that knows nothing, in nats. */
  readonly uniformLoss: number;
  /** What the tensors behind the first of {@link losses} are called. */
  readonly parts: readonly string[];
  sizeOf(batch: B): BatchSize;
  /** The batch in pieces of up to `size` sequences. */
  split(batch: B, size: number): B[];
  /**
   * Scalars: the loss, then its parts. Of a piece of an update they are its share, so that those of all pieces add up.
   *
   * @param whole - The batch of the update.
   */
  losses(batch: B, whole: B, pass: Pass): Tensor[];
  /** @param signal - Stops between two batches, throwing the signal's reason. */
  evaluate(batches: Iterable<B>, signal?: AbortSignal): Promise<Evaluation>;
  /** The same loss over other values of the parameters, which stay the caller's. */
  over(parameters: ReadonlyMap<string, Parameter>): Objective<B>;
  /** Writes the model's own files. */
  save(storage: Storage): Promise<void>;
  /** What {@link ObjectiveKind.restore} needs besides the model's config, as JSON. */
  settings(): Record<string, unknown>;
}

/** How a checkpoint becomes an objective again. */
export interface ObjectiveKind<B> {
  /** Its name in checkpoints. */
  readonly kind: string;
  /**
   * An objective whose parameters have no values yet.
   *
   * @param settings - What {@link Objective.settings} gave, unchecked.
   * @param source - What to call it in errors.
   */
  restore(config: GPTConfig, settings: unknown, source: string): Objective<B>;
}
