/** Where a context ends and its continuation begins, in tokens. */
import { type ContinuationRequest, InvalidArgumentError } from '@gpt-ts/core';

/**
 * Encodes a context and its continuation together, as the model met such text in training, and splits the ids.
 *
 * The two are joined as they are. The split is the last place where the tokens of the context alone and of both agree, so a
 * token that spans the join belongs to the continuation: with GPT-2's tokenizer `'A: '` and `'yes'` become `A` `:` and
 * ` yes`, not `A` `:` ` ` and `yes`, which no training text contains. An empty context is the end of another document,
 * where the vocabulary has a token for that.
 *
 * @throws {@link InvalidArgumentError} when either side is left without a token.
 * @example
 * // with GPT-2's files
 * encodePair(tokenizer, 'A: ', 'yes'); // => { context: [32, 25], continuation: [3763] }
 * encodePair(tokenizer, '', 'yes'); // => { context: [50256], continuation: [8505] }
 */
export function encodePair(
  tokenizer: { encode(text: string): number[]; readonly eotId?: number | undefined },
  context: string,
  continuation: string,
): { context: number[]; continuation: number[] } & ContinuationRequest {
  const ids = tokenizer.encode(context + continuation);
  const alone = tokenizer.encode(context);
  let split = 0;
  while (split < alone.length && split < ids.length && alone[split] === ids[split]) split++;
  if (split === ids.length) {
    throw new InvalidArgumentError({
      argument: 'continuation',
      expected: 'text that adds a token to the context',
      received: continuation,
    });
  }
  if (split > 0) return { context: ids.slice(0, split), continuation: ids.slice(split) };
  if (context === '' && tokenizer.eotId !== undefined)
    return { context: [tokenizer.eotId], continuation: ids };
  throw new InvalidArgumentError({
    argument: 'context',
    expected: 'text with a token that the continuation does not change',
    received: context,
    hint: 'A model predicts only after at least one token.',
  });
}
