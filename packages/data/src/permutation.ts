import type { Random } from '@gpt-ts/core';

/**
 * The numbers 0 to `n - 1` in a random order, each order equally likely (Fisher–Yates).
 *
 * Drawn whole, four bytes a number, and not number by number with a cipher: packed documents need their order at once
 * anyway, to know where in the epoch each begins, and a small cipher is not uniform over the orders of a few documents.
 */
export function permutation(n: number, random: Random): Uint32Array {
  const order = Uint32Array.from({ length: n }, (_, i) => i);
  for (let i = n - 1; i > 0; i--) {
    const j = random.int(i + 1);
    const last = order[i];
    order[i] = order[j];
    order[j] = last;
  }
  return order;
}
