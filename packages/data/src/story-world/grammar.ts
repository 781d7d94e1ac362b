/** The little English the story world needs: articles, plurals, lists and capitals. */

/**
 * A phrase with its indefinite article. The world has no word whose first letter misleads ("hour", "uniform").
 *
 * @example
 * withArticle('orange kite'); // => 'an orange kite'
 */
export function withArticle(phrase: string): string {
  return /^[aeiou]/i.test(phrase) ? `an ${phrase}` : `a ${phrase}`;
}

/**
 * The plural of a regular noun.
 *
 * @example
 * plural('cherry'); // => 'cherries'
 */
export function plural(noun: string): string {
  if (/(s|x|ch|sh)$/.test(noun)) return `${noun}es`;
  return /[^aeiou]y$/.test(noun) ? `${noun.slice(0, -1)}ies` : `${noun}s`;
}

/**
 * Words joined as in a sentence.
 *
 * @example
 * list(['milk', 'eggs', 'flour']); // => 'milk, eggs and flour'
 */
export function list(items: readonly string[]): string {
  return items.length < 2 ? items.join('') : `${items.slice(0, -1).join(', ')} and ${items.at(-1)}`;
}

// A sentence starts at the front, after a full stop (quoted or not), and where a quotation opens. What follows
// `!" ` or `?" ` is left alone: it is usually "said Tom".
const SENTENCE_START = /(^|[.!?] |\." |, (?="))("?)([a-z])/g;

/**
 * A capital at the start of every sentence, so that templates may begin with any slot.
 *
 * @example
 * capitalise('he said, "it is late." then he left.'); // => 'He said, "It is late." Then he left.'
 */
export function capitalise(text: string): string {
  return text.replace(SENTENCE_START, (_, before, quote, letter) => before + quote + letter.toUpperCase());
}
