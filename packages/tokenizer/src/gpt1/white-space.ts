/**
 * What Python's `str.isspace` and the `\s` of its `re` call white space: JavaScript's `\s`, and U+001C to U+001F and
 * U+0085, but not U+FEFF. All of it is one UTF-16 unit long.
 */

/** The white space, to be put between the brackets of a character class. */
export const WHITE_SPACE =
  '\\t-\\r\\x1c-\\x20\\x85\\xa0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000';

const BEYOND_ASCII: RegExp = new RegExp(`[${WHITE_SPACE}]`);

/** Whether a UTF-16 unit is white space. */
export function isWhiteSpace(unit: number): boolean {
  if (unit > 0x20) return unit >= 0x85 && BEYOND_ASCII.test(String.fromCharCode(unit));
  return unit === 0x20 || (unit >= 0x09 && unit <= 0x0d) || (unit >= 0x1c && unit <= 0x1f);
}
