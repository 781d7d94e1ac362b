/** What is left of a training document without what it shares with test sets: the second half of GPT-3's filter. */
import { assertNaturals } from '../assert-integers.js';
import type { Collisions } from './find-collisions.js';
import { eachGram } from './grams.js';
import { normaliseWords, wordSpans } from './words.js';

/** How much goes. Characters are UTF-16 units; no pair is cut in two. */
export interface CleaningOptions {
  /**
   * Characters taken out before a gram, and as many after it. Default 200. The paper says "a 200 character window around
   * it"; on each side is how lm-evaluation-harness reads that.
   */
  margin?: number;
  /** Pieces shorter than this are dropped. Default 200. */
  minPiece?: number;
  /** A document that splits into more pieces than this, the short ones included, is dropped. Default 10. */
  maxPieces?: number;
}

/** What became of a document, and why. */
export interface CleanedDocument {
  /**
   * - `clean`: nothing collides; the only piece is the document.
   * - `cut`: grams and their margins were taken out.
   * - `too-many-pieces`: it split into more than `maxPieces`, and nothing is kept.
   * - `too-short`: all pieces were shorter than `minPiece`, or there were none.
   */
  outcome: 'clean' | 'cut' | 'too-many-pieces' | 'too-short';
  /** What to keep, in order. */
  pieces: string[];
  /** Colliding grams, one that comes again counted again. */
  collisions: number;
  /** Pieces it split into, before any was dropped. */
  split: number;
  /** Characters that are gone. */
  removed: number;
}

/**
 * Takes the colliding grams out of a document, each with its margins, and splits it there.
 *
 * @throws InvalidArgumentError when an option is no integer from 0.
 * @see Brown et al. 2020, appendix C; rules 4 to 6.
 * @example
 * const collisions = await findCollisions(train, tests);
 * for (const document of train) keep(...cleanDocument(document, collisions).pieces);
 */
export function cleanDocument(
  document: string,
  collisions: Collisions,
  options: CleaningOptions = {},
): CleanedDocument {
  const { margin = 200, minPiece = 200, maxPieces = 10 } = options;
  assertNaturals({ margin, minPiece, maxPieces });
  const first = collidingWords(document, collisions);
  if (first.length === 0) {
    return { outcome: 'clean', pieces: [document], collisions: 0, split: 1, removed: 0 };
  }
  const split = piecesBetween(document, first, collisions, margin);
  const long = split.filter((piece) => piece.length >= minPiece);
  const outcome = split.length > maxPieces ? 'too-many-pieces' : long.length === 0 ? 'too-short' : 'cut';
  const pieces = outcome === 'cut' ? long : [];
  const removed = document.length - pieces.reduce((sum, piece) => sum + piece.length, 0);
  return { outcome, pieces, collisions: first.length, split: split.length, removed };
}

/** The numbers of the words at which colliding grams begin. */
function collidingWords(document: string, { n, rule, grams }: Collisions): number[] {
  const found: number[] = [];
  if (grams.size === 0) return found;
  const words = normaliseWords(document, rule);
  eachGram(words, n, (begin, end, word) => {
    if (grams.has(words.slice(begin, end))) found.push(word);
  });
  return found;
}

function piecesBetween(
  document: string,
  first: readonly number[],
  { n, rule }: Collisions,
  margin: number,
): string[] {
  const { begins, ends } = wordSpans(document, rule);
  const pieces: string[] = [];
  let from = 0;
  for (const word of first) {
    const to = wholeCharacter(document, begins[word] - margin, -1);
    if (to > from) pieces.push(document.slice(from, to));
    from = Math.max(from, wholeCharacter(document, ends[word + n - 1] + margin, 1));
  }
  if (from < document.length) pieces.push(document.slice(from));
  return pieces;
}

/** A place inside the text that is not inside of a pair, moved by one if it has to be. */
function wholeCharacter(text: string, at: number, direction: 1 | -1): number {
  if (at <= 0) return 0;
  if (at >= text.length) return text.length;
  const isInside = /^[\ud800-\udbff][\udc00-\udfff]$/.test(text.slice(at - 1, at + 1));
  return isInside ? at + direction : at;
}
