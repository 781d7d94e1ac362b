/**
 * Text that was cut as in the Penn Treebank: quotation marks as `` and '', brackets as -LRB- and -RRB-, `do n't`,
 * `gon na`, `dog 's`. The Children's Book Test has it with capitals, LAMBADA's plain text without.
 */
import { isAbbreviation } from './abbreviations.js';
import { type Detokenizer, detokenizer, type Touch } from './detokenizer.js';

const OPEN: ReadonlyMap<string, string> = new Map([
  ['"', '``'],
  ["'", '`'],
  ['(', '-lrb-'],
  ['[', '-lsb-'],
  ['{', '-lcb-'],
]);
const CLOSE: ReadonlyMap<string, string> = new Map([
  ['"', "''"],
  [')', '-rrb-'],
  [']', '-rsb-'],
  ['}', '-rcb-'],
]);
const CLOSING = /(?:\.{2,}|[!?]{2,}|[.,:;!?%)\]}"'])$/;
const STARTS_WITH_APOSTROPHE = /^'(?:s|m|d|re|ll|ve|em|n|til|cause|tis|twas|bout|round)$/i;
const CONTRACTION = /^(.+)(n't|'s|'m|'d|'re|'ll|'ve)$/i;
const TWO_WORDS = /^(gon|wan)(na)$|^(got)(ta)$|^(can)(not)$|^(lem|gim)(me)$/i;

/** The tokens of a word: one, or two where it is a contraction. */
export function cutContraction(word: string): string[] {
  const [, ...found] = CONTRACTION.exec(word) ?? TWO_WORDS.exec(word) ?? [];
  const parts = found.filter((part) => part !== undefined);
  return parts.length === 2 ? parts : [word];
}

/** Whether a token is the second half of a contraction. */
export function isContracted(token: string, before: string | undefined): boolean {
  if (before === undefined) return false;
  return /^(?:n't|'s|'m|'d|'re|'ll|'ve)$/i.test(token) || TWO_WORDS.test(before + token);
}

/**
 * A style of the Treebank.
 *
 * @param capitals - Brackets are -LRB-, not -lrb-.
 */
function treebank(capitals: boolean): Detokenizer {
  const named = (token: string) => (capitals && token.startsWith('-') ? token.toUpperCase() : token);
  const signs = new Map([...OPEN, ...CLOSE].map(([sign, token]) => [named(token), sign]));
  const opening = new Set([...OPEN.values()].map(named));
  const closing = new Set([...CLOSE.values()].map(named));
  return detokenizer({
    padded: false,
    write: (token) => signs.get(token) ?? token,
    cut(piece) {
      const before: string[] = [];
      const after: string[] = [];
      let rest = piece;
      for (let mark = CLOSING.exec(rest)?.[0]; mark !== undefined; mark = CLOSING.exec(rest)?.[0]) {
        if (mark.length === rest.length || (mark === '.' && isAbbreviation(rest))) break;
        after.unshift(named(CLOSE.get(mark) ?? mark));
        rest = rest.slice(0, -mark.length);
      }
      while (rest.length > 1 && !STARTS_WITH_APOSTROPHE.test(rest)) {
        const open = rest[0] === '$' || rest[0] === '#' ? rest[0] : OPEN.get(rest[0]);
        if (open === undefined) break;
        before.push(named(open));
        rest = rest.slice(1);
      }
      return [...before, ...cutContraction(rest), ...after];
    },
    touches: (tokens) =>
      tokens.map((token, i): Touch => {
        if (opening.has(token) || token === '$') return 'after';
        if (closing.has(token) || isContracted(token, tokens[i - 1])) return 'before';
        return /^(?:\.{2,}|[!?]{2,}|[.,:;!?%'])$/.test(token) ? 'before' : 'none';
      }),
  });
}

/**
 * Sentences of the Children's Book Test.
 *
 * @example
 * cbt.detokenize("`` I do n't know , '' said she -LRB- aside -RRB- ."); // => '"I don\'t know," said she (aside).'
 */
export const cbt: Detokenizer = treebank(true);

/** LAMBADA's plain text, in small letters. GPT-2 was evaluated on text that had not been cut, which needs none of this. */
export const lambada: Detokenizer = treebank(false);
