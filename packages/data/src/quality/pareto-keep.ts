/**
 * Which documents of a score are kept: mostly good ones, and now and then one that is unlike the good ones, so that the
 * corpus is not only what the classifier knows.
 *
 * @see GPT-3 appendix A: keep iff `np.random.pareto(9) > 1 - score`.
 */
import { InvalidArgumentError, philox4x32, streamId } from '@gpt-ts/core';
import { assertNaturals } from '../assert-integers.js';

/** GPT-3's: it makes the scores of what is kept spread as WebText's do. */
const PARETO_ALPHA = 9;

/** A document whose fate is asked for. */
export interface ParetoKeepOptions {
  /** From 0 to 1. */
  score: number;
  /** The document's number, from 0: each has a draw of its own, whatever was asked before. */
  document: number;
  /** Default 0. */
  seed?: number;
  /** Larger keeps fewer. Default 9. */
  alpha?: number;
}

/** @throws {@link InvalidArgumentError} when an option is out of range. */
export function paretoKeep({ score, document, seed = 0, alpha = PARETO_ALPHA }: ParetoKeepOptions): boolean {
  assertScore(score, alpha);
  assertNaturals({ document, seed });
  const block = new Uint32Array(4);
  const counter = [document >>> 0, Math.floor(document / 2 ** 32), streamId('pareto-keep'), 0] as const;
  philox4x32(counter, [seed >>> 0, Math.floor(seed / 2 ** 32)], block);
  const uniform = 1 - ((block[0] >>> 5) * 2 ** 26 + (block[1] >>> 6)) / 2 ** 53; // (0, 1]
  // NumPy's Pareto begins at 0 (Lomax).
  return uniform ** (-1 / alpha) - 1 > 1 - score;
}

/**
 * The probability that a document of this score is kept: `(2 - score)^-alpha`.
 *
 * @throws {@link InvalidArgumentError} when an argument is out of range.
 * @example
 * keepProbability(1); // => 1
 */
export function keepProbability(score: number, alpha: number = PARETO_ALPHA): number {
  assertScore(score, alpha);
  return (2 - score) ** -alpha;
}

function assertScore(score: number, alpha: number): void {
  if (!(score >= 0 && score <= 1)) {
    throw new InvalidArgumentError({ argument: 'score', expected: 'from 0 to 1', received: score });
  }
  if (alpha > 0 && alpha < Infinity) return;
  throw new InvalidArgumentError({ argument: 'alpha', expected: 'more than 0', received: alpha });
}
