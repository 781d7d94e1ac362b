import { InvalidArgumentError } from '@gpt-ts/core';
import type { Documents } from './documents.js';
import { assertGramLength, countWords } from './grams.js';
import { assertRule, normaliseWords, type WordRule } from './words.js';

/** Bounds of the length. */
export interface GramLengthOptions {
  /** Default 8. GPT-3 goes below for synthetic tasks alone: 2 for most. */
  min?: number;
  /** Default 13. */
  max?: number;
  /** What a word is. Default `gpt3`. */
  rule?: WordRule;
}

/**
 * The N of GPT-3's overlap analysis: the 5th percentile of the examples' lengths in words, but at least 8 and at most 13. The
 * percentile is by nearest rank: the least length such that a twentieth of the examples are no longer.
 *
 * @throws {@link InvalidArgumentError} when there is no example, or a bound is no length.
 * @see Brown et al. 2020, appendix C.
 * @example
 * await gramLength(['a b c d e f g h i j']); // => 10
 */
export async function gramLength(examples: Documents, options: GramLengthOptions = {}): Promise<number> {
  const { min = 8, max = 13, rule = 'gpt3' } = options;
  assertGramLength(min);
  assertGramLength(max);
  assertRule(rule);
  const lengths: number[] = [];
  for await (const example of examples) lengths.push(countWords(normaliseWords(example, rule)));
  if (lengths.length === 0) {
    throw new InvalidArgumentError({ argument: 'examples', expected: 'one or more', received: 0 });
  }
  lengths.sort((a, b) => a - b);
  return Math.min(max, Math.max(min, lengths[Math.ceil(lengths.length / 20) - 1]));
}
