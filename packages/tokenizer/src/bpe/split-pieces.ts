/**
 * Cuts text into the pieces that merges never cross: words with their leading space, numbers, punctuation,
 * white space. Exactly GPT-2's pattern,
 *
 *     's|'t|'re|'ve|'m|'ll|'d| ?\p{L}+| ?\p{N}+| ?[^\s\p{L}\p{N}]+|\s+(?!\S)|\s+
 *
 * as a scanner: a regular expression backtracks, and a few million letters in a row overflow its stack. The test
 * holds it to the pattern.
 *
 * @see openai/gpt-2 `src/encoder.py`. Its `\s` is Python's `regex` module's, which differs from JavaScript's: it
 * has U+0085 and lacks U+FEFF.
 */
const LETTER = 1;
const NUMBER = 2;
const WHITE_SPACE = 3;
const OTHER = 4;

const WHITE_SPACE_PATTERN = /[\t-\r\x20\x85\xA0\u1680\u2000-\u200A\u2028\u2029\u202F\u205F\u3000]/;
const CONTRACTION = /'(?:s|t|re|ve|m|ll|d)/y; // lower case only, as in the original
const SPACE = 0x20;
const APOSTROPHE = 0x27;

const kinds = new Uint8Array(0x10000); // of UTF-16 units; 0 is not yet looked up

function lookUpKind(character: string): number {
  if (/\p{L}/u.test(character)) return LETTER;
  if (/\p{N}/u.test(character)) return NUMBER;
  return WHITE_SPACE_PATTERN.test(character) ? WHITE_SPACE : OTHER;
}

/** Kind of the character at `at`, which may be two UTF-16 units long. A lone surrogate is `OTHER`. */
function kindAt(text: string, at: number): number {
  const unit = text.charCodeAt(at);
  if (unit >= 0xd800 && unit < 0xdc00) {
    const character = String.fromCodePoint(text.codePointAt(at)!);
    if (character.length === 2) return lookUpKind(character);
  }
  return (kinds[unit] ||= lookUpKind(text[at]));
}

/** End of the run of characters of one kind that begins at `at`. */
function runEnd(text: string, at: number, kind: number): number {
  let end = at;
  while (end < text.length && kindAt(text, end) === kind) end += text.codePointAt(end)! > 0xffff ? 2 : 1;
  return end;
}

/**
 * The end of the piece that begins at `start`; `start` is below `text.length`.
 *
 * @example
 * pieceEnd("it's  2 pm", 0); // => 2, then 4 ('s), 5 (a space), 7 ( 2), 10 ( pm)
 */
export function pieceEnd(text: string, start: number): number {
  const unit = text.charCodeAt(start);
  if (unit === APOSTROPHE) {
    CONTRACTION.lastIndex = start;
    if (CONTRACTION.test(text)) return CONTRACTION.lastIndex;
  }
  const word = unit === SPACE && start + 1 < text.length ? start + 1 : start;
  const kind = kindAt(text, word);
  if (kind !== WHITE_SPACE) return runEnd(text, word, kind);
  const end = runEnd(text, start, WHITE_SPACE);
  // The last white space of a run stays with what follows. All of it is in the BMP, so it is one unit.
  return end < text.length && end - start > 1 ? end - 1 : end;
}
