/** Many prompts in few requests, a few requests at a time. */
import { assertTokensRead, choicesOf, type Fail, type Json, lacks } from './answer.js';
import { type Asked, batchesOf } from './batches.js';
import { Endpoint, type Problem } from './endpoint.js';
import type { CheckedOptions } from './options.js';
import { Slots } from './slots.js';

/** Longest answer: this, and as much for each token as its text, its log-probabilities and what servers add may take. */
const ANSWER_BYTES = 2 ** 20;
const TOKEN_BYTES = 2 ** 11;

/** The completions API of a server. */
export class Completions {
  readonly #options: CheckedOptions;
  readonly #endpoint: Endpoint;
  readonly #slots: Slots;

  constructor(options: CheckedOptions) {
    this.#options = options;
    this.#endpoint = new Endpoint(options);
    this.#slots = new Slots(options.concurrency);
  }

  readonly fail: Fail = (problem) => this.#endpoint.error(problem);

  /** The answer to each prompt, as `read` makes it. The first error ends all requests. */
  async ask<T>(asked: readonly Asked[], read: (choice: Json, i: number) => T): Promise<T[]> {
    const answers: T[] = new Array(asked.length);
    const stop = new AbortController();
    const requests = batchesOf(asked, this.#options.batchSize).map((batch) =>
      this.#slots.run(async () => {
        const choices = await this.#request(
          batch.map((i) => asked[i]),
          stop.signal,
        );
        for (const [b, i] of batch.entries()) answers[i] = read(choices[b], i);
      }),
    );
    try {
      await Promise.all(requests);
    } catch (error) {
      stop.abort(error);
      throw error;
    }
    return answers;
  }

  async #request(batch: readonly Asked[], signal: AbortSignal): Promise<Json[]> {
    signal.throwIfAborted();
    const { fields } = batch[0];
    const body = { model: this.#options.model, prompt: batch.map(({ prompt }) => prompt), ...fields };
    const sent = batch.reduce((sum, { prompt }) => sum + prompt.length, 0);
    const tokens = sent + batch.length * Number(fields.max_tokens);
    const maxBytes = ANSWER_BYTES + TOKEN_BYTES * tokens;
    const refused = fields.echo ? noEcho : undefined;
    const answer = await this.#endpoint.post({ body, maxBytes, signal, refused });
    if (fields.echo) assertTokensRead(answer, sent, this.fail);
    return choicesOf(answer, batch.length, this.fail);
  }
}

/** Servers that cannot echo say so in their own words, with one status or another. */
function noEcho(said: string): Problem | undefined {
  if (!/\becho\b/i.test(said)) return undefined;
  return { ...lacks("log-probabilities of the prompt's own tokens (echo with logprobs)"), said };
}
