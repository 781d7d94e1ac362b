/**
 * GPT-3's scrambled words, as in the files that OpenAI released.
 *
 * Contexts begin with their line break, so prompts join them without a delimiter, below the description:
 * `fewShotPrompt({ description: SCRAMBLING_DESCRIPTION, delimiter: '', ... })`.
 *
 * @see GPT-3 section 3.9.2 and appendix G; github.com/openai/gpt-3, `data`.
 */
import { InvalidArgumentError } from '@gpt-ts/core';
import type { Shot } from '../few-shot-prompt.js';

/**
 * What was done to a word:
 *
 * - `'cycle-letters'` (CL): the letters moved round, by 1 to all but 1;
 * - `'anagrams-1'` (A1), `'anagrams-2'` (A2): all but the first and last one, or two, in another order;
 * - `'random-insertion'` (RI): a space or one of `.` `/` `!` between every two letters;
 * - `'reversed-words'` (RW): the letters backwards.
 */
export type ScramblingKind =
  | 'cycle-letters'
  | 'anagrams-1'
  | 'anagrams-2'
  | 'random-insertion'
  | 'reversed-words';

/** The five kinds, in the order of GPT-3's Table 3.10. */
export const scramblingKinds: readonly ScramblingKind[] = [
  'cycle-letters',
  'anagrams-1',
  'anagrams-2',
  'random-insertion',
  'reversed-words',
];

/** What `'random-insertion'` inserts. */
export const INSERTED: readonly string[] = [' ', '.', '/', '!'];

/** The line at the top of the paper's prompts; the released files leave it out. */
export const SCRAMBLING_DESCRIPTION = 'Please unscramble the letters into a word, and write that word:';

/**
 * A scrambled word and its solution.
 *
 * @throws InvalidArgumentError when the kind does not make `scrambled` of `word`.
 * @example
 * scramblingItem('anagrams-1', 'sticks', 'skicts'); // => { context: '\nskicts =', completion: ' sticks' }
 */
export function scramblingItem(kind: ScramblingKind, word: string, scrambled: string): Shot {
  if (!isScrambled(kind, word, scrambled)) {
    throw new InvalidArgumentError({
      argument: 'scrambled',
      expected: `'${word}' as ${kind} may change it`,
      received: scrambled,
    });
  }
  return { context: `\n${scrambled} =`, completion: ` ${word}` };
}

/**
 * Whether the kind may make `scrambled` of `word`. The letters are never left as they were, with two exceptions: `'anagrams-2'`
 * where those between are all the same, and a palindrome backwards.
 */
export function isScrambled(kind: ScramblingKind, word: string, scrambled: string): boolean {
  const letters = [...word];
  const received = [...scrambled];
  switch (kind) {
    case 'cycle-letters':
      return scrambled !== word && letters.some((_, i) => rotated(letters, i).join('') === scrambled);
    case 'anagrams-1':
      return scrambled !== word && isAnagram(letters, received, 1);
    case 'anagrams-2':
      return (scrambled !== word || !canChange(between(letters, 2))) && isAnagram(letters, received, 2);
    case 'random-insertion':
      return (
        received.length === 2 * letters.length - 1 &&
        received.every((each, i) => (i % 2 === 0 ? each === letters[i / 2] : INSERTED.includes(each)))
      );
    case 'reversed-words':
      return letters.reverse().join('') === scrambled;
  }
}

/** The letters from place i on, then those before it. */
export function rotated(letters: readonly string[], i: number): string[] {
  return [...letters.slice(i), ...letters.slice(0, i)];
}

/** All but the first and last `kept`. */
export function between(letters: readonly string[], kept: number): string[] {
  return letters.slice(kept, Math.max(kept, letters.length - kept));
}

/** Whether another order of the letters would show. */
export function canChange(letters: readonly string[]): boolean {
  return new Set(letters).size > 1;
}

function isAnagram(letters: readonly string[], received: readonly string[], kept: number): boolean {
  const frame = (all: readonly string[]) => [...all.slice(0, kept), ...all.slice(-kept)].join('');
  const sorted = (all: readonly string[]) => between(all, kept).sort().join('');
  return (
    letters.length === received.length &&
    letters.length >= 2 * kept &&
    frame(letters) === frame(received) &&
    sorted(letters) === sorted(received)
  );
}
