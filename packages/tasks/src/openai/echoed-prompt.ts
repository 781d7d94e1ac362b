/**
 * The log-probabilities of a prompt's own ids, from an answer to `echo: true, logprobs: 1, max_tokens: 1`:
 *
 *     ids                          a     b     c
 *     logprobs.token_logprobs    null  -1.2  -0.3  -2.0      the last is of the token that had to be written
 *     logprobs.top_logprobs      null   {}    {}    {}       text to log-probability: the likeliest, and the id itself
 */
import { type Fail, isObject, type Json, kindOf, lacks, wrong } from './answer.js';

/** Stands for minus infinity, which JSON cannot write: vLLM gives no lower value, after OpenAI's API. */
const MINUS_INFINITY = -9999;
/** Rounding may lift a log-probability this far above 0. */
const ROUNDING = 1e-3;

/** What a server says of a prompt. */
export interface EchoedPrompt {
  /** log p(ids[i] | the ids before it), in nats, for i from 1; entry 0, which nothing predicts, is NaN. */
  logProbs: Float64Array;
  /** Whether no token is likelier than `ids[i]` at its place. Two that tie are both greedy. */
  isGreedy(i: number): boolean;
}

/** Reads the log-probabilities of `length` ids. */
export function echoedPrompt(choice: Json, length: number, fail: Fail): EchoedPrompt {
  const { logprobs } = choice;
  if (!isObject(logprobs)) throw fail(lacks('log-probabilities (logprobs)'));
  const { token_logprobs: own, top_logprobs: top } = logprobs;
  if (!Array.isArray(own))
    throw fail(lacks("log-probabilities in the completions API's form (token_logprobs)"));
  assertLength(own.length, length, fail);
  if (own[0] !== null) {
    throw wrong(
      fail,
      `nothing predicts the first token, so its log-probability must be null, got ${kindOf(own[0])}`,
    );
  }
  const logProbs = new Float64Array(length).fill(Number.NaN);
  for (let i = 1; i < length; i++) {
    if (own[i] === null)
      throw fail(lacks("log-probabilities of the prompt's own tokens (echo with logprobs)"));
    logProbs[i] = logProbOf(own[i], fail);
  }
  return {
    logProbs,
    isGreedy(i) {
      const likeliest = Array.isArray(top) && isObject(top[i]) ? Object.values(top[i]) : [];
      if (likeliest.length === 0) throw fail(lacks('the likeliest token at each place (top_logprobs)'));
      return likeliest.every((each) => logProbOf(each, fail) <= logProbs[i]);
    },
  };
}

function assertLength(got: number, length: number, fail: Fail): void {
  if (got === length || got === length + 1) return; // with or without the token that had to be written
  if (got <= 1) throw fail(lacks("log-probabilities of the prompt's own tokens (echo with logprobs)"));
  const problem = `a prompt of ${length} ids must have ${length} or ${length + 1} log-probabilities, got ${got}`;
  const hint = 'Has the served model another tokenizer than codec, or does the server add tokens of its own?';
  throw fail({ code: 'endpoint-answer', problem, hint });
}

function logProbOf(value: unknown, fail: Fail): number {
  if (typeof value !== 'number' || !(value <= ROUNDING)) {
    throw wrong(fail, `a log-probability must be a number up to 0, got ${kindOf(value)}`);
  }
  return value <= MINUS_INFINITY ? Number.NEGATIVE_INFINITY : Math.min(value, 0);
}
