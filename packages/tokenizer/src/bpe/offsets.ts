/** Where tokens lie in the text they came from. */

/** First and one past the last UTF-16 unit: `text.slice(start, end)`. */
export type Span = readonly [start: number, end: number];

/**
 * The characters that each token has a byte of, given how many bytes each token has.
 *
 * A character cut into several tokens is in the span of each, so that neighbouring spans may share it.
 *
 * @param byteLengths - Of the tokens of `text`, in order; together all its bytes.
 * @example
 * spansOf('a😀', [1, 2, 2]); // => [[0, 1], [1, 3], [1, 3]]
 */
export function spansOf(text: string, byteLengths: Iterable<number>): Span[] {
  const spans: Span[] = [];
  let units = 0; // before the current character
  let bytes = 0; // the same place, in bytes
  let tokenEnd = 0;
  for (const byteLength of byteLengths) {
    const tokenStart = tokenEnd;
    tokenEnd += byteLength;
    let start = -1;
    let end = units;
    for (;;) {
      const [unitLength, utf8Length] = sizeAt(text, units);
      if (start < 0 && bytes + utf8Length > tokenStart) start = units;
      if (bytes + utf8Length > tokenEnd || units >= text.length) {
        if (bytes < tokenEnd) end = units + unitLength; // the token ends inside this character
        break;
      }
      units += unitLength;
      bytes += utf8Length;
      end = units;
    }
    spans.push([start < 0 ? end : start, end]);
  }
  return spans;
}

/** How many UTF-16 units and UTF-8 bytes a character has; a lone surrogate becomes the three bytes of U+FFFD. */
function sizeAt(text: string, at: number): readonly [units: number, bytes: number] {
  const code = text.codePointAt(at) ?? 0;
  if (code > 0xffff) return [2, 4];
  return [1, code < 0x80 ? 1 : code < 0x800 ? 2 : 3];
}
