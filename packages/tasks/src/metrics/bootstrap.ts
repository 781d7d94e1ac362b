/**
 * How far a figure would move if the test set had been drawn again.
 *
 * @see Efron and Tibshirani 1993, An introduction to the bootstrap, section 13.3: the percentile interval.
 */
import { InvalidArgumentError, Random } from '@gpt-ts/core';

/** How many draws, and how sure. */
export interface BootstrapOptions {
  /** Seed of the draws. Default 0, and 0 counts. */
  seed?: number;
  /** Sets drawn, each as large as the one given, with replacement. Default 1000. */
  draws?: number;
  /** Share of the draws inside the interval, between 0 and 1. Default 0.95. */
  level?: number;
}

/** From `low` to `high`, in the unit of the figure. */
export interface Interval {
  low: number;
  high: number;
}

/**
 * The percentile bootstrap interval of a figure over items: the middle `level` of its values over sets drawn from them.
 *
 * The same outcomes, in the same order, and seed give the same interval. A percentile between two values lies on the line that
 * joins them.
 *
 * @param outcomes - One an item; items that belong together, such as questions about one passage, are best given as one.
 * @param figure - Of any set of as many outcomes, some of them repeated.
 * @throws InvalidArgumentError when there are no outcomes, an option is out of range, or a figure is NaN.
 * @example
 * const share = (right: readonly number[]) => right.reduce((a, b) => a + b) / right.length;
 * bootstrapInterval([0, 0, 0, 1, 1, 1, 1, 1], share); // => { low: 0.25, high: 0.875 }
 */
export function bootstrapInterval<T>(
  outcomes: readonly T[],
  figure: (outcomes: readonly T[]) => number,
  { seed = 0, draws = 1000, level = 0.95 }: BootstrapOptions = {},
): Interval {
  if (outcomes.length === 0) {
    throw new InvalidArgumentError({ argument: 'outcomes', expected: 'one or more', received: [] });
  }
  if (!Number.isSafeInteger(draws) || draws < 1) {
    throw new InvalidArgumentError({ argument: 'draws', expected: 'a positive integer', received: draws });
  }
  if (!(level > 0 && level < 1)) {
    throw new InvalidArgumentError({ argument: 'level', expected: 'between 0 and 1', received: level });
  }
  const random = new Random(seed, 'bootstrap');
  const figures: number[] = [];
  for (let draw = 0; draw < draws; draw++) {
    const value = figure(outcomes.map(() => random.pick(outcomes)));
    if (Number.isNaN(value)) {
      throw new InvalidArgumentError({
        argument: 'figure',
        expected: 'a number for any draw',
        received: value,
      });
    }
    figures.push(value);
  }
  figures.sort((a, b) => a - b);
  return { low: quantile(figures, (1 - level) / 2), high: quantile(figures, (1 + level) / 2) };
}

/** Of ascending values: place `q (n - 1)` counted from 0, by linear interpolation. */
function quantile(values: readonly number[], q: number): number {
  const place = q * (values.length - 1);
  const below = values[Math.floor(place)];
  const above = values[Math.ceil(place)];
  return below === above ? below : below + (above - below) * (place % 1);
}
