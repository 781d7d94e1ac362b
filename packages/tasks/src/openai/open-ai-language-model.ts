/** A model behind an OpenAI-compatible completions endpoint, as the `LanguageModel` that tasks evaluate. */
import {
  assertTokens,
  ContextOverflowError,
  type ContinuationRequest,
  type ContinuationScore,
  type Generated,
  type GenerateRequest,
  InvalidArgumentError,
  type LanguageModel,
  rollingWindows,
} from '@gpt-ts/core';
import type { TextCodec } from '../text-codec.js';
import { textOf } from './answer.js';
import type { Asked } from './batches.js';
import { Completions } from './completions.js';
import { type EchoedPrompt, echoedPrompt } from './echoed-prompt.js';
import { checkOptions, type OpenAiOptions } from './options.js';
import { idsUntil, textUntil, writingFields } from './writing.js';

/** 1, because some servers read 0 as no limit; the token that comes of it is dropped. */
const SCORING = { max_tokens: 1, echo: true, logprobs: 1, temperature: 0 };

/**
 * A served model, scored and continued over HTTP. Nothing is sent before a method is called.
 *
 * It keeps the contract of `LanguageModel` as far as the API goes:
 *
 * - `logLikelihood` and `rollingLogLikelihood` need a server that gives the log-probabilities of a prompt of ids.
 * - `isGreedy` compares log-probabilities, because the API names the likeliest tokens by their text, which several ids may
 *   share: an id that ties with the likeliest counts as greedy, whether or not it is the lowest.
 * - `generateUntil` keeps as much of the end of a context as leaves room for `maxNewTokens` in `nCtx`, because servers refuse
 *   what does not fit and do not slide. The server ends a text also at its own end-of-text token.
 * - Texts come back as text: their ids are those of `codec.encode`, and a stop string is not part of them.
 * - Draws are repeated only by a server that keeps to `seed`, and `topK` is kept to only by one that knows `top_k`. A beam
 *   search is refused.
 *
 * Its methods throw {@link EndpointError} when the server cannot be reached, refuses, lacks a feature or answers nonsense. The
 * first error ends all requests of the call.
 *
 * @throws InvalidArgumentError when an option is not what it should be.
 * @example
 * const url = 'http://localhost:8000/v1/completions';
 * const model = openAiLanguageModel({ url, model: 'gpt2', codec: gpt2(), nCtx: 1022, nVocab: 50257 });
 * const [score] = await model.logLikelihood([{ context: [464], continuation: [3797] }]);
 */
export function openAiLanguageModel(options: OpenAiOptions): LanguageModel {
  return new OpenAiLanguageModel(options);
}

class OpenAiLanguageModel implements LanguageModel {
  readonly nCtx: number;
  readonly nVocab: number;
  readonly #codec: TextCodec;
  readonly #completions: Completions;

  constructor(options: OpenAiOptions) {
    const checked = checkOptions(options);
    this.nCtx = checked.nCtx;
    this.nVocab = checked.nVocab;
    this.#codec = checked.codec;
    this.#completions = new Completions(checked);
  }

  async logLikelihood(requests: readonly ContinuationRequest[]): Promise<ContinuationScore[]> {
    const counts = requests.map(({ continuation }) => continuation.length);
    const prompts = requests.map(({ context, continuation }) => {
      this.#check('continuation', continuation);
      const tokens = continuation.length;
      if (tokens > this.nCtx) throw new ContextOverflowError({ tokens, nCtx: this.nCtx });
      return [...this.#check('context', context), ...Array.from(continuation)].slice(-this.nCtx - 1);
    });
    return await this.#score(prompts, ({ logProbs, isGreedy }, i) => {
      const scored = Array.from({ length: counts[i] }, (_, k) => logProbs.length - counts[i] + k);
      return {
        logProb: scored.reduce((sum, at) => sum + logProbs[at], 0),
        isGreedy: scored.every(isGreedy),
      };
    });
  }

  async rollingLogLikelihood(
    ids: ArrayLike<number>,
    { stride = this.nCtx }: { stride?: number } = {},
  ): Promise<Float64Array> {
    assertTokens(ids, this.nVocab);
    const all = Array.from(ids);
    const windows = rollingWindows(all.length, this.nCtx, stride);
    const prompts = windows.map(({ begin, end }) => all.slice(begin, end + 1)); // the last is predicted
    const parts = await this.#score(prompts, ({ logProbs }, i) => [...logProbs.subarray(-windows[i].count)]);
    return Float64Array.from(parts.flat());
  }

  async generateUntil(requests: readonly GenerateRequest[]): Promise<Generated[]> {
    const answers: Generated[] = requests.map(() => ({ ids: [] }));
    const asked: (Asked & { place: number })[] = requests.map((request, place) => {
      const context = this.#check('context', request.context);
      const fields = writingFields(request, place);
      return { prompt: context.slice(-Math.max(1, this.nCtx - request.maxNewTokens)), fields, place };
    });
    const some = asked.filter(({ place }) => requests[place].maxNewTokens > 0);
    await this.#completions.ask(some, (choice, i) => {
      const { place } = some[i];
      const { stop, stopStrings } = requests[place];
      const text = textUntil(textOf(choice, this.#completions.fail), stopStrings);
      const ids = this.#codec.encode(text);
      assertTokens(ids, this.nVocab);
      answers[place] = { ids: idsUntil(ids, stop) };
    });
    return answers;
  }

  async #score<T>(prompts: readonly number[][], read: (echoed: EchoedPrompt, i: number) => T): Promise<T[]> {
    const asked = prompts.map((prompt) => ({ prompt, fields: SCORING }));
    return await this.#completions.ask(asked, (choice, i) =>
      read(echoedPrompt(choice, prompts[i].length, this.#completions.fail), i),
    );
  }

  #check(argument: string, ids: ArrayLike<number>): number[] {
    if (ids.length < 1) {
      throw new InvalidArgumentError({ argument, expected: 'one or more ids', received: ids });
    }
    assertTokens(ids, this.nVocab);
    return Array.from(ids);
  }
}
