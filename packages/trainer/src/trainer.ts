/**
 * Training: make a loss small, step by step, and never lose a run.
 *
 * The trainer takes batches by number and gives events. It opens no file (a `Storage` keeps the run), draws nothing, and what
 * is minimised is an {@link Objective}: L1 for pre-training, L3 for fine-tuning.
 */
import { InvalidFileError, type Storage } from '@gpt-ts/core';
import { dispose, memory } from '@gpt-ts/kernels';
import { countParameters, type GPT, trainingFlops } from '@gpt-ts/model';
import { checkpointName } from './checkpoint/checkpoint-name.js';
import { type FileTrouble, findCheckpoint } from './checkpoint/find-checkpoint.js';
import { openCheckpoint } from './checkpoint/open-checkpoint.js';
import { Shelf } from './checkpoint/shelf.js';
import { NonFiniteLossError } from './errors/non-finite-loss-error.js';
import type { StepEnd, TrainEnd, TrainEvent, TrainStart } from './events.js';
import { gradientsOf } from './gradients.js';
import { appendLog, clearLog, truncateLog } from './log.js';
import { checkMemory, type MemoryPlan } from './memory-plan.js';
import type { Objective, ObjectiveKind } from './objectives/objective.js';
import { Optimizer } from './optimizer.js';
import { beginning } from './progress.js';
import { contentOf, type RunState, readBest, readState } from './run-state.js';
import { batchSizeAt, learningRateAt } from './schedule.js';
import { checkSettings, type TrainSettings } from './settings.js';
import { type Judgement, judgeEvaluation, judgeLoss } from './watch.js';
import { WeightAverage } from './weight-average.js';

/** What a run learns from and how it is stopped. */
export interface TrainOptions<B> {
  /** Sequences `first` to `first + count - 1` of an endless order. The same numbers must give the same batch. */
  batch(first: number, count: number): B;
  /** Held-back data, afresh each call; left out, nothing is evaluated. */
  validation?(): Iterable<B>;
  /** What the model writes, every `sampleEvery` updates. */
  sample?(model: GPT, step: number): Promise<string[]>;
  /** Stops after the update in hand and saves. */
  signal?: AbortSignal;
}

/** Where a run may live. */
export interface TrainerOptions {
  /** Bytes that training may hold. Default: 4 GiB on the wasm backend, no limit on another. */
  memoryLimitBytes?: number;
  /** The longest rows there will be, and how many a sequence has. Default: `nCtx`, 1. */
  largest?: { seqLen: number; rows: number };
  /** Floating-point operations a second that the machine can do, for the log. */
  ceilingFlops?: number;
  /** Small files that every checkpoint takes along, such as the tokenizer's: by name. */
  files?: ReadonlyMap<string, Uint8Array>;
}

const KEEP_LAST = 2;

/** An objective being minimised. Dispose it to free the model and the optimizer. */
export class Trainer<B> implements Disposable {
  /** What training holds in memory. */
  readonly plan: MemoryPlan;
  /** Checkpoints that resuming passed over, newest first. */
  readonly skipped: readonly FileTrouble[];
  readonly #state: RunState<B>;
  readonly #options: TrainerOptions;
  readonly #storage: Storage | undefined;
  readonly #shelf: Shelf | undefined;
  readonly #untold: FileTrouble[];
  /** The step of the newest checkpoint. */
  #savedStep: number | undefined;
  /** The step whose save is complete: the model's own files are written, and it was told. */
  #toldStep: number | undefined;
  /** What the evaluation of this step has shown; progress from the next update on. So a step is judged once, resumed or not. */
  #judged: Judgement | undefined;

  private constructor(
    state: RunState<B>,
    plan: MemoryPlan,
    options: TrainerOptions,
    storage?: Storage,
    skipped?: readonly FileTrouble[], // of a run that is resumed
  ) {
    this.#state = state;
    this.plan = plan;
    this.#options = options;
    this.#storage = storage;
    this.skipped = skipped ?? [];
    this.#untold = [...this.skipped];
    this.#shelf = storage && new Shelf(storage, state.settings.keepLast ?? KEEP_LAST);
    if (skipped) {
      this.#savedStep = this.step;
      this.#shelf?.trust(this.step);
    }
  }

  /**
   * Starts a run.
   *
   * @param objective - Belongs to the trainer from here on, unless this throws.
   * @param storage - Where checkpoints and the log go, which begins anew; left out, nothing is kept.
   * @throws InvalidConfigError for settings that make no run.
   * @throws MemoryPlanError when training would not fit; `checkMemory` says so before there is a model.
   * @example
   * using trainer = await Trainer.start(new LanguageModelling(GPT.random(config)), recipes.nano.settings);
   */
  static async start<B>(
    objective: Objective<B>,
    given: TrainSettings,
    storage?: Storage,
    options: TrainerOptions = {},
  ): Promise<Trainer<B>> {
    const settings = checkSettings(given);
    const plan = planOf(objective.gpt.config, settings, options);
    if (storage) await clearLog(storage);
    const { emaDecay } = settings;
    const average = emaDecay ? await WeightAverage.of(objective.parameters, emaDecay) : undefined;
    const optimizer = new Optimizer(objective.parameters, settings);
    const state = { objective, optimizer, average, settings, progress: beginning() };
    return new Trainer(state, plan, options, storage);
  }

  /**
   * Takes a run up where its newest whole checkpoint left it: the updates that follow are the ones it would have made.
   *
   * @param kind - What is minimised: `LanguageModelling` or `FineTuning`.
   * @throws InvalidFileError when there is no whole checkpoint.
   * @throws MemoryPlanError when training would not fit; nothing has been allocated then.
   */
  static async resume<B>(
    kind: ObjectiveKind<B>,
    storage: Storage,
    options: TrainerOptions = {},
  ): Promise<Trainer<B>> {
    const { checkpoint, skipped } = await findCheckpoint(storage);
    if (checkpoint === undefined) throw nothingToResume(skipped);
    await using open = checkpoint;
    const files = options.files ?? (await open.readFiles());
    let plan: MemoryPlan | undefined;
    const state = await readState(kind, open, (config, settings) => {
      plan = planOf(config, settings, options);
    });
    const trainer = new Trainer(state, plan!, { ...options, files }, storage, skipped);
    try {
      await truncateLog(storage, trainer.step);
      return trainer;
    } catch (error) {
      trainer[Symbol.dispose]();
      throw error;
    }
  }

  get objective(): Objective<B> {
    return this.#state.objective;
  }

  get settings(): TrainSettings {
    return this.#state.settings;
  }

  /** Updates finished. */
  get step(): number {
    return this.#state.progress.step;
  }

  /**
   * Trains to the end, telling what happens. Everything told is in the log as well.
   *
   * Every `evalEvery` updates, and at both ends, the model is evaluated; every `checkpointEvery` updates, at both ends, at each
   * new best and when the signal asks to stop, the run is saved. So a run can be resumed from its first moment on.
   *
   * @throws NonFiniteLossError when the run diverges; checkpoints are left alone.
   */
  async *run(options: TrainOptions<B>): AsyncGenerator<TrainEvent, void, undefined> {
    for await (const event of this.#events(options)) {
      if (this.#storage) await appendLog(this.#storage, event);
      yield event;
    }
  }

  async *#events(options: TrainOptions<B>): AsyncGenerator<TrainEvent, void, undefined> {
    const { signal, validation, sample } = options;
    const { maxSteps, evalEvery, checkpointEvery, sampleEvery = 0, patience = 0 } = this.settings;
    yield this.#start();
    for (const { file, reason } of this.#untold.splice(0)) {
      const message = `${file} was passed over: ${reason}`;
      yield { type: 'warning', step: this.step, kind: 'skipped-checkpoint', message };
    }
    for (;;) {
      const done = this.step >= maxSteps;
      if (done || signal?.aborted || this.step % checkpointEvery === 0) yield* this.save();
      if (validation && !signal?.aborted && (done || this.step % evalEvery === 0)) {
        yield* this.#evaluate(validation(), signal);
      }
      if (sample && sampleEvery > 0 && !signal?.aborted && (done || this.step % sampleEvery === 0)) {
        yield { type: 'sample-end', step: this.step, texts: await sample(this.#evaluated().gpt, this.step) };
      }
      const early = patience > 0 && this.#judgement.stale >= patience;
      if (done || early || signal?.aborted) {
        yield* this.save();
        yield await this.#end(signal?.aborted && !done ? 'aborted' : early ? 'early-stop' : 'done');
        return;
      }
      yield* this.#update(options.batch.bind(options));
      await new Promise((resolve) => setTimeout(resolve)); // lets signals and timers in
    }
  }

  /** Writes a checkpoint and the model's own files, unless this step has them already. */
  async *save(): AsyncGenerator<TrainEvent, void, undefined> {
    const storage = this.#storage;
    if (storage === undefined || this.#toldStep === this.step) return;
    const { step } = this;
    const failed = this.#savedStep === step ? [] : await this.#put(this.#shelf!);
    this.#savedStep = step;
    await this.#evaluated().save(storage); // also after resuming: the run may have died between the two
    this.#toldStep = step;
    yield { type: 'checkpoint-end', step, file: checkpointName(step) };
    for (const trouble of failed) {
      yield { type: 'warning', step, kind: 'cleaning', message: `${trouble.file} stays: ${trouble.reason}` };
    }
  }

  async #put(shelf: Shelf): Promise<FileTrouble[]> {
    const content = contentOf(this.#state, this.#options.files ?? new Map());
    const { failed } = await shelf.put(this.step, content, { best: this.#judgement.best?.step });
    return failed;
  }

  get #judgement(): Judgement {
    return this.#judged ?? this.#state.progress;
  }

  async *#update(batchOf: TrainOptions<B>['batch']): AsyncGenerator<TrainEvent, void, undefined> {
    const start = performance.now();
    const { objective, optimizer, average, settings, progress } = this.#state;
    const batch = batchOf(progress.sequences, batchSizeAt(progress.tokens, settings));
    const { sequences, rows, seqLen } = objective.sizeOf(batch);
    const tokens = rows * seqLen;
    const learningRate = learningRateAt({ ...progress, nextTokens: tokens }, settings);
    const { losses, grads } = await gradientsOf(objective, batch, progress.sequences, settings);
    const [loss, ...parts] = losses;
    let gradNorm = Number.NaN;
    try {
      if (Number.isFinite(loss)) gradNorm = await optimizer.update(grads, this.step + 1, learningRate);
    } finally {
      dispose(grads);
    }
    if (!Number.isFinite(gradNorm)) {
      const savedStep = this.#savedStep;
      throw new NonFiniteLossError({ step: this.step + 1, loss, gradNorm, learningRate, savedStep });
    }
    Object.assign(progress, this.#judged);
    this.#judged = undefined;
    progress.step++;
    progress.sequences += sequences;
    progress.tokens += tokens;
    average?.update(objective.parameters, this.step);
    const elapsedMs = performance.now() - start;
    const { ceilingFlops } = this.#options;
    const flops = (1000 * trainingFlops(objective.gpt.config, { batchSize: rows, seqLen })) / elapsedMs;
    const event: StepEnd = {
      type: 'step-end',
      step: this.step,
      loss,
      parts:
        parts.length > 0 ? Object.fromEntries(objective.parts.map((name, i) => [name, parts[i]])) : undefined,
      learningRate,
      gradNorm,
      sequences,
      tokens,
      tokensSeen: progress.tokens,
      elapsedMs,
      tokensPerSecond: (1000 * tokens) / elapsedMs,
      ceilingShare: ceilingFlops && flops / ceilingFlops,
      memoryBytes: memory().numBytes,
    };
    yield event;
    const warning = judgeLoss(progress, loss, objective.uniformLoss);
    if (warning) yield warning;
  }

  /** Nothing when the signal asked to stop midway. */
  async *#evaluate(batches: Iterable<B>, signal?: AbortSignal): AsyncGenerator<TrainEvent, void, undefined> {
    const start = performance.now();
    try {
      const { loss, count, metrics } = await this.#evaluated().evaluate(batches, signal);
      const elapsedMs = performance.now() - start;
      const { isBest: best, judgement, warning } = judgeEvaluation(this.#state.progress, loss);
      if (best) yield* this.save();
      this.#judged = judgement;
      yield { type: 'eval-end', step: this.step, loss, count, metrics, best, elapsedMs };
      if (warning) yield warning;
    } catch (error) {
      if (!signal?.aborted) throw error;
    }
  }

  async #end(reason: TrainEnd['reason']): Promise<TrainEnd> {
    const bestStep = this.#judgement.best?.step;
    if (reason === 'early-stop' && this.#storage && bestStep !== undefined) {
      await using best = await openCheckpoint(this.#storage, checkpointName(bestStep));
      await readBest(this.#state, best);
      await this.#evaluated().save(this.#storage);
    }
    return { type: 'train-end', step: this.step, reason, bestStep };
  }

  #start(): TrainStart {
    const { maxSteps } = this.settings;
    const parameters = countParameters(this.objective.gpt.config);
    return { type: 'train-start', step: this.step, maxSteps, parameters, plan: { ...this.plan } };
  }

  /** The objective with the weights that count: the averaged ones, where there are some. */
  #evaluated(): Objective<B> {
    const { objective, average } = this.#state;
    return average ? objective.over(average.parameters) : objective;
  }

  [Symbol.dispose](): void {
    const { objective, optimizer, average } = this.#state;
    for (const part of [average, optimizer, objective]) part?.[Symbol.dispose]();
  }
}

function planOf(
  config: Objective<unknown>['gpt']['config'],
  settings: TrainSettings,
  { memoryLimitBytes, largest = { seqLen: config.nCtx, rows: 1 } }: TrainerOptions,
): MemoryPlan {
  const { seqLen, rows } = largest;
  const { batchSize, microBatchSize = batchSize } = settings;
  const rowsAtOnce = { batchSize: batchSize * rows, microBatchSize: microBatchSize * rows };
  return checkMemory(config, { ...settings, ...rowsAtOnce, seqLen }, memoryLimitBytes);
}

function nothingToResume(skipped: readonly FileTrouble[]): InvalidFileError {
  const reasons = skipped.map(({ file, reason }) => `${file}: ${reason}`).join('; ');
  return new InvalidFileError({
    file: checkpointName(0),
    problem: skipped.length === 0 ? 'there is no checkpoint to resume from' : `none is whole (${reasons})`,
    hint: 'A run writes its first checkpoint when it starts; choose the folder of a run.',
  });
}
