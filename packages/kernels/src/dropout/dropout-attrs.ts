import { InvalidArgumentError, streamId } from '@gpt-ts/core';

/** Attributes of dropout: what decides, for every element, whether it stays. */
export interface DropoutAttrs {
  /** Elements whose 32 random bits are below this are dropped. */
  threshold: number;
  /** What the others are multiplied by. */
  scale: number;
  /** Counter words of the generator above the element's own. */
  step: number;
  stream: number;
  /** The seed. */
  key: readonly [number, number];
}

/** Where a dropout mask comes from. The same place gives the same mask, on any backend and number of threads. */
export interface DropoutSource {
  seed: number;
  /** Which dropout of the model: every name has masks of its own. */
  name: string;
  /** Which update, from 0 to 2^32 - 1. */
  step: number;
}

/**
 * The attributes of a rate and a source.
 *
 * @throws InvalidArgumentError when the rate, the seed or the step is out of range.
 */
export function dropoutAttrs(rate: number, { seed, name, step }: DropoutSource): DropoutAttrs {
  if (!(rate >= 0 && rate < 1)) {
    throw new InvalidArgumentError({ argument: 'rate', expected: 'a number in [0, 1)', received: rate });
  }
  if (!Number.isSafeInteger(seed) || seed < 0) {
    const expected = 'an integer from 0 to 2^53 - 1';
    throw new InvalidArgumentError({ argument: 'seed', expected, received: seed });
  }
  if (!Number.isInteger(step) || step < 0 || step >= 2 ** 32) {
    const expected = 'an integer from 0 to 2^32 - 1';
    throw new InvalidArgumentError({ argument: 'step', expected, received: step });
  }
  return {
    threshold: Math.min(2 ** 32 - 1, Math.round(rate * 2 ** 32)),
    scale: 1 / (1 - rate),
    step,
    stream: streamId(name),
    key: [seed >>> 0, Math.floor(seed / 2 ** 32)],
  };
}
