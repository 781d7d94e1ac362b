import { InvalidArgumentError } from '@gpt-ts/core';

/** Throws {@link InvalidArgumentError} unless every value is an integer from 1; the message names the one that is not. */
export function assertPositiveIntegers(values: Record<string, number>): void {
  assertIntegers(values, 1, 'a positive integer');
}

/** Throws {@link InvalidArgumentError} unless every value is an integer from 0. */
export function assertNaturals(values: Record<string, number>): void {
  assertIntegers(values, 0, 'an integer from 0 to 2^53 - 1');
}

function assertIntegers(values: Record<string, number>, least: number, expected: string): void {
  for (const [argument, received] of Object.entries(values)) {
    if (!Number.isSafeInteger(received) || received < least) {
      throw new InvalidArgumentError({ argument, expected, received });
    }
  }
}
