import { InvalidArgumentError } from '@gpt-ts/core';

/** Refuses NaN and infinities, which have no place in an order or a mean. */
export function assertFinite(argument: string, values: ArrayLike<number>): void {
  for (let i = 0; i < values.length; i++) {
    if (Number.isFinite(values[i])) continue;
    throw new InvalidArgumentError({
      argument: `${argument}[${i}]`,
      expected: 'a finite number',
      received: values[i],
    });
  }
}
