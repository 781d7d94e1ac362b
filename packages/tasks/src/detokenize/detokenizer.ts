/**
 * Text as people write it from data sets that were cut into tokens, and back again (GPT-2 section 3.1: "invertible
 * de-tokenizers").
 *
 * A data set is a `TokenStyle`: how a run of characters without a space is cut, and which tokens want to touch. The way
 * to plain text joins two tokens only if the way back cuts them there again, so the round trip holds by construction,
 * whatever the text; where a rule of taste and the round trip disagree, a space stays. A token that the way back would
 * cut, such as `approx.`, is followed by U+2060, the word joiner, which says that it is whole.
 *
 * Nothing depends on pairs: quotation marks that are not balanced look odd in plain text, and still come back.
 */

/** Both ways. Lines stay lines. */
export interface Detokenizer {
  /** Tokens with spaces between them to plain text. */
  detokenize(text: string): string;
  /** The inverse: `tokenize(detokenize(text)) === text` for every text. */
  tokenize(text: string): string;
}

/** Which neighbours a token wants to touch. */
export type Touch = 'none' | 'before' | 'after' | 'both';

/** How a data set was cut. */
export interface TokenStyle {
  /** Each line has a space before and behind its tokens. */
  padded: boolean;
  /** How a token is written in plain text. */
  write(token: string): string;
  /** The tokens of a piece of plain text without a space. */
  cut(piece: string): string[];
  /** For each token of a line, which neighbours it wants to touch. */
  touches(tokens: readonly string[]): Touch[];
}

const WHOLE = '\u2060';
const MAX_TOKENS = 32; // of a piece: it is cut again for every token that joins it
const MAX_LENGTH = 256; // of a piece that is cut: no word is longer, and the patterns take the square of it

/** The two ways of a style. */
export function detokenizer(style: TokenStyle): Detokenizer {
  return {
    detokenize: (text) => eachLine(text, (line, ended) => plainLine(style, line, ended)),
    tokenize: (text) => eachLine(text, (line, ended) => tokenLine(style, line, ended)),
  };
}

/** Maps lines; `ended` is false of what follows the last line break. */
function eachLine(text: string, map: (line: string, ended: boolean) => string): string {
  const lines = text.split('\n');
  return lines.map((line, i) => map(line, i < lines.length - 1)).join('\n');
}

function plainLine(style: TokenStyle, line: string, ended: boolean): string {
  const inner = style.padded ? withoutPadding(line, ended) : line;
  // A line that is not padded as the others are begins with a joiner; so does one that has a joiner there itself.
  if (inner === undefined || inner.startsWith(WHOLE)) return WHOLE + plainTokens(style, line);
  return plainTokens(style, inner);
}

function tokenLine(style: TokenStyle, line: string, ended: boolean): string {
  if (line.startsWith(WHOLE)) return tokensOf(style, line.slice(1));
  const inner = tokensOf(style, line);
  return style.padded ? withPadding(inner, ended) : inner;
}

/** What is between the spaces at the ends, `undefined` when that would not come back. */
function withoutPadding(line: string, ended: boolean): string | undefined {
  const inner = line === ' ' ? '' : line.slice(1, -1);
  return withPadding(inner, ended) === line ? inner : undefined;
}

/** A blank line is one space; behind the last line break there is nothing. */
function withPadding(inner: string, ended: boolean): string {
  if (inner === '') return ended ? ' ' : '';
  return ` ${inner} `;
}

function plainTokens(style: TokenStyle, line: string): string {
  const tokens = line.split(' ');
  const touches = style.touches(tokens);
  const pieces: string[] = [];
  let first = 0; // token of the last piece
  for (let i = 0; i < tokens.length; i++) {
    const joined =
      i > 0 && touch(touches, i) && i - first < MAX_TOKENS ? join(style, tokens, first, i) : undefined;
    if (joined === undefined) {
      pieces.push(alone(style, tokens[i]));
      first = i;
    } else {
      pieces[pieces.length - 1] = joined.piece;
      i = joined.last;
    }
  }
  return pieces.join(' ');
}

/** Whether token `i` and the one before want to touch. */
function touch(touches: readonly Touch[], i: number): boolean {
  const [left, right] = [touches[i - 1], touches[i]];
  return left === 'after' || left === 'both' || right === 'before' || right === 'both';
}

/** Tokens `first` to `i` as one piece, or with the one behind: a mark inside of a word comes back only between two parts. */
function join(
  style: TokenStyle,
  tokens: readonly string[],
  first: number,
  i: number,
): { piece: string; last: number } | undefined {
  for (const last of [i, i + 1]) {
    const part = tokens.slice(first, last + 1);
    const piece = part.map(style.write).join('');
    if (isCut(style, piece, part)) return { piece, last };
  }
  return undefined;
}

/** A token with a space on both sides. */
function alone(style: TokenStyle, token: string): string {
  const written = style.write(token);
  if (isCut(style, written, [token])) return written;
  return isCut(style, token, [token]) ? token : token + WHOLE;
}

function isCut(style: TokenStyle, piece: string, tokens: readonly string[]): boolean {
  if (piece.endsWith(WHOLE)) return false;
  const cut = cutPiece(style, piece);
  return cut.length === tokens.length && cut.every((each, i) => each === tokens[i]);
}

function tokensOf(style: TokenStyle, line: string): string {
  const cut = (piece: string) => (piece.endsWith(WHOLE) ? [piece.slice(0, -1)] : cutPiece(style, piece));
  return line.split(' ').flatMap(cut).join(' ');
}

function cutPiece(style: TokenStyle, piece: string): string[] {
  return piece.length > MAX_LENGTH ? [piece] : style.cut(piece);
}
