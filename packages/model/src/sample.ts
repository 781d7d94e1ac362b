/**
 * From logits to the next token.
 *
 * @see `sample_sequence` in openai/gpt-2 `src/sample.py`: temperature, then top-k, then one draw.
 */
import { InvalidArgumentError, type Random } from '@gpt-ts/core';

/** How the next token is chosen. */
export interface SampleOptions {
  /** Divides logits before the softmax. 1 leaves them alone, 0 means greedy. Default 1. */
  temperature?: number;
  /** Keep only the k likeliest tokens, and those that tie with the k-th. Default: keep all. */
  topK?: number;
}

/** Throws InvalidArgumentError unless the options make sense. */
export function checkSampleOptions({ temperature = 1, topK }: SampleOptions): void {
  if (!(temperature >= 0 && Number.isFinite(temperature))) {
    throw new InvalidArgumentError({ argument: 'temperature', expected: '0 or more', received: temperature });
  }
  if (topK !== undefined && !(Number.isInteger(topK) && topK >= 1)) {
    throw new InvalidArgumentError({ argument: 'topK', expected: 'a positive integer', received: topK });
  }
}

/**
 * Probabilities of the next token after temperature and top-k; dropped tokens have exactly 0.
 *
 * @param logits - `[V]`, finite.
 * @throws InvalidArgumentError when a logit is NaN, or for impossible options.
 * @example
 * nextProbabilities(Float32Array.of(0, 0, -1), { topK: 2 }); // => [0.5, 0.5, 0]
 */
export function nextProbabilities(logits: ArrayLike<number>, options: SampleOptions = {}): Float64Array {
  checkSampleOptions(options);
  const { temperature = 1, topK = logits.length } = options;
  const best = argmax(logits);
  const probabilities = new Float64Array(logits.length);
  if (temperature === 0) {
    probabilities[best] = 1;
    return probabilities;
  }
  const threshold =
    topK < logits.length ? Float64Array.from(logits).sort()[logits.length - topK] : Number.NEGATIVE_INFINITY;
  let sum = 0;
  for (let i = 0; i < logits.length; i++) {
    if (logits[i] < threshold) continue;
    probabilities[i] = Math.exp((logits[i] - logits[best]) / temperature);
    sum += probabilities[i];
  }
  return probabilities.map((p) => p / sum);
}

/** Draws the next token. Temperature 0 takes the likeliest, the first one when several tie. */
export function sampleToken(logits: ArrayLike<number>, options: SampleOptions, random: Random): number {
  const probabilities = nextProbabilities(logits, options);
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

/** Index of the largest value, the first when several tie. */
export function argmax(values: ArrayLike<number>): number {
  let best = 0;
  for (let i = 0; i < values.length; i++) {
    if (Number.isNaN(values[i])) {
      throw new InvalidArgumentError({
        argument: 'logits',
        expected: 'numbers',
        received: `NaN at index ${i}`,
        hint: 'The weights are damaged, or the training that made them diverged.',
      });
    }
    if (values[i] > values[best]) best = i;
  }
  return best;
}
