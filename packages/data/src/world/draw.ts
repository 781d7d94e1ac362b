/** Draws texts by number until one is in its split. */
import { InvalidArgumentError, Random } from '@gpt-ts/core';
import { STUCK } from './page.js';
import { SPLITS, type Split } from './split.js';

const ATTEMPTS = 5000;

/** Which text of which world. */
export interface Draw {
  seed: number;
  index: number;
  split: Split;
}

/**
 * Calls `write` with one random stream after another until it does not get stuck. All of it is a function of the name and the
 * numbers.
 *
 * @param write - Gets a stream, and a number from 0 that is the same in all attempts: what it decides, as the label of an
 * example, does not depend on what is easy to word.
 * @throws {@link InvalidArgumentError} when `seed` or `index` is not an integer from 0 to 2^53 - 1, or there is no such split.
 */
export function draw<T>(
  name: string,
  { seed, index, split }: Draw,
  write: (random: Random, choice: number) => T,
): T {
  if (!Number.isSafeInteger(index) || index < 0) {
    const expected = 'an integer from 0 to 2^53 - 1';
    throw new InvalidArgumentError({ argument: 'index', expected, received: index });
  }
  if (!SPLITS.includes(split)) {
    const expected = `one of ${SPLITS.join(', ')}`;
    throw new InvalidArgumentError({ argument: 'split', expected, received: split });
  }
  const stream = `${name} ${split} ${index}`;
  const choice = new Random(seed, stream).uint32();
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    try {
      return write(new Random(seed, `${stream} ${attempt}`), choice);
    } catch (error) {
      if (error !== STUCK) throw error;
    }
  }
  throw STUCK;
}
