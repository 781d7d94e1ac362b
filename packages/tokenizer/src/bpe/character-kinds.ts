/**
 * The four kinds of characters that GPT-2's pattern tells apart.
 *
 * @see openai/gpt-2 `src/encoder.py`. Its white space is that of Python's `regex` module, which differs from
 * JavaScript's: it has U+0085 and lacks U+FEFF.
 */

const LETTER = 1;
const NUMBER = 2;
export const WHITE_SPACE = 3;
/** All the rest: punctuation, symbols, marks, controls, and bytes that are not UTF-8. */
export const OTHER = 4;

const WHITE_SPACE_PATTERN = /[\t-\r\x20\x85\xA0\u1680\u2000-\u200A\u2028\u2029\u202F\u205F\u3000]/;

function lookUpKind(codePoint: number): number {
  const character = String.fromCodePoint(codePoint);
  if (/\p{L}/u.test(character)) return LETTER;
  if (/\p{N}/u.test(character)) return NUMBER;
  return WHITE_SPACE_PATTERN.test(character) ? WHITE_SPACE : OTHER;
}

/** `ASCII_KINDS[byte]` is the kind of an ASCII character, and 0 for the bytes of longer ones. */
export const ASCII_KINDS: Uint8Array = new Uint8Array(256).fill(OTHER, 0, 0x80);
// Spelled out: asking the expressions would take as long as everything else that happens on import.
ASCII_KINDS.fill(LETTER, 0x41, 0x5b).fill(LETTER, 0x61, 0x7b).fill(NUMBER, 0x30, 0x3a);
ASCII_KINDS.fill(WHITE_SPACE, 0x09, 0x0e).fill(WHITE_SPACE, 0x20, 0x21);

let kinds: Uint8Array | undefined; // of all code points, filled as they come; 0 is not yet looked up

/** The kind of any character. */
export function kindOf(codePoint: number): number {
  kinds ??= new Uint8Array(0x110000);
  return kinds[codePoint] || (kinds[codePoint] = lookUpKind(codePoint));
}
