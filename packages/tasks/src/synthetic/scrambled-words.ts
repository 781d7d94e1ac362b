/** Scrambled words from a list, by seed. */
import { InvalidArgumentError, Random } from '@gpt-ts/core';
import type { Shot } from '../few-shot-prompt.js';
import {
  between,
  canChange,
  INSERTED,
  isScrambled,
  rotated,
  type ScramblingKind,
  scramblingItem,
} from './scrambling.js';

/** Of the draws. */
export interface ScramblingOptions {
  /** Default 0, and 0 counts. */
  seed?: number;
}

/**
 * Each word scrambled, every way that {@link isScrambled} allows equally likely.
 *
 * Each item depends on the kind, the seed, the word and its place in the list alone. GPT-3 took the 10,000 most frequent words of
 * 5 to 15 letters.
 *
 * @throws InvalidArgumentError when a word is none, or {@link canScramble} says no.
 * @example
 * scrambledWords('reversed-words', ['defeat']); // => [{ context: '\ntaefed =', completion: ' defeat' }]
 */
export function scrambledWords(
  kind: ScramblingKind,
  words: readonly string[],
  { seed = 0 }: ScramblingOptions = {},
): Shot[] {
  return words.map((word, i) => {
    if (!canScramble(kind, word)) {
      throw new InvalidArgumentError({
        argument: `words[${i}]`,
        expected: `a word that ${kind} can change`,
        received: word,
        hint: 'Leave it out; canScramble tells which to.',
      });
    }
    const random = new Random(seed, `${kind} ${i}`);
    for (;;) {
      const scrambled = scramble(kind, [...word], random).join('');
      if (isScrambled(kind, word, scrambled)) return scramblingItem(kind, word, scrambled);
    }
  });
}

/**
 * Whether a kind can make something of a word: it has no white space and at least 2 letters, 4 for `'anagrams-1'` and 6 for
 * `'anagrams-2'`, and those of `'cycle-letters'` and between the ends of `'anagrams-1'` are not all the same.
 */
export function canScramble(kind: ScramblingKind, word: string): boolean {
  const letters = [...word];
  if (letters.length < 2 || /\s/.test(word)) return false;
  if (kind === 'cycle-letters') return canChange(letters);
  if (kind === 'anagrams-1') return canChange(between(letters, 1));
  return kind !== 'anagrams-2' || letters.length >= 6;
}

function scramble(kind: ScramblingKind, letters: string[], random: Random): string[] {
  switch (kind) {
    case 'cycle-letters':
      return rotated(letters, 1 + random.int(letters.length - 1));
    case 'anagrams-1':
      return shuffledBetween(letters, 1, random);
    case 'anagrams-2':
      return shuffledBetween(letters, 2, random);
    case 'random-insertion':
      return letters.flatMap((letter, i) => (i === 0 ? [letter] : [random.pick(INSERTED), letter]));
    case 'reversed-words':
      return letters.toReversed();
  }
}

function shuffledBetween(letters: string[], kept: number, random: Random): string[] {
  return [...letters.slice(0, kept), ...random.shuffle(between(letters, kept)), ...letters.slice(-kept)];
}
