/**
 * Cuts English text into words and punctuation, exactly as the tokenizer of spaCy 3.8's blank English pipeline, which
 * GPT-1's text encoder used: `don't` is `do` and `n't`, `Mr.` is one token, the full stop after a word is another.
 *
 * @see explosion/spaCy 3.8 `spacy/tokenizer.pyx` (MIT), `_tokenize_affixes`, `_split_affixes`, `_attach_tokens`.
 */
import { detach } from '@gpt-ts/core';
import { prefixLength, splitInfixes, suffixLength } from './english/affixes.js';
import { MAX_SPECIAL_LENGTH, SPECIAL_CASES } from './english/special-cases.js';
import { SpecialSequences } from './english/special-sequences.js';
import { isUrl } from './english/url.js';
import { isWhiteSpace } from './white-space.js';

const MAX_CACHED_CHUNKS = 50_000; // some 10 MB
const MAX_CACHED_LENGTH = 64; // longer chunks hardly ever come twice
const SPACE = 0x20;

const cache = new Map<string, readonly string[]>();
let sequences: SpecialSequences | undefined; // built on first use

/**
 * The tokens of a text. The one space between two tokens belongs to neither; further white space is a token.
 *
 * @example
 * splitEnglish("I don't know, Mr. Smith."); // => ['I', 'do', "n't", 'know', ',', 'Mr.', 'Smith', '.']
 */
export function splitEnglish(text: string): string[] {
  sequences ??= new SpecialSequences(SPECIAL_CASES, (word) => splitChunk(word, false));
  const tokens: string[] = [];
  const chunks: number[] = []; // for each token the chunk it is from
  let chunk = 0;
  let start = 0;
  let inSpace = text !== '' && isWhiteSpace(text.charCodeAt(0));
  for (let i = 0; i <= text.length; i++) {
    const unit = text.charCodeAt(i); // NaN at the end
    if (i < text.length && isWhiteSpace(unit) === inSpace) continue;
    if (start < i) {
      for (const token of tokensOf(text.slice(start, i))) {
        tokens.push(token);
        chunks.push(chunk);
      }
      chunk++;
    }
    start = unit === SPACE ? i + 1 : i;
    inSpace = !inSpace;
  }
  return sequences.apply(tokens, chunks);
}

function tokensOf(chunk: string): readonly string[] {
  let tokens = cache.get(chunk);
  if (tokens !== undefined) return tokens;
  tokens = splitChunk(chunk, true);
  if (chunk.length <= MAX_CACHED_LENGTH) {
    if (cache.size >= MAX_CACHED_CHUNKS) cache.clear();
    cache.set(detach(chunk), tokens.map(detach));
  }
  return tokens;
}

/** The tokens of a chunk, which is all white space or has none. */
function splitChunk(chunk: string, withSpecialCases: boolean): readonly string[] {
  const special = (from: number, to: number): readonly string[] | undefined =>
    withSpecialCases && to - from <= MAX_SPECIAL_LENGTH
      ? SPECIAL_CASES.get(chunk.slice(from, to))
      : undefined;
  const prefixes: string[] = [];
  const suffixes: string[] = []; // the last first
  let start = 0;
  let end = chunk.length;
  while (start < end && special(start, end) === undefined) {
    const left = prefixLength(chunk, start, end);
    const right = suffixLength(chunk, start + left, end);
    if (left + right === 0) break;
    const keepsEnd = left > 0 && special(start + left, end) !== undefined;
    const keepsBeginning = !keepsEnd && right > 0 && special(start, end - right) !== undefined;
    if (left > 0 && !keepsBeginning) {
      prefixes.push(chunk.slice(start, start + left));
      start += left;
    }
    if (right > 0 && !keepsEnd) {
      suffixes.push(chunk.slice(end - right, end));
      end -= right;
    }
  }
  return [...prefixes, ...inner(chunk.slice(start, end), special(start, end)), ...suffixes.reverse()];
}

/** The tokens of what the affixes left. */
function inner(word: string, special: readonly string[] | undefined): readonly string[] {
  if (special !== undefined) return special;
  if (word === '') return [];
  return isUrl(word) ? [word] : splitInfixes(word);
}
