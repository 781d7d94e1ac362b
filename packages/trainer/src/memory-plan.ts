/**
 * How much memory training takes, known before any of it is taken: a run that cannot fit says so at once, instead of
 * ending in its first update with a heap that is full.
 */
import { backendName } from '@gpt-ts/kernels';
import { countParameters, type GPTConfig, type TrainingShape, trainingFloats } from '@gpt-ts/model';
import { MemoryPlanError } from './errors/memory-plan-error.js';
import type { TrainSettings } from './settings.js';

/** What the memory of a run depends on, besides its model. */
export type RunShape = Pick<TrainSettings, 'batchSize' | 'microBatchSize' | 'recompute' | 'emaDecay'> &
  Partial<Pick<TrainingShape, 'seqLen'>>;

/** Bytes that training holds at its fullest moment, by what they are for. */
export interface MemoryPlan {
  parameters: number;
  /** One number for each parameter, until the update is done. */
  gradients: number;
  /** Two running means for each parameter. */
  moments: number;
  /** The average of the weights, where `emaDecay` asks for one. */
  average: number;
  /** What the backward pass needs of the forward pass. */
  activations: number;
  /** The largest temporaries, and a chunk of the loss. */
  workingSpace: number;
  /** All of the above. */
  total: number;
  /** What there is. `Infinity` where nobody knows. */
  limit: number;
}

const FLOAT_BYTES = 4;
const WASM_BYTES = 2 ** 32; // a 32-bit WebAssembly memory ends here

/**
 * The memory of a training step: 16 bytes for each parameter (itself, its gradient, two moments), 4 more where weights are
 * averaged, plus 4 for each number of `trainingFloats` in `@gpt-ts/model`. Gradients of an update's parts are added in place:
 * accumulation costs nothing, and only `microBatchSize` sequences are held at a time.
 *
 * It is an upper bound, but for some 1.5 MB of scratch memory a thread: gradients grow while activations shrink, so not all is
 * held at one time.
 *
 * @param shape - The run; `seqLen` is the model's `nCtx` unless given. With `recompute`, blocks keep only their inputs.
 * @param limit - Bytes there are.
 * @example
 * memoryPlan(gptConfig({ ...preset('gpt2').config, nVocab: 50257 }), { batchSize: 4, seqLen: 512 }).total / 2 ** 30; // 3.1
 */
export function memoryPlan(
  config: GPTConfig,
  { batchSize, microBatchSize = batchSize, seqLen = config.nCtx, recompute, emaDecay = 0 }: RunShape,
  limit: number = Number.POSITIVE_INFINITY,
): MemoryPlan {
  const parameters = FLOAT_BYTES * countParameters(config);
  const floats = trainingFloats(config, { batchSize: microBatchSize, seqLen, recompute });
  const activations = FLOAT_BYTES * floats.kept;
  const workingSpace = FLOAT_BYTES * floats.working;
  const average = emaDecay > 0 ? parameters : 0;
  const total = 4 * parameters + average + activations + workingSpace;
  return {
    parameters,
    gradients: parameters,
    moments: 2 * parameters,
    average,
    activations,
    workingSpace,
    total,
    limit,
  };
}

/**
 * The plan of a run, or an error when there is not enough memory for it. Allocates nothing: call it before the model is
 * made.
 *
 * @param limit - Bytes there are. Default: 4 GiB on the wasm backend, no limit on another.
 * @throws MemoryPlanError with the plan, and sizes that fit.
 */
export function checkMemory(
  config: GPTConfig,
  shape: RunShape,
  limit: number = backendName() === 'wasm' ? WASM_BYTES : Number.POSITIVE_INFINITY,
): MemoryPlan {
  const plan = memoryPlan(config, shape, limit);
  if (plan.total > limit) {
    const { batchSize, microBatchSize = batchSize, seqLen = config.nCtx } = shape;
    const hint = whatFits(config, plan, shape);
    throw new MemoryPlanError({ nCtx: seqLen, batchSize: microBatchSize, plan, hint });
  }
  return plan;
}

/** The largest batch, or else the longest context, for which there is room. */
function whatFits(config: GPTConfig, { limit, parameters, average }: MemoryPlan, shape: RunShape): string {
  const { seqLen = config.nCtx } = shape;
  const batchSize = largestBatch(config, limit, seqLen, shape);
  if (batchSize > 0) return `A batch size of ${batchSize} fits.`;
  const nCtx = largest((size) => {
    const one = { ...shape, batchSize: 1, microBatchSize: 1, seqLen: size };
    return memoryPlan({ ...config, nCtx: size }, one).total <= limit;
  });
  if (nCtx > 0) return `Not even one sequence of that length fits: use a batch size of 1 and nCtx ${nCtx}.`;
  const bytes = 4 * parameters + average;
  return `Not even a batch of one token fits: choose a model of fewer layers or less width; parameters, gradients and moments of this one take ${gib(bytes)} GiB.`;
}

/**
 * How many sequences of `seqLen` tokens, by default `nCtx`, there is memory to train on at once; 0 when not even one.
 *
 * @param limit - Bytes there are.
 */
export function largestBatch(
  config: GPTConfig,
  limit: number,
  seqLen: number = config.nCtx,
  { recompute, emaDecay }: Pick<RunShape, 'recompute' | 'emaDecay'> = {},
): number {
  return largest(
    (batchSize) => memoryPlan(config, { batchSize, seqLen, recompute, emaDecay }).total <= limit,
  );
}

/** The largest whole number that fits, given that smaller ones do too. */
function largest(fits: (size: number) => boolean): number {
  let [low, high] = [0, 1];
  while (fits(high)) [low, high] = [high, 2 * high];
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (fits(middle)) low = middle;
    else high = middle;
  }
  return low;
}

/**
 * A plan in one line.
 *
 * @example
 * describePlan(plan); // '3.1 of 4.0 GiB: parameters 0.46, gradients 0.46, moments 0.93, activations 1.1, working space 0.12'
 */
export function describePlan(plan: MemoryPlan): string {
  const [unit, name] = plan.total < 2 ** 30 ? [2 ** 20, 'MiB'] : [2 ** 30, 'GiB'];
  const show = (bytes: number) => short(bytes / unit);
  const total = plan.limit === Number.POSITIVE_INFINITY ? '' : ` of ${show(plan.limit)}`;
  const { parameters, gradients, moments, average, activations, workingSpace } = plan;
  const parts = Object.entries({
    parameters,
    gradients,
    moments,
    ...(average > 0 && { average }),
    activations,
    'working space': workingSpace,
  });
  return `${show(plan.total)}${total} ${name}: ${parts.map(([part, bytes]) => `${part} ${show(bytes)}`).join(', ')}`;
}

const gib = (bytes: number) => short(bytes / 2 ** 30);

/** Two digits that count; whole numbers from 10 on. */
function short(value: number): string {
  return value >= 9.95
    ? `${Math.round(value)}`
    : `${Number(value.toPrecision(2)) || 0}`.replace(/^(\d)$/, '$1.0');
}
