/** How the learning rate goes up and down: one pure function a name. */
import type { TrainSettings } from './settings.js';

/** Where a run is, before an update. */
export interface Position {
  /** Updates finished. */
  step: number;
  /** Tokens learned from. */
  tokens: number;
  /** Tokens of the update to come. */
  nextTokens: number;
}

type Rates = Pick<
  TrainSettings,
  | 'learningRate'
  | 'minLearningRate'
  | 'schedule'
  | 'warmupSteps'
  | 'decaySteps'
  | 'warmupTokens'
  | 'decayTokens'
  | 'maxSteps'
>;

/** Names of {@link learningRateAt}'s schedules. */
export const scheduleNames = [
  'cosine',
  'linear',
  'constant',
  'gpt1-cosine',
  'gpt1-linear',
  'gpt1-constant',
  'gpt3-cosine',
] as const;

/** One of {@link scheduleNames}. */
export type ScheduleName = (typeof scheduleNames)[number];

/** From 1 at 0 to 0 at 1. */
const cosine = (x: number) => (1 + Math.cos(Math.PI * x)) / 2;
const linear = (x: number) => 1 - x;
const constant = () => 1;

/**
 * Learning rate of an update.
 *
 * | schedule | rate |
 * | --- | --- |
 * | `cosine`, `linear`, `constant` | w updates of warm-up at `peak (step + 1) / (w + 1)`, then from the peak to the minimum at `decaySteps`, and on at the minimum: nanoGPT's `get_lr` |
 * | `gpt1-cosine`, `gpt1-linear`, `gpt1-constant` | with x = step / maxSteps and u = warmupSteps / maxSteps: `peak s(x)`, where up to u `s = x / u` (times 1 - x in the linear one). The first update has rate 0: `opt.py` of GPT-1 |
 * | `gpt3-cosine` | by tokens n, those of the update included: `peak n / warmupTokens`, then a cosine that began at 0 and reaches the minimum at `decayTokens`: GPT-3 appendix B, which leaves open whether the update's own tokens count and where the cosine begins; chosen here |
 *
 * @example
 * learningRateAt({ step: 0, tokens: 0, nextTokens: 64 }, { learningRate: 1, warmupSteps: 1, maxSteps: 10 }); // => 0.5
 */
export function learningRateAt(at: Position, settings: Rates): number {
  const { learningRate: peak, minLearningRate: min = 0, schedule = 'cosine' } = settings;
  const { warmupSteps = 0, maxSteps, decaySteps = maxSteps } = settings;
  const between = (share: number) => min + (peak - min) * share;
  const nano = (shape: (x: number) => number) => {
    if (at.step < warmupSteps) return (peak * (at.step + 1)) / (warmupSteps + 1);
    return between(shape(Math.min(1, (at.step - warmupSteps) / Math.max(1, decaySteps - warmupSteps))));
  };
  const gpt1 = (risen: number, shape: (x: number) => number) => {
    const x = at.step / maxSteps;
    const u = warmupSteps / maxSteps;
    return u > 0 && x <= u ? peak * (x / u) * risen : between(shape(x));
  };
  switch (schedule) {
    case 'cosine':
      return nano(cosine);
    case 'linear':
      return nano(linear);
    case 'constant':
      return nano(constant);
    case 'gpt1-cosine':
      return gpt1(1, cosine);
    case 'gpt1-linear':
      return gpt1(1 - at.step / maxSteps, linear);
    case 'gpt1-constant':
      return gpt1(1, constant);
    case 'gpt3-cosine': {
      const { warmupTokens = 0, decayTokens = Number.POSITIVE_INFINITY } = settings;
      const n = at.tokens + at.nextTokens;
      return n < warmupTokens ? (peak * n) / warmupTokens : between(cosine(Math.min(1, n / decayTokens)));
    }
  }
}

/**
 * Sequences of an update: `batchSize`, or on the way there.
 *
 * @param tokens - Tokens learned from before it.
 * @see GPT-3 appendix B: "We gradually increase the batch size linearly from a small value (32k tokens) to the full value".
 */
export function batchSizeAt(
  tokens: number,
  {
    batchSize,
    rampFrom = batchSize,
    rampTokens = 1,
  }: Pick<TrainSettings, 'batchSize' | 'rampFrom' | 'rampTokens'>,
): number {
  return Math.floor(rampFrom + (batchSize - rampFrom) * Math.min(1, tokens / rampTokens));
}

/**
 * Tokens of a whole run, about: sequences are counted as if there were parts of them.
 *
 * @param seqLen - Tokens of a sequence.
 */
export function trainingTokens(
  settings: Pick<TrainSettings, 'batchSize' | 'rampFrom' | 'rampTokens' | 'maxSteps'>,
  seqLen: number,
): number {
  const { batchSize, rampFrom = batchSize, rampTokens = 0, maxSteps } = settings;
  if (rampFrom === batchSize) return maxSteps * batchSize * seqLen;
  // Updates that grow in a line over r tokens, from b to B of them, are r ln(B / b) / (B - b).
  const rampSteps = (rampTokens * Math.log(batchSize / rampFrom)) / ((batchSize - rampFrom) * seqLen);
  if (rampSteps < maxSteps) return rampTokens + (maxSteps - rampSteps) * batchSize * seqLen;
  const grown = Math.exp((maxSteps * (batchSize - rampFrom) * seqLen) / rampTokens) - 1;
  return (rampTokens * rampFrom * grown) / (batchSize - rampFrom);
}
