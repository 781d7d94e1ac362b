/**
 * From logits to the next token: repetition penalty, temperature, top-k, top-p, then one draw.
 *
 * @see `sample_sequence` in openai/gpt-2 `src/sample.py`, which has the middle three in this order; Keskar et al. 2019
 * (CTRL) section 4.1 for the penalty; Holtzman et al. 2020 section 3.1 for top-p.
 */
import { InvalidArgumentError, type Random } from '@gpt-ts/core';
import { argmax } from './argmax.js';
import { likeliest } from './likeliest.js';

/** How the next token is chosen. */
export interface SampleOptions {
  /** Divides logits before the softmax. 1 leaves them alone, 0 means greedy. Default 1. */
  temperature?: number;
  /** Keep only the k likeliest tokens, and those that tie with the k-th. 0, or the whole vocabulary, keeps all. Default 0. */
  topK?: number;
  /** Keep only the likeliest tokens whose probabilities, after top-k, add up to p. 1 keeps all. Default 1. */
  topP?: number;
  /**
   * What becomes of the token with which the sum crosses p. `covering`, the usual rule, keeps it: the fewest tokens with a
   * sum of at least p. `gpt2-release`, the rule of OpenAI's GPT-2 sampler, drops it: tokens with a sum of at most p, those
   * that tie with the last of them, and always one. Default `covering`.
   */
  topPRule?: 'covering' | 'gpt2-release';
  /** Above 1, makes ids that the window already holds less likely: positive logits are divided by it, others multiplied. Default 1. */
  repetitionPenalty?: number;
}

/** Throws InvalidArgumentError unless the options make sense. */
export function checkSampleOptions(options: SampleOptions): void {
  const { temperature = 1, topK = 0, topP = 1, topPRule = 'covering', repetitionPenalty = 1 } = options;
  const check = (valid: boolean, argument: keyof SampleOptions, expected: string): void => {
    if (!valid) throw new InvalidArgumentError({ argument, expected, received: options[argument] });
  };
  check(temperature >= 0 && Number.isFinite(temperature), 'temperature', '0 or more');
  check(Number.isInteger(topK) && topK >= 0, 'topK', 'a whole number of tokens');
  check(topP >= 0 && topP <= 1, 'topP', 'from 0 to 1');
  check(topPRule === 'covering' || topPRule === 'gpt2-release', 'topPRule', "'covering' or 'gpt2-release'");
  check(repetitionPenalty > 0 && Number.isFinite(repetitionPenalty), 'repetitionPenalty', 'above 0');
}

/**
 * Probabilities of the next token after everything the options ask for; dropped tokens have exactly 0.
 *
 * @param logits - `[V]`, finite.
 * @param seen - The ids that the repetition penalty is for; those outside of `logits` do not matter.
 * @throws InvalidArgumentError when a logit is NaN, or for impossible options.
 * @example
 * nextProbabilities(Float32Array.of(0, 0, -1), { topK: 2 }); // => [0.5, 0.5, 0]
 */
export function nextProbabilities(
  logits: ArrayLike<number>,
  options: SampleOptions = {},
  seen: Iterable<number> = [],
): Float64Array {
  checkSampleOptions(options);
  const { temperature = 1, topK = 0, topP = 1, topPRule = 'covering' } = options;
  const scores = penalised(logits, options.repetitionPenalty ?? 1, seen);
  const best = argmax(scores);
  const probabilities = new Float64Array(scores.length);
  if (temperature === 0) {
    probabilities[best] = 1;
    return probabilities;
  }
  const weigh = (id: number) => Math.exp((scores[id] - scores[best]) / temperature);
  let sum = 0;
  if (topK === 0 || topK >= scores.length) {
    for (let id = 0; id < scores.length; id++) sum += probabilities[id] = weigh(id);
  } else {
    for (const id of kLikeliest(scores, topK)) sum += probabilities[id] = weigh(id);
  }
  if (topP < 1) {
    const nucleus = nucleusOf(probabilities, sum, topP, topPRule);
    const weights = nucleus.map((id) => probabilities[id]);
    probabilities.fill(0);
    sum = 0;
    for (const [i, id] of nucleus.entries()) sum += probabilities[id] = weights[i];
  }
  for (let id = 0; id < probabilities.length; id++) probabilities[id] /= sum;
  return probabilities;
}

/** Draws the next token. Temperature 0 takes the likeliest, the first one when several tie. */
export function sampleToken(
  logits: ArrayLike<number>,
  options: SampleOptions,
  random: Random,
  seen: Iterable<number> = [],
): number {
  checkSampleOptions(options);
  if (options.temperature === 0) return argmax(penalised(logits, options.repetitionPenalty ?? 1, seen));
  const probabilities = nextProbabilities(logits, options, seen);
  let remaining = random.uniform();
  let last = 0;
  for (let i = 0; i < probabilities.length; i++) {
    if (probabilities[i] === 0) continue;
    last = i;
    remaining -= probabilities[i];
    if (remaining < 0) break;
  }
  return last;
}

/** CTRL's penalty; a negative score is multiplied, since dividing it would make the id likelier. */
function penalised(logits: ArrayLike<number>, penalty: number, seen: Iterable<number>): ArrayLike<number> {
  if (penalty === 1) return logits;
  const scores = Float64Array.from(logits);
  for (const id of new Set(seen)) {
    if (id < scores.length) scores[id] = scores[id] > 0 ? scores[id] / penalty : scores[id] * penalty;
  }
  return scores;
}

/** The k largest, and those that tie with the last of them. */
function kLikeliest(scores: ArrayLike<number>, k: number): number[] {
  const kept: number[] = [];
  for (const id of likeliest(scores)) {
    if (kept.length >= k && scores[id] < scores[kept[k - 1]]) break;
    kept.push(id);
  }
  return kept;
}

/** The ids that top-p keeps, likeliest first; `sum` is that of all weights. */
function nucleusOf(
  weights: Float64Array,
  sum: number,
  topP: number,
  rule: SampleOptions['topPRule'],
): number[] {
  const limit = topP * sum;
  const kept: number[] = [];
  let running = 0;
  // Half of what may be left out, spread evenly: ids with less cannot be among the kept, and most have less.
  for (const id of likeliest(weights, (sum - limit) / (2 * weights.length))) {
    const crosses = rule === 'covering' ? running >= limit : running + weights[id] > limit;
    const tied = rule === 'gpt2-release' && weights[id] === weights[kept.at(-1) ?? id];
    if (kept.length > 0 && crosses && !tied) break;
    running += weights[id];
    kept.push(id);
  }
  return kept;
}
