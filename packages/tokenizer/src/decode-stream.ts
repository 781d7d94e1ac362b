import { TextStream } from '@gpt-ts/core';
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
  const stream = new TextStream((held) => tokenizer.decode(held));
  for await (const id of ids) {
    if (id === tokenizer.eotId) break;
    const piece = stream.push(id);
    if (piece !== '') yield piece;
  }
  const rest = stream.end();
  if (rest !== '') yield rest;
}
