/** One text, two parts: the model learns from the first and is judged on the second. */
import { InvalidArgumentError } from '@gpt-ts/core';
import type { TokenArray } from './token-array.js';

/** How to split. */
export interface SplitOptions {
  /** Share of the ids kept for validation, from 0 up to but not including 1. Default 0.1. */
  validationFraction?: number;
}

/** The two parts, as views of the ids they came from. */
export interface TokenSplit<T extends TokenArray = TokenArray> {
  train: T;
  validation: T;
}

/**
 * Splits ids in two without copying them: the first `floor((1 - validationFraction) n)` train, the rest validate.
 *
 * @throws {@link InvalidArgumentError} when `validationFraction` is not in `[0, 1)`.
 * @example
 * splitTokens(Int32Array.of(1, 2, 3, 4, 5), { validationFraction: 0.4 }).train; // => Int32Array [1, 2, 3]
 */
export function splitTokens<T extends TokenArray>(ids: T, options: SplitOptions = {}): TokenSplit<T> {
  const { validationFraction = 0.1 } = options;
  if (!(validationFraction >= 0 && validationFraction < 1)) {
    throw new InvalidArgumentError({
      argument: 'validationFraction',
      expected: 'a number from 0 up to but not including 1',
      received: validationFraction,
    });
  }
  // (1 - 0.9) * 10 is a little less than 1 in floating point, so the ids are counted from the other end, and a
  // count that misses a whole number by rounding is that whole number.
  const held = Math.ceil(validationFraction * ids.length - 1e-6);
  const train = ids.length - held;
  return { train: ids.subarray(0, train) as T, validation: ids.subarray(train) as T };
}
