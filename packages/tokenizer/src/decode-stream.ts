import type { Tokenizer } from './tokenizer.js';

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
  let held: number[] = [];
  for await (const id of ids) {
    if (id === tokenizer.eotId) break;
    held.push(id);
    const text = tokenizer.decode(held);
    // A character has at most 4 bytes: more held tokens than that are not the start of one, but broken.
    if (text.endsWith('\ufffd') && held.length < 4) continue;
    yield text;
    held = [];
  }
  if (held.length > 0) yield tokenizer.decode(held);
}
