/** The steps that evaluation scripts share in reading a text as words. */

const PUNCTUATION = /[!-/:-@[-`{-~]/g; // Python's string.punctuation: ASCII alone
const ARTICLE = /(?<![\p{L}\p{N}_])(?:a|an|the)(?![\p{L}\p{N}_])/gu; // a whole word in any script

/** What stands between white space. */
export function words(text: string): string[] {
  return text.split(/\s+/).filter((word) => word !== '');
}

/** The characters that are not ASCII punctuation, closed up. */
export function withoutPunctuation(text: string): string {
  return text.replace(PUNCTUATION, '');
}

/** A lower-case text with a space in place of each a, an, the. */
export function withoutArticles(text: string): string {
  return text.replace(ARTICLE, ' ');
}
