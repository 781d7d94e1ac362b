/** What a preset takes: numbers, memory, time. Arithmetic, on two rates that the machine is measured for. */
import { benchHooks } from '@gpt-ts/backend-wasm/bench';
import { InvalidArgumentError } from '@gpt-ts/core';
import {
  countParameters,
  forwardFlops,
  type GPTConfig,
  gptConfig,
  kvCacheBytes,
  type PresetName,
  preset,
  trainingFlops,
} from '@gpt-ts/model';
import {
  largestBatch,
  type MemoryPlan,
  memoryPlan,
  recipeFor,
  settingsOf,
  trainingTokens,
} from '@gpt-ts/trainer';
import { ceilingSlices, readingSlices } from './bench/ceiling.js';

/** Shares of the machine's ceilings that `gpt bench` finds on ordinary machines. */
const SHARE = { prefill: 0.7, decode: 0.65, training: 0.65 };

/** What a machine can do. */
export interface Rates {
  gflops: number;
  gigabytesPerSecond: number;
}

/** What there is to know about a preset before it exists. */
export interface Plan {
  preset: PresetName;
  about: string;
  source: string;
  config: GPTConfig;
  parameters: number;
  /**
   * Floating-point operations for each token, at a context of `seqLen`; `dense` counts all `seqLen` keys for each query, seen
   * or not, as is common.
   */
  flopsPerToken: {
    seqLen: number;
    forward: number;
    training: number;
    dense: { forward: number; training: number };
  };
  /** In bytes. */
  memory: {
    limit: number;
    weights: number;
    kvCachePerToken: number;
    kvCache: number;
    /** To run it: weights and a full cache. */
    generation: number;
    training: MemoryPlan & { batchSize: number; seqLen: number };
  };
  fits: { generation: boolean; largestTrainingBatch: number };
  /** In seconds. */
  time: Rates & {
    readContext: number;
    writeToken: number;
    trainingUpdate: number;
    /** What the recipe asks for. */
    recipe: { tokens: number; seconds: number };
  };
}

/** Measures the backend that runs, in about half a second. */
export async function measureRates(): Promise<Rates> {
  const hooks = benchHooks();
  const [arithmetic, reading] = [ceilingSlices(hooks), readingSlices(hooks, 2 ** 28)];
  await reading();
  const gflops = Math.max(await arithmetic(), await arithmetic(), await arithmetic());
  const gigabytesPerSecond = Math.max(await reading(), await reading(), await reading());
  return { gflops, gigabytesPerSecond };
}

/**
 * The plan of a preset.
 *
 * @param size - `nVocab` for a preset without one; the training batch: by default the recipe's, or the largest that
 * fits, or 1.
 * @param limit - Bytes there are.
 */
export function planOf(
  name: PresetName,
  size: { nVocab: number; batchSize?: number; seqLen?: number },
  rates: Rates,
  limit: number,
): Plan {
  const { about, source, config: sizes } = preset(name);
  const config = gptConfig({ nVocab: size.nVocab, ...sizes });
  const { nLayer, nHead, dHead, nVocab, nEmbd, nCtx } = config;
  const { seqLen = nCtx } = size;
  if (seqLen > nCtx) {
    const expected = `at most the context of ${name}, ${nCtx}`;
    throw new InvalidArgumentError({ argument: '--seq-len', expected, received: seqLen });
  }
  const parameters = countParameters(config);
  const weights = 4 * parameters;
  const kvCache = kvCacheBytes(config, nCtx);
  const generation = weights + kvCache;
  const largestTrainingBatch = largestBatch(config, limit, seqLen);
  const recipe = settingsOf(recipeFor(name), name);
  const batchSize = size.batchSize ?? Math.max(1, Math.min(recipe.batchSize, largestTrainingBatch));
  const batch = { batchSize, seqLen };
  const alone = forwardFlops(config, { batchSize: 1, seqLen: 1 }) - 4 * nLayer * nHead * dHead; // weights only
  const dense = alone + 4 * nLayer * nHead * dHead * seqLen;
  const forward = forwardFlops(config, { batchSize: 1, seqLen }) / seqLen;
  const tokens = trainingTokens(recipe, nCtx);
  const seconds = (flops: number, share: number) => flops / (share * rates.gflops * 1e9);
  const headSkipped = 2 * nVocab * nEmbd * (nCtx - 1); // a prompt needs the scores after its last token alone
  return {
    preset: name,
    ...{ about, source, config, parameters },
    flopsPerToken: {
      seqLen,
      forward,
      training: 3 * forward,
      dense: { forward: dense, training: 3 * dense },
    },
    memory: {
      ...{ limit, weights, kvCachePerToken: kvCacheBytes(config, 1), kvCache, generation },
      training: { ...memoryPlan(config, batch, limit), ...batch },
    },
    fits: { generation: generation <= limit, largestTrainingBatch },
    time: {
      ...rates,
      readContext: seconds(forwardFlops(config, { batchSize: 1, seqLen: nCtx }) - headSkipped, SHARE.prefill),
      writeToken: weights / (SHARE.decode * rates.gigabytesPerSecond * 1e9),
      trainingUpdate: seconds(trainingFlops(config, batch), SHARE.training),
      recipe: {
        tokens,
        seconds:
          (tokens * seconds(trainingFlops(config, { batchSize: 1, seqLen: nCtx }), SHARE.training)) / nCtx,
      },
    },
  };
}
