/** A dev split for sets that were published without one. */
import { InvalidArgumentError, Random } from '@gpt-ts/core';
import type { Example } from './example.js';

/**
 * Holds back a share of the examples of each label, drawn by seed. Both parts keep the order of the whole.
 *
 * Examples of one source, such as questions about one passage, stay together: a passage that was trained on measures
 * nothing. A group counts under the label of its first example. The number of groups held back is rounded for each
 * label.
 *
 * @param share - From 0 to 1, both excluded.
 * @param seed - The same seed and examples give the same split.
 * @throws InvalidArgumentError when the share is none, or leaves a part empty.
 * @example
 * const { train, dev } = holdOut(examples, 0.1, 0);
 */
export function holdOut<E extends Pick<Example, 'label' | 'source'>>(
  examples: readonly E[],
  share: number,
  seed: number,
): { train: E[]; dev: E[] } {
  if (!(share > 0 && share < 1)) {
    throw new InvalidArgumentError({ argument: 'share', expected: 'between 0 and 1', received: share });
  }
  const heldBack = new Set<string>();
  for (const [label, groups] of groupsByLabel(examples)) {
    const shuffled = new Random(seed, `hold out ${label}`).shuffle([...groups]);
    for (const group of shuffled.slice(0, Math.round(share * groups.size))) heldBack.add(group);
  }
  const dev = examples.filter((example) => heldBack.has(groupOf(example)));
  const train = examples.filter((example) => !heldBack.has(groupOf(example)));
  if (dev.length === 0 || train.length === 0) {
    throw new InvalidArgumentError({
      argument: 'share',
      expected: `such that ${examples.length} examples make two parts`,
      received: share,
      hint: 'Add examples, or give a dev file.',
    });
  }
  return { train, dev };
}

function groupsByLabel(examples: readonly Pick<Example, 'label' | 'source'>[]): Map<number, Set<string>> {
  const labels = new Map<string, number>();
  for (const example of examples) {
    const group = groupOf(example);
    if (!labels.has(group)) labels.set(group, example.label);
  }
  const groups = new Map<number, Set<string>>();
  for (const [group, label] of labels) {
    const known = groups.get(label);
    if (known === undefined) groups.set(label, new Set([group]));
    else known.add(group);
  }
  return groups;
}

function groupOf({ source }: Pick<Example, 'source'>): string {
  return `${source.row} ${source.file}`;
}
