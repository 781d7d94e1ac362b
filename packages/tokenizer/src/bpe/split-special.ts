/** Finds special tokens, such as `<|endoftext|>`, in a text. */

/**
 * Cuts a text at every special token; where two begin at the same place, the longer one wins.
 *
 * @param names - The special tokens to look for.
 * @returns Plain text at even places and special tokens at odd ones; plain text may be empty.
 * @example
 * splitSpecial('one<|endoftext|>two', ['<|endoftext|>']); // => ['one', '<|endoftext|>', 'two']
 */
export function splitSpecial(text: string, names: readonly string[]): string[] {
  if (names.length === 0) return [text];
  const longestFirst = [...names].sort((a, b) => b.length - a.length);
  const escaped = longestFirst.map((name) => name.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&'));
  return text.split(new RegExp(`(${escaped.join('|')})`)); // split keeps what a group matches
}
