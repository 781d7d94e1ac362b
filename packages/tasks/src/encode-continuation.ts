/** Where the context ends and the continuation begins, in tokens. */
import { type ContinuationRequest, InvalidArgumentError } from '@gpt-ts/core';
import type { TextCodec } from './text-codec.js';

/**
 * Encodes a context and its continuation together, as the model met such text in training, and splits the ids.
 *
 * A token that spans the join belongs to the continuation: with GPT-2's tokenizer `'A: '` and `'yes'` become
 * `A` `:` and ` yes`, not `A` `:` ` ` and `yes`, which no training text contains.
 *
 * @throws {@link InvalidArgumentError} when either side is left without a token.
 */
export function encodeContinuation(
  codec: TextCodec,
  context: string,
  continuation: string,
): ContinuationRequest {
  const ids = codec.encode(context + continuation);
  const alone = codec.encode(context);
  let split = 0;
  while (split < alone.length && split < ids.length && alone[split] === ids[split]) split++;
  if (split === ids.length) {
    throw new InvalidArgumentError({
      argument: 'continuation',
      expected: 'text that adds a token to the context',
      received: continuation,
    });
  }
  if (split === 0) {
    throw new InvalidArgumentError({
      argument: 'context',
      expected: 'text with a token that the continuation does not change',
      received: context,
      hint: 'A model predicts only after at least one token.',
    });
  }
  return { context: ids.slice(0, split), continuation: ids.slice(split) };
}
