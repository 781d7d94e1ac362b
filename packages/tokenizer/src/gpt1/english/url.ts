/**
 * Whether a word is an address: protocol, user, host, port and path, all but the host optional. Addresses stay whole.
 *
 * The rule is `URL_PATTERN` of explosion/spaCy 3.8 `spacy/lang/tokenizer_exceptions.py` (MIT), itself from Diego Perini's
 * https://gist.github.com/dperini/729294. As an expression it looks for the `@` in quadratic time, so it is a scanner here:
 *
 *     (protocol://)? (anything@)? (IP address | (label.)+ top-level domain) (:port)? ([/?#] anything)?
 */
import { ALPHA_LOWER } from './characters.js';

const { raw } = String;
const NOT_PROTOCOL = /[^\p{L}\p{N}_+.-]/u;
const OCTET = raw`(?:1?\d{1,2}|2[0-4]\d|25[0-5])`;
const PRIVATE = raw`(?:10|127)(?:\.\d{1,3}){3}|(?:169\.254|192\.168)(?:\.\d{1,3}){2}|172\.(?:1[6-9]|2\d|3[01])(?:\.\d{1,3}){2}`;
const REST = raw`(?::\p{Nd}{2,5})?(?:[\/?#]|$)`; // a path may hold anything
const IP_ADDRESS: RegExp = new RegExp(
  raw`(?!${PRIVATE})(?:[1-9]\d?|1\d\d|2[01]\d|22[0-3])(?:\.${OCTET}){2}\.(?:[1-9]\d?|1\d\d|2[0-4]\d|25[0-4])${REST}`.replaceAll(
    raw`\d`,
    raw`\p{Nd}`, // Python's \d
  ),
  'yv',
);
const LABEL = /[A-Za-z0-9\u00a1-\uffff_-]{1,65}/uy; // 64 at most, and one that is too many
const LABEL_END = /[A-Za-z0-9\u00a1-\uffff]$/u; // and beginning
const LABEL_BEGINNING = /^[A-Za-z0-9\u00a1-\uffff]/u;
const TOP_LEVEL: RegExp = new RegExp(`[${ALPHA_LOWER}]{2,63}${REST}`, 'yv');

/** Whether a word, which has no white space, is an address. */
export function isUrl(word: string): boolean {
  if (!word.includes('.')) return false;
  if (hostAt(word, 0)) return true;
  const colon = word.search(NOT_PROTOCOL);
  const one = word.codePointAt(0)! > 0xffff ? 2 : 1; // a protocol has two characters at least
  if (colon > one && word.startsWith('://', colon) && hostAt(word, colon + 3)) return true;
  for (let at = word.indexOf('@', 1); at >= 0; at = word.indexOf('@', at + 1)) {
    if (hostAt(word, at + 1)) return true;
  }
  return false;
}

/** Whether a host begins at `at`, with nothing but a port and a path after it. */
function hostAt(word: string, at: number): boolean {
  return matchesAt(IP_ADDRESS, word, at) || domainAt(word, at);
}

function domainAt(word: string, at: number): boolean {
  for (let start = at; ; ) {
    LABEL.lastIndex = start;
    const label = LABEL.exec(word)?.[0];
    const dot = start + (label?.length ?? 0);
    if (label === undefined || word[dot] !== '.') return start > at && matchesAt(TOP_LEVEL, word, start);
    if (label.length > 64 || !LABEL_BEGINNING.test(label) || !LABEL_END.test(label)) return false;
    start = dot + 1;
  }
}

function matchesAt(expression: RegExp, word: string, at: number): boolean {
  expression.lastIndex = at;
  return expression.test(word);
}
