/** How to reach a served model: the options and their checks. */
import { InvalidArgumentError } from '@gpt-ts/core';
import type { TextCodec } from '../text-codec.js';

/** A served model and how to ask it. */
export interface OpenAiOptions {
  /** Whole address of the completions endpoint, such as `http://localhost:8000/v1/completions`. */
  url: string;
  /** The name that the server knows the model by. */
  model: string;
  /** The tokenizer that the served model has: prompts go out as its ids, texts come back through `encode`. */
  codec: TextCodec;
  /**
   * Longest input, in tokens. Scoring sends up to `nCtx + 1` ids and has to ask for one more, so where the server counts all of
   * them (vLLM's `max_model_len`), take its limit less 2.
   */
  nCtx: number;
  /** Ids run from 0 to `nVocab - 1`. */
  nVocab: number;
  /** Sent as `Authorization: Bearer`, and shown nowhere. Default: none. */
  apiKey?: string;
  /** Most requests at a time, over all calls. Default 4. */
  concurrency?: number;
  /** Most prompts in a request. Default 16. */
  batchSize?: number;
  /** Longest wait for a whole answer. Default 600,000: ten minutes. */
  timeoutMs?: number;
  /** How often a request is sent again after status 429 or 5xx, or a broken connection. Default 4. */
  retries?: number;
  /** Sends the requests. Default: the platform's. */
  fetch?: typeof fetch;
}

/** The options with their defaults. */
export type CheckedOptions = Required<Omit<OpenAiOptions, 'apiKey'>> & { apiKey: string | undefined };

/** @throws InvalidArgumentError at the first option that is not what it should be; it never shows the key. */
export function checkOptions(options: OpenAiOptions): CheckedOptions {
  const { concurrency = 4, batchSize = 16, timeoutMs = 600_000, retries = 4, apiKey, ...rest } = options;
  assertUrl(rest.url);
  if (typeof rest.model !== 'string' || rest.model === '') {
    throw new InvalidArgumentError({ argument: 'model', expected: 'a name', received: rest.model });
  }
  if (apiKey !== undefined && !/^[!-~]+$/.test(apiKey)) {
    const expected = 'printable ASCII without spaces';
    throw new InvalidArgumentError({ argument: 'apiKey', expected, received: 'something else' });
  }
  const counts = { nCtx: rest.nCtx, nVocab: rest.nVocab, concurrency, batchSize, timeoutMs };
  for (const [name, value] of Object.entries(counts)) assertCount(name, value, 1);
  assertCount('retries', retries, 0);
  // Looked up at each call, and called as a function: some platforms refuse a fetch that is taken from its global.
  const send = rest.fetch ?? ((input, init) => globalThis.fetch(input, init));
  return { ...rest, concurrency, batchSize, timeoutMs, retries, apiKey, fetch: send };
}

/** An address as it may be shown: what may hold a secret is left out. */
export function publicUrl(url: string): string {
  const { origin, pathname } = new URL(url);
  return origin + pathname;
}

function assertUrl(url: string): void {
  const parsed = URL.canParse(url) ? new URL(url) : undefined;
  const isHttp = parsed?.protocol === 'http:' || parsed?.protocol === 'https:';
  if (!isHttp) {
    throw new InvalidArgumentError({
      argument: 'url',
      expected: 'the http or https address of a completions endpoint',
      received: parsed ? parsed.protocol : 'no URL',
      hint: 'Such as http://localhost:8000/v1/completions.',
    });
  }
  if (parsed.username !== '' || parsed.password !== '') {
    throw new InvalidArgumentError({
      argument: 'url',
      expected: 'without a user name and a password',
      received: publicUrl(url),
      hint: 'Pass a key as apiKey.',
    });
  }
}

/** @throws InvalidArgumentError unless `value` is an integer of at least `min`. */
export function assertCount(argument: string, value: number, min: number): void {
  // 2 ** 31 - 1 is the longest that timers can wait, and more than any of the others needs
  if (!Number.isInteger(value) || value < min || value >= 2 ** 31) {
    const expected = `an integer from ${min} to 2^31 - 1`;
    throw new InvalidArgumentError({ argument, expected, received: value });
  }
}
