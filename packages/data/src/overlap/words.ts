/** What counts as a word when two texts are compared: the rules of GPT-2 and of GPT-3. */
import { InvalidArgumentError } from '@gpt-ts/core';
import { classTable, SEPARATES, WORD } from './character-classes.js';

/**
 * Whose rule makes words of a text.
 *
 * - `gpt2`: runs of letters, digits and marks of any script; whatever else stands between them separates. GPT-2
 *   section 4: "lower-cased alphanumeric words". `Don't stop -` gives `don t stop`.
 * - `gpt3`: what white space separates, without punctuation and symbols; what has nothing else is no word. GPT-3
 *   appendix C. `Don't stop -` gives `dont stop`.
 *
 * Both are in lower case. Neither composes characters: an é of one code point differs from one of two.
 */
export type WordRule = 'gpt2' | 'gpt3';

const SPACE = 0x20;

/**
 * The words of a text, separated by single spaces.
 *
 * @throws {@link InvalidArgumentError} when the rule is none.
 * @example
 * normaliseWords('It\'s  1,000 "words"!', 'gpt2'); // => 'it s 1 000 words'
 * normaliseWords('It\'s  1,000 "words"!', 'gpt3'); // => 'its 1000 words'
 */
export function normaliseWords(text: string, rule: WordRule): string {
  assertRule(rule);
  const classes = classTable(rule);
  const lower = text.toLowerCase();
  const words = new Uint16Array(lower.length); // a space replaces a separator at least
  let length = 0;
  let separated = false;
  for (let at = 0; at < lower.length; at++) {
    const unit = lower.charCodeAt(at);
    const kind = classes.of(unit, lower, at);
    if (kind === WORD) {
      if (separated && length > 0) words[length++] = SPACE;
      separated = false;
      words[length++] = unit;
    } else if (kind === SEPARATES) separated = true;
  }
  return new TextDecoder('utf-16le').decode(words.subarray(0, length));
}

/** Where the words of {@link normaliseWords} begin and end in the text itself, in UTF-16 units. */
export function wordSpans(text: string, rule: WordRule): { begins: number[]; ends: number[] } {
  const classes = classTable(rule);
  const begins: number[] = [];
  const ends: number[] = [];
  let separated = true;
  for (let at = 0; at < text.length; at++) {
    const kind = classes.of(text.charCodeAt(at), text, at);
    if (kind === WORD) {
      if (separated) begins.push(at);
      separated = false;
      ends[begins.length - 1] = at + 1;
    } else if (kind === SEPARATES) separated = true;
  }
  return { begins, ends };
}

/** @throws {@link InvalidArgumentError} unless it is a {@link WordRule}. */
export function assertRule(rule: WordRule): void {
  if (rule === 'gpt2' || rule === 'gpt3') return;
  throw new InvalidArgumentError({ argument: 'rule', expected: "'gpt2' or 'gpt3'", received: rule });
}
