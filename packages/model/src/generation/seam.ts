/**
 * The id that the text after a prompt is parted from, for decoders that put spaces between words: the prompt's last.
 *
 * There is none where that id has no text, nor where the prompt's text ends in white space that its ids have lost: the two
 * are apart already.
 *
 * @param prompt - One or more ids.
 * @param decode - The text of ids.
 * @param nDrawable - Ids from here on have no text.
 * @param text - That of the prompt; by default that of its ids.
 */
export function seamOf(
  prompt: ArrayLike<number>,
  decode: (ids: readonly number[]) => string,
  nDrawable: number,
  text?: string,
): number | undefined {
  const last = prompt[prompt.length - 1];
  if (last >= nDrawable) return undefined;
  if (text !== undefined && /\s$/.test(text) && !/\s$/.test(decode([last]))) return undefined;
  return last;
}
