/**
 * Pre-training: predict the next token, everywhere, until it is good at it.
 *
 * This is L1 of GPT-1 section 3.1, minimised with AdamW. The trainer takes batches of ids and gives events; it opens no
 * file (a `Storage` keeps the run) and draws nothing.
 */
import type { Storage } from '@gpt-ts/core';
import { dispose, valueAndGrads } from '@gpt-ts/kernels';
import { type GPT, type GPTConfig, saveModel, type TokenBatch } from '@gpt-ts/model';
import { loadCheckpoint, saveCheckpoint, type TrainState } from './checkpoint.js';
import { NonFiniteLossError } from './errors/non-finite-loss-error.js';
import { evaluate } from './evaluate.js';
import type { CheckpointEnd, EvalEnd, StepEnd, TrainEvent } from './events.js';
import { appendLog, truncateLog } from './log.js';
import { checkMemory, type MemoryPlan } from './memory-plan.js';
import { Optimizer } from './optimizer.js';
import { checkRecipe, type Recipe } from './recipe.js';
import { learningRateAt } from './schedule.js';

/** What a run learns from and how it is stopped. */
export interface TrainOptions {
  /** The batch of an update, from 0. The same step must give the same batch, or a resumed run is another run. */
  batch(step: number): TokenBatch;
  /** Held-back text, afresh each call; left out, nothing is evaluated. */
  validation?(): Iterable<TokenBatch>;
  /** Stops after the update in hand and saves. */
  signal?: AbortSignal;
}

/** Where a run may live. */
export interface TrainerOptions {
  /** Bytes that training may hold. Default: 4 GiB on the wasm backend, no limit on another. */
  memoryLimitBytes?: number;
}

/** A model being trained. Dispose it to free the model and the optimizer. */
export class Trainer implements Disposable {
  readonly model: GPT;
  readonly recipe: Recipe;
  /** What training holds in memory. */
  readonly plan: MemoryPlan;
  readonly #optimizer: Optimizer;
  readonly #storage: Storage | undefined;
  #step: number;
  #savedStep: number | undefined;

  private constructor(state: TrainState, plan: MemoryPlan, storage: Storage | undefined) {
    this.model = state.model;
    this.recipe = state.recipe;
    this.plan = plan;
    this.#optimizer = state.optimizer;
    this.#step = state.step;
    this.#storage = storage;
  }

  /**
   * Starts a run.
   *
   * @param model - Belongs to the trainer from here on.
   * @param storage - Where checkpoints and the log go; left out, nothing is kept.
   * @throws InvalidConfigError for a recipe that cannot run.
   * @throws MemoryPlanError when training would not fit; `checkMemory` says so before there is a model.
   */
  static start(model: GPT, recipe: Recipe, storage?: Storage, options: TrainerOptions = {}): Trainer {
    checkRecipe(recipe);
    const plan = checkMemory(model.config, recipe, options.memoryLimitBytes);
    const optimizer = new Optimizer(model.parameters, recipe);
    return new Trainer({ model, optimizer, recipe, step: 0 }, plan, storage);
  }

  /**
   * Takes a run up where its last checkpoint left it: the updates that follow are the ones it would have made.
   *
   * @throws InvalidFileError when there is no whole checkpoint.
   * @throws MemoryPlanError when training would not fit; nothing has been allocated then.
   */
  static async resume(storage: Storage, options: TrainerOptions = {}): Promise<Trainer> {
    const planOf = (config: GPTConfig, recipe: Recipe) =>
      checkMemory(config, recipe, options.memoryLimitBytes);
    const state = await loadCheckpoint(storage, planOf);
    await truncateLog(storage, state.step);
    const trainer = new Trainer(state, planOf(state.model.config, state.recipe), storage);
    trainer.#savedStep = state.step;
    return trainer;
  }

  /** Updates finished. */
  get step(): number {
    return this.#step;
  }

  /**
   * Trains to the end of the recipe, telling what happens.
   *
   * Every `evalEvery` updates, and at both ends, the model is evaluated; every `checkpointEvery` updates, at both ends and
   * when the signal asks to stop, the run is saved. So a run can be resumed from its first moment on.
   *
   * @throws NonFiniteLossError when the run diverges; the last checkpoint is left alone.
   */
  async *run(options: TrainOptions): AsyncGenerator<TrainEvent, void, undefined> {
    const { signal, validation } = options;
    const { maxSteps, evalEvery, checkpointEvery } = this.recipe;
    for (;;) {
      const done = this.#step >= maxSteps;
      const stopped = () => done || signal?.aborted === true;
      if (stopped() || this.#step % checkpointEvery === 0) yield* this.#saveOnce();
      if (validation && !signal?.aborted && (done || this.#step % evalEvery === 0)) {
        const event = await this.#evaluate(validation(), signal);
        if (event) yield event;
      }
      if (stopped()) {
        yield* this.#saveOnce();
        yield { type: 'train-end', step: this.#step, reason: done ? 'done' : 'aborted' };
        return;
      }
      yield await this.#update(options.batch(this.#step));
      await new Promise((resolve) => setTimeout(resolve)); // lets signals and timers in
    }
  }

  /** Writes the checkpoint and the model's own files. */
  async save(): Promise<CheckpointEnd | undefined> {
    if (this.#storage === undefined) return undefined;
    const { model, recipe } = this;
    await saveModel(model, this.#storage);
    await saveCheckpoint({ model, recipe, optimizer: this.#optimizer, step: this.#step }, this.#storage);
    this.#savedStep = this.#step;
    return { type: 'checkpoint-end', step: this.#step };
  }

  async *#saveOnce(): AsyncGenerator<CheckpointEnd> {
    if (this.#savedStep === this.#step) return;
    const event = await this.save();
    if (event) yield event;
  }

  async #update(batch: TokenBatch): Promise<StepEnd> {
    const start = performance.now();
    const learningRate = learningRateAt(this.#step, this.recipe);
    const parameters = [...this.model.parameters.values()];
    const dropout = { seed: this.recipe.seed, step: this.#step }; // at the rates of the model's config
    const { value, grads } = valueAndGrads(() => this.model.loss(batch, { dropout }).loss, parameters);
    let loss = Number.NaN;
    let gradNorm = Number.NaN;
    try {
      [loss] = await value.data();
      if (Number.isFinite(loss)) gradNorm = await this.#optimizer.update(grads, this.#step + 1, learningRate);
    } finally {
      dispose([value, ...grads]);
    }
    if (!Number.isFinite(gradNorm)) {
      const savedStep = this.#savedStep;
      throw new NonFiniteLossError({ step: this.#step + 1, loss, gradNorm, learningRate, savedStep });
    }
    this.#step++;
    const event: StepEnd = {
      type: 'step-end',
      step: this.#step,
      loss,
      learningRate,
      gradNorm,
      tokens: batch.inputs.length,
      elapsedMs: performance.now() - start,
    };
    if (this.#storage) await appendLog(this.#storage, event);
    return event;
  }

  /** Nothing when the signal asked to stop midway. */
  async #evaluate(batches: Iterable<TokenBatch>, signal?: AbortSignal): Promise<EvalEnd | undefined> {
    const start = performance.now();
    try {
      const { loss, tokens } = await evaluate(this.model, batches, signal);
      const elapsedMs = performance.now() - start;
      const event: EvalEnd = { type: 'eval-end', step: this.#step, loss, tokens, elapsedMs };
      if (this.#storage) await appendLog(this.#storage, event);
      return event;
    } catch (error) {
      if (signal?.aborted) return undefined;
      throw error;
    }
  }

  [Symbol.dispose](): void {
    this.#optimizer[Symbol.dispose]();
    this.model[Symbol.dispose]();
  }
}
