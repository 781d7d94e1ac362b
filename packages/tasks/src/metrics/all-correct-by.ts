import { InvalidArgumentError } from '@gpt-ts/core';

/**
 * The share of groups whose items are all right, from 0 to 1. MultiRC: a question counts only if all its answers are judged
 * correctly (GPT-3 section 3.7).
 *
 * @param groupOf - The group that an item belongs to.
 * @throws InvalidArgumentError when there are no items.
 * @example
 * const judged = [
 *   { question: 'a', right: true },
 *   { question: 'a', right: false },
 *   { question: 'b', right: true },
 * ];
 * allCorrectBy(judged, ({ question }) => question, ({ right }) => right); // => 0.5
 */
export function allCorrectBy<T>(
  items: readonly T[],
  groupOf: (item: T) => unknown,
  isRight: (item: T) => boolean,
): number {
  if (items.length === 0) {
    throw new InvalidArgumentError({ argument: 'items', expected: 'one or more', received: [] });
  }
  const groups = new Map<unknown, boolean>();
  for (const item of items) {
    const group = groupOf(item);
    groups.set(group, (groups.get(group) ?? true) && isRight(item));
  }
  return [...groups.values()].filter(Boolean).length / groups.size;
}
