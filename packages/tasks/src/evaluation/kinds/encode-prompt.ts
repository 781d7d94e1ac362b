import { InvalidArgumentError } from '@gpt-ts/core';
import type { TextCodec } from '../../text-codec.js';

/** The ids of a text to continue; of none, the end of another document. */
export function encodePrompt(codec: TextCodec, text: string): number[] {
  const ids = codec.encode(text);
  if (ids.length > 0) return ids;
  if (codec.eotId !== undefined) return [codec.eotId];
  throw new InvalidArgumentError({
    argument: 'context',
    expected: 'text of one or more tokens',
    received: text,
  });
}
