import type { WinogradDocument } from '../../documents/winograd.js';

const CAPITAL = /^(?:The|A|An|My|His|Her|Their|This|That|These|Those)\b/;
const SENTENCE_END = /(?:^|[.!?]["'”’)]*\s+)$/;

/**
 * The text before the pronoun with each option in its place. An article is written small unless a sentence begins there, and then
 * any option has a capital. An option ends in `'s` where the pronoun is a possessive, and only there: some copies have the words of
 * the text, `Charlie's` for `Charlie`.
 *
 * @example
 * // 'The trophy doesn't fit into the suitcase because it is too large.'
 * substitutes(document); // => ["The trophy doesn't fit into the suitcase because the trophy", ...]
 */
export function substitutes({ before, pronoun, after, options }: WinogradDocument): string[] {
  const begins = SENTENCE_END.test(before);
  const possessive = isPossessive(pronoun, after);
  return options.map((option) => {
    const first = option[0];
    const written = begins
      ? first.toUpperCase() + option.slice(1)
      : CAPITAL.test(option)
        ? first.toLowerCase() + option.slice(1)
        : option;
    if (!possessive) return before + written.replace(/['’]s$/, '');
    return before + (/['’]s?$/.test(written) ? written : `${written}'s`);
  });
}

/** `her` is one where a word follows it other than a function word: "her dog", but "her about", "her because". */
function isPossessive(pronoun: string, after: string): boolean {
  if (/^(?:my|our|their|its|his)$/i.test(pronoun)) return true;
  return /^her$/i.test(pronoun) && /^ \p{L}/u.test(after) && !FUNCTION_WORD.test(after);
}

const FUNCTION_WORD =
  /^ (?:about|after|all|and|as|at|away|because|before|but|by|down|for|from|how|if|in|into|on|or|out|over|so|that|the|to|up|what|when|where|while|who|with)\b/;
