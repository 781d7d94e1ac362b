/** The overlap rules once more, with regular expressions, split strings and sets: slow, and obviously right. */
import type { Random } from '@gpt-ts/core';
import type { WordRule } from '../../src/index.js';

const CHARACTERS = [...'aaabbcdeEXYZ012  \t\n\'",.-—$€+é', 'e\u0301', 'ß', '東', '😀', '𝐀', '\u00a0'];

/** Words and signs of many kinds. */
export function randomText(random: Random, length: number): string {
  return Array.from({ length: random.int(length) }, () => random.pick(CHARACTERS)).join('');
}

/** Documents of few different words, so that they share grams. */
export function randomDocument(random: Random, words: number): string {
  const marks = [' ', ' ', ' ', ', ', '. ', ' - ', '\n'];
  return Array.from(
    { length: random.int(words) },
    () => random.pick(['The', 'the', 'cat', 'dog', 'x1', "dog's"]) + random.pick(marks),
  ).join('');
}

export function naiveWords(text: string, rule: WordRule): string[] {
  const lower = text.toLowerCase();
  const parts =
    rule === 'gpt2'
      ? lower.split(/[^\p{L}\p{N}\p{M}]+/u)
      : lower.split(/\s+/).map((part) => part.replace(/[\p{P}\p{S}\p{Cs}]/gu, ''));
  return parts.filter((part) => part !== '');
}

export function naiveGrams(text: string, n: number, rule: WordRule): string[] {
  const words = naiveWords(text, rule);
  return words.map((_, i) => words.slice(i, i + n).join(' ')).slice(0, Math.max(0, words.length - n + 1));
}
