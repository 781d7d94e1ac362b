/** The symbols that GPT-1's merges start from: single characters, and characters that end a word. */
import { isCharacter } from '../char-tokenizer.js';

/** What marks the end of a word in a vocabulary of GPT-1. */
export const END_OF_WORD = '</w>';

/** The tokens of a vocabulary that are one character, with or without `</w>`. */
export function characterSymbols(tokens: readonly string[]): string[] {
  return tokens.filter((token) =>
    isCharacter(token.endsWith(END_OF_WORD) ? token.slice(0, -END_OF_WORD.length) : token),
  );
}
