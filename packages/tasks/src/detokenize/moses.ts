/**
 * Text that was cut by the tokenizer of the Moses toolkit, as WikiText and the One Billion Word Benchmark were: punctuation, brackets
 * and quotation marks stand alone, `Boulter 's`, `don 't`, `O 'Brien`.
 */
import { isAbbreviation } from './abbreviations.js';
import type { Touch } from './detokenizer.js';
import { Quotes } from './quotes.js';

const OPENING = /^[([{"'$£€“‘]/;
const CLOSING = /(?:\.{2,}|[.,:;!?%)\]}"'’”…′″])$/;
// `<unk>` was a word too.
const LETTER_AND_CLITIC = /(?<=[\p{L}>])(?='\p{L})|(?<=\p{N})(?='s$)/u;

/** The tokens of a piece without a mark inside: what opens, words, what closes. */
export function cutMoses(piece: string): string[] {
  const before: string[] = [];
  const after: string[] = [];
  let rest = piece;
  for (let mark = OPENING.exec(rest); mark !== null && rest.length > 1; mark = OPENING.exec(rest)) {
    before.push(mark[0]);
    rest = rest.slice(1);
  }
  for (let mark = CLOSING.exec(rest); mark !== null; mark = CLOSING.exec(rest)) {
    if (mark[0].length === rest.length || (mark[0] === '.' && isWhole(rest))) break;
    after.unshift(mark[0]);
    rest = rest.slice(0, -mark[0].length);
  }
  return [...before, ...rest.split(LETTER_AND_CLITIC), ...after];
}

const isWhole = (word: string) => isAbbreviation(word) || /^Nos?\.$/.test(word);

/** Which neighbours tokens want to touch; `inside` are those that stand between two. */
export function touchesMoses(tokens: readonly string[], inside: RegExp): Touch[] {
  const quotes = new Quotes(tokens);
  return tokens.map((token, i) => {
    if (inside.test(token)) return 'both';
    if (token === '"') return quotes.double();
    if (token === "'") return quotes.single(i);
    if (/^(?:\.{2,}|[.,:;!?%)\]}’”…′″]|'\p{L}+)$/u.test(token)) return 'before';
    return /^[([{$£€“‘]$/.test(token) ? 'after' : 'none';
  });
}
