/** What a text is measured in. */
export interface OriginalUnits {
  /** Words between white space, and one end of sentence for each line. */
  words: number;
  /** In UTF-8, line ends included. */
  bytes: number;
}

/**
 * Words and bytes of a data set as it was published: what GPT-2 divides the loss of the plain text by. With `nats` of the whole
 * text, the perplexity per word is `exp(nats / words)`, and the bits per byte are `nats / ln 2 / bytes`.
 *
 * A line has an end of sentence, a blank one too: so WikiText's and the Penn Treebank's perplexities are counted. What
 * follows the last line break is a line if there is anything.
 *
 * @param text - Not the de-tokenized one.
 * @see Radford et al. 2019, section 3.1.
 * @example
 * originalUnits(' a b . \n \n'); // => { words: 5, bytes: 10 }
 */
export function originalUnits(text: string): OriginalUnits {
  let words = 0;
  for (const _ of text.matchAll(/\S+/g)) words++;
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) words++;
  if (text !== '' && !text.endsWith('\n')) words++;
  return { words, bytes: new TextEncoder().encode(text).length };
}
