/** Grams: `n` words that follow each other in one document. */
import { InvalidArgumentError } from '@gpt-ts/core';

const MAX_WORDS = 1000; // what is longer is a passage

/** How many words a text of `normaliseWords` has. */
export function countWords(words: string): number {
  if (words === '') return 0;
  let count = 1;
  for (let at = words.indexOf(' '); at >= 0; at = words.indexOf(' ', at + 1)) count++;
  return count;
}

/** How many grams it has; one that comes again counts again. */
export function countGrams(words: string, n: number): number {
  return Math.max(0, countWords(words) - n + 1);
}

/**
 * Calls `visit` with where each gram of a text of `normaliseWords` begins and ends, and the number of its first word,
 * from 0.
 */
export function eachGram(
  words: string,
  n: number,
  visit: (begin: number, end: number, word: number) => void,
): void {
  if (words === '') return;
  const begins = new Float64Array(n); // of the last n words, word k at k % n
  for (let begin = 0, word = 0; begin <= words.length; word++) {
    const space = words.indexOf(' ', begin);
    const end = space < 0 ? words.length : space;
    begins[word % n] = begin;
    if (word >= n - 1) visit(begins[(word + 1) % n], end, word - n + 1);
    begin = end + 1;
  }
}

/** @throws {@link InvalidArgumentError} unless grams can have `n` words: from 1 to 1000. */
export function assertGramLength(n: number): void {
  if (Number.isInteger(n) && n >= 1 && n <= MAX_WORDS) return;
  const expected = `an integer from 1 to ${MAX_WORDS}`;
  throw new InvalidArgumentError({ argument: 'n', expected, received: n });
}
