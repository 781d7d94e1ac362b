import type { Tokenizer } from './tokenizer.js';

const MAX_HELD = 8; // ids: an unfinished character is in the last three

/**
 * The text of ids as they arrive, without half characters: bytes that may still become a character wait for the rest.
 *
 * Ends at the first `eotId`, which is not part of the text. Joined, the pieces are `tokenizer.decode` of the ids.
 *
 * @throws TokenRangeError at the first id outside the vocabulary.
 * @example
 * for await (const text of decodeStream(tokenizer, ids)) process.stdout.write(text);
 */
export async function* decodeStream(
  tokenizer: Pick<Tokenizer, 'decode' | 'eotId'>,
  ids: AsyncIterable<number> | Iterable<number>,
): AsyncGenerator<string, void, undefined> {
  let held: number[] = []; // the last id of what was whole, since a word may begin with a space after it, and what followed
  let given = 0; // characters of their text already yielded
  for await (const id of ids) {
    if (id === tokenizer.eotId) break;
    held.push(id);
    const text = tokenizer.decode(held);
    const end = stableEnd(text);
    if (end > given) yield text.slice(given, end);
    given = Math.max(given, end);
    if (end === text.length) held = [id];
    else if (held.length > MAX_HELD) held = held.slice(-MAX_HELD);
    else continue;
    given = tokenizer.decode(held).length - (text.length - end);
  }
  const rest = tokenizer.decode(held).slice(given);
  if (rest !== '') yield rest;
}

/** How much of a text no further byte can change: at most three bytes, shown as U+FFFD, wait for their character. */
function stableEnd(text: string): number {
  let end = text.length;
  while (end > 0 && text.length - end < 3 && text[end - 1] === '\ufffd') end--;
  return end;
}
