/**
 * A language model whose probabilities are a formula, so that a test can work out every score by hand.
 *
 * It follows {@link LanguageModel} to the letter, windows included: the formula sees exactly the ids that a real
 * model would be fed.
 */
import { writeDummy } from './dummy-writing.js';
import { ContextOverflowError } from './errors/context-overflow-error.js';
import { InvalidArgumentError } from './errors/invalid-argument-error.js';
import { assertTokens } from './errors/token-range-error.js';
import { type LanguageModel, rollingWindows } from './language-model.js';

/** What a dummy model believes. */
export interface DummyOptions {
  /** Ids run from 0 to `nVocab - 1`. */
  nVocab: number;
  /** Longest input, in tokens. Default 8. */
  nCtx?: number;
  /**
   * p(next | context), where `context` holds what the model is shown: from 1 to `nCtx` ids.
   * Default: uniform, `1 / nVocab`.
   */
  probability?: (next: number, context: readonly number[]) => number;
  /** The text of ids: `generateUntil` then takes stop strings. Default: ids have no text. */
  decode?: (ids: readonly number[]) => string;
}

/**
 * A model that answers from a formula.
 *
 * @example
 * const table = [
 *   [0.25, 0.75], // p(0 | 0), p(1 | 0)
 *   [0.4, 0.6],
 * ];
 * const bigram = dummyLanguageModel({ nVocab: 2, probability: (next, context) => table[context.at(-1)!][next] });
 * await bigram.logLikelihood([{ context: [0], continuation: [1, 1] }]);
 * // => [{ logProb: Math.log(0.75) + Math.log(0.6), isGreedy: true }]
 */
export function dummyLanguageModel(options: DummyOptions): LanguageModel {
  const { nVocab, nCtx = 8, probability = () => 1 / nVocab, decode } = options;
  const next = (context: readonly number[]) =>
    Array.from({ length: nVocab }, (_, id) => probability(id, context.slice(-nCtx)));

  function ids(argument: string, value: ArrayLike<number>): number[] {
    if (value.length < 1) {
      throw new InvalidArgumentError({ argument, expected: 'one or more ids', received: value });
    }
    assertTokens(value, nVocab);
    return Array.from(value);
  }

  function likeliest(context: readonly number[]): number {
    let best = 0;
    for (let id = 1; id < nVocab; id++) {
      if (probability(id, context) > probability(best, context)) best = id;
    }
    return best;
  }

  return {
    nCtx,
    nVocab,

    async logLikelihood(requests) {
      return requests.map((request) => {
        const continuation = ids('continuation', request.continuation);
        if (continuation.length > nCtx) throw new ContextOverflowError({ tokens: continuation.length, nCtx });
        // the last id is predicted but not fed, so nCtx + 1 ids fit in the window
        const all = [...ids('context', request.context), ...continuation].slice(-nCtx - 1);
        let logProb = 0;
        let isGreedy = true;
        for (let i = all.length - continuation.length; i < all.length; i++) {
          const context = all.slice(0, i);
          logProb += Math.log(probability(all[i], context));
          isGreedy &&= all[i] === likeliest(context);
        }
        return { logProb, isGreedy };
      });
    },

    async rollingLogLikelihood(text, { stride = nCtx } = {}) {
      assertTokens(text, nVocab);
      const all = Array.from(text);
      return Float64Array.from(
        rollingWindows(all.length, nCtx, stride).flatMap(({ begin, end, count }) =>
          Array.from({ length: count }, (_, i) => {
            const at = end - count + i + 1;
            return Math.log(probability(all[at], all.slice(begin, at)));
          }),
        ),
      );
    },

    async generateUntil(requests) {
      for (const { context } of requests) ids('context', context);
      return requests.map((request, place) => writeDummy({ next, decode }, request, place));
    },
  };
}
