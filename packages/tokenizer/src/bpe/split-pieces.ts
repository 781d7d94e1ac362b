/**
 * Cuts text into the pieces that merges never cross: words with their leading space, numbers, punctuation,
 * white space. Exactly GPT-2's pattern,
 *
 *     's|'t|'re|'ve|'m|'ll|'d| ?\p{L}+| ?\p{N}+| ?[^\s\p{L}\p{N}]+|\s+(?!\S)|\s+
 *
 * as a scanner of UTF-8: a regular expression backtracks, makes a string of every piece, and overflows its stack after a
 * few million letters in a row. The test holds it to the pattern.
 *
 * @see openai/gpt-2 `src/encoder.py`
 */
import { ASCII_KINDS, kindOf, OTHER, WHITE_SPACE } from './character-kinds.js';

const SPACE = 0x20;
const APOSTROPHE = 0x27;
const [D, E, L, M, R, S, T, V] = new TextEncoder().encode('delmrstv');

/**
 * Whether the piece from `start` to `stop` is one whatever bytes follow `end`: what comes after it has been seen, and it is
 * not `'l`, which may become `'ll`.
 */
export function isFinal(start: number, stop: number, end: number): boolean {
  return stop < end && start + 2 < end;
}

/**
 * The end of the piece that begins at `start`, which is below `end`.
 *
 * @param bytes - UTF-8 up to `end`. A byte that is not part of a character counts as a symbol.
 * @example
 * const bytes = new TextEncoder().encode("it's  2 pm");
 * pieceEnd(bytes, 0, 10); // => 2, then 4 ('s), 5 (a space), 7 ( 2), 10 ( pm)
 */
export function pieceEnd(bytes: Uint8Array, start: number, end: number): number {
  const first = bytes[start];
  if (first === APOSTROPHE) {
    const length = contraction(bytes, start, end);
    if (length > 0) return start + length;
  }
  const word = first === SPACE && start + 1 < end ? start + 1 : start;
  const kind = ASCII_KINDS[bytes[word]] || decodeKind(bytes, word, end);
  if (kind !== WHITE_SPACE) return runEnd(bytes, word, end, kind);
  const stop = runEnd(bytes, start, end, WHITE_SPACE);
  if (stop === end) return stop;
  // The last white space of a run stays with what follows.
  let last = stop - 1;
  while (last > start && (bytes[last] & 0xc0) === 0x80) last--;
  return last > start ? last : stop;
}

/** Length of `'s`, `'t`, `'re`, `'ve`, `'m`, `'ll` or `'d`; lower case only, as in the original. */
function contraction(bytes: Uint8Array, at: number, end: number): number {
  if (at + 1 >= end) return 0;
  const next = bytes[at + 1];
  if (next === S || next === T || next === M || next === D) return 2;
  if (at + 2 >= end) return 0;
  const after = bytes[at + 2];
  return (next === R && after === E) || (next === V && after === E) || (next === L && after === L) ? 3 : 0;
}

/** End of the run of characters of one kind that begins at `at`. */
function runEnd(bytes: Uint8Array, at: number, end: number, kind: number): number {
  for (;;) {
    while (at < end && ASCII_KINDS[bytes[at]] === kind) at++;
    if (at >= end || bytes[at] < 0x80 || decodeKind(bytes, at, end) !== kind) return at;
    at += width;
  }
}

let width = 1; // bytes of the character that decodeKind last saw

/** The kind of the character whose first byte, not ASCII, is at `at`. */
function decodeKind(bytes: Uint8Array, at: number, end: number): number {
  const first = bytes[at];
  width = first >= 0xf0 ? 4 : first >= 0xe0 ? 3 : 2;
  let codePoint = first & (0xff >> (width + 1));
  for (let i = 1; i < width; i++) {
    if (at + i >= end || (bytes[at + i] & 0xc0) !== 0x80) {
      width = i; // a character broken off
      return OTHER;
    }
    codePoint = (codePoint << 6) | (bytes[at + i] & 0x3f);
  }
  return isUtf8(first, codePoint) ? kindOf(codePoint) : OTHER;
}

const FEWEST: readonly number[] = [0, 0, 0x80, 0x800, 0x10000]; // code points that need so many bytes

function isUtf8(first: number, codePoint: number): boolean {
  return first >= 0xc2 && first <= 0xf4 && codePoint >= FEWEST[width] && codePoint <= 0x10ffff;
}
