/**
 * What spaCy cuts off the beginning and the end of a word, and where it cuts inside.
 *
 * The rules are those of explosion/spaCy 3.8 `spacy/lang/punctuation.py` and `spacy/lang/en/punctuation.py` (MIT). They
 * are asked about the part of a text between two indices; but for runs of dots they see only the characters next to
 * the border, so that a word of a million characters costs no more than a short one.
 */
import { ALPHA, ALPHA_LOWER, ALPHA_UPPER, CURRENCY, PUNCTUATION, QUOTES, UNITS } from './characters.js';
import { ICONS } from './icons.js';

const { raw } = String;
const DOT = 0x2e;
const REACH = 12; // UTF-16 units; the longest affix has 5 characters, and 2 more are looked at

const ANYWHERE = `[${PUNCTUATION}${QUOTES}${ICONS}—–]`;
const PREFIX: RegExp = new RegExp(raw`^(?:${CURRENCY}|[§%=]|\+(?![0-9])|${ANYWHERE})`, 'v');
const SUFFIX: RegExp = new RegExp(
  [
    raw`(?:……|${ANYWHERE}|['’][sS]|(?<=[0-9])(?:\+|${CURRENCY}|${UNITS})`,
    // A class and no group in the source, so the signs of its group, ( ? : ) and |, are in it.
    raw`|(?<=°[FfCcKk]|[0-9${ALPHA_LOWER}%²\-+${PUNCTUATION}\|${QUOTES}]|[${ALPHA_UPPER}][${ALPHA_UPPER}])\.)$`,
  ].join(''),
  'v',
);
const INFIX: RegExp = new RegExp(
  [
    raw`\.\.+|…|[${ICONS}]|(?<=[0-9])[+\-*\^](?=[0-9\-])|(?<=[${ALPHA_LOWER}${QUOTES}])\.(?=[${ALPHA_UPPER}${QUOTES}])`,
    raw`|(?<=[${ALPHA}]),(?=[${ALPHA}])|(?<=[${ALPHA}0-9])(?:[\-–—~]|--|---|——|[:<>=\/])(?=[${ALPHA}])`,
  ].join(''),
  'gv',
);

/** Length of what is to be cut off the beginning of `text.slice(start, end)`; 0 for nothing. */
export function prefixLength(text: string, start: number, end: number): number {
  let dots = start;
  while (dots < end && text.charCodeAt(dots) === DOT) dots++;
  if (dots - start > 1) return dots - start;
  return PREFIX.exec(text.slice(start, Math.min(end, start + REACH)))?.[0].length ?? 0;
}

/** Length of what is to be cut off the end of `text.slice(start, end)`; 0 for nothing. */
export function suffixLength(text: string, start: number, end: number): number {
  let dots = end;
  while (dots > start && text.charCodeAt(dots - 1) === DOT) dots--;
  if (end - dots > 1) return end - dots;
  return SUFFIX.exec(text.slice(Math.max(start, end - REACH), end))?.[0].length ?? 0;
}

/**
 * A word cut at what stands between letters or digits: hyphens, slashes, ellipses. What cuts is a part, too.
 *
 * @example
 * splitInfixes('time-machine'); // => ['time', '-', 'machine']
 */
export function splitInfixes(word: string): string[] {
  const parts: string[] = [];
  let start = 0;
  for (const { 0: infix, index } of word.matchAll(INFIX)) {
    if (index === 0) continue; // stays with what follows
    if (index > start) parts.push(word.slice(start, index));
    parts.push(infix);
    start = index + infix.length;
  }
  if (start < word.length) parts.push(word.slice(start));
  return parts;
}

/** Whether {@link splitInfixes} would find anything, be it at the beginning. */
export function hasInfix(word: string): boolean {
  return word.search(INFIX) >= 0;
}
