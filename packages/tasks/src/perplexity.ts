/**
 * How well a model predicts a text: perplexity per token and bits per byte (GPT-2 section 3.1).
 *
 * Perplexities compare only between models that share a tokenizer; bits per byte compare between all. For the
 * perplexity per word of GPT-2's tables, take `Math.exp(nats / words)` with the words of the original data set.
 */
import { InvalidArgumentError, type LanguageModel } from '@gpt-ts/core';
import type { TextCodec } from './text-codec.js';

/** How to score a text. */
export interface PerplexityOptions {
  /**
   * Id fed before the text, such as that of `<|endoftext|>`, so that every token of the text is predicted.
   * Default: none; the first token has nothing before it and is not scored (nor are the tokens that complete its
   * last character, if it ends inside one).
   */
  start?: number;
  /** New tokens scored per window, from 1 (most context, slowest) to `nCtx` (default, fastest). */
  stride?: number;
}

/** What a model makes of a text. */
export interface Perplexity {
  /** Tokens scored. */
  tokens: number;
  /** Total negative log-likelihood of those tokens, in nats. */
  nats: number;
  /** `nats / tokens`: the mean cross-entropy. */
  natsPerToken: number;
  /** `exp(natsPerToken)`. */
  perplexity: number;
  /** UTF-8 bytes of the scored part of the text. */
  bytes: number;
  /** `nats / ln 2 / bytes`. */
  bitsPerByte: number;
}

/**
 * Scores a text of any length, each token once.
 *
 * @throws {@link InvalidArgumentError} when nothing is left to score: the text is empty, or it is one token (or
 * character) and there is no `start`.
 * @example
 * const { perplexity: ppl, bitsPerByte } = await perplexity(model, tokenizer, 'Call me Ishmael.', { start: 50256 });
 */
export async function perplexity(
  model: LanguageModel,
  codec: TextCodec,
  text: string,
  options: PerplexityOptions = {},
): Promise<Perplexity> {
  const ids = codec.encode(text);
  const unscored = options.start === undefined ? wholeCharacters(codec, ids) : 0;
  const tokens = ids.length - unscored;
  if (tokens < 1) {
    throw new InvalidArgumentError({
      argument: 'text',
      expected: 'long enough to score a token',
      received: text,
      hint: options.start === undefined ? 'Pass start to score the first token too.' : undefined,
    });
  }
  const fed = options.start === undefined ? ids : [options.start, ...ids];
  const logProbs = await model.rollingLogLikelihood(fed, { stride: options.stride });
  const nats = logProbs.subarray(logProbs.length - tokens).reduce((sum, logProb) => sum - logProb, 0);
  const bytes = utf8Length(text) - utf8Length(codec.decode(ids.slice(0, unscored)));
  return {
    tokens,
    nats,
    natsPerToken: nats / tokens,
    perplexity: Math.exp(nats / tokens),
    bytes,
    bitsPerByte: nats / Math.LN2 / bytes,
  };
}

/** The fewest leading ids, at least one, that end where a character ends. */
function wholeCharacters(codec: TextCodec, ids: readonly number[]): number {
  let count = 1;
  while (count < ids.length && codec.decode(ids.slice(0, count)).endsWith('\ufffd')) count++;
  return count;
}

function utf8Length(text: string): number {
  return new TextEncoder().encode(text).length;
}
