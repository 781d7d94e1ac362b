import { isAbbreviation } from '../detokenize/abbreviations.js';

const END = /[.!?…]+["'”’»)\]]*(?=\s|$)/g;

/**
 * The sentences of a text, without white space around them. One ends at `.`, `!`, `?` or `…` before white space, unless the period
 * belongs to an abbreviation, and at the end of a line.
 *
 * @example
 * sentences('Mr. Fox slept. "Why?" Nobody knew'); // => ['Mr. Fox slept.', '"Why?"', 'Nobody knew']
 */
export function sentences(text: string): string[] {
  return text
    .split('\n')
    .flatMap(cut)
    .map((sentence) => sentence.trim())
    .filter((sentence) => sentence !== '');
}

function cut(line: string): string[] {
  const found: string[] = [];
  let start = 0;
  for (const { 0: mark, index } of line.matchAll(END)) {
    const word = line.slice(line.lastIndexOf(' ', index) + 1, index + 1).replace(/^[^\p{L}]+/u, '');
    if (mark === '.' && isAbbreviation(word)) continue;
    found.push(line.slice(start, index + mark.length));
    start = index + mark.length;
  }
  return [...found, line.slice(start)];
}
