/**
 * How well is a text predicted? Each token counts once, in windows of `nCtx` tokens that move on by `stride`.
 *
 * @see GPT-2 section 3.1. The windows are those of core's `rollingWindows`; the end of another document comes before the text,
 * where the vocabulary has a token for that, so that its first token counts, too.
 */
import { InvalidArgumentError, rollingWindows } from '@gpt-ts/core';
import type { Kind } from './kind.js';

/** A text of any length. */
export interface TextQuestion {
  text: string;
}

/** In nats. */
export interface TextAnswer {
  nats: number;
  /** Tokens that were predicted: all, or all but the first. */
  tokens: number;
}

/** Windows asked for in one call: some seconds of work for a GPT-2. */
const WINDOWS = 8;

export const text: Kind<TextQuestion, TextAnswer> = {
  after: (_, question) => question,
  size: () => ({ texts: [], newTokens: 0 }),

  async ask(questions, { model, codec, stride = model.nCtx, onTokens, signal }) {
    const answers: TextAnswer[] = [];
    for (const question of questions) {
      const start = codec.eotId === undefined ? [] : [codec.eotId];
      const ids = [...start, ...codec.encode(question.text)];
      if (ids.length < 2) {
        const expected = 'long enough to score a token';
        throw new InvalidArgumentError({ argument: 'text', expected, received: question.text });
      }
      const windows = rollingWindows(ids.length, model.nCtx, stride);
      const answer = { nats: 0, tokens: 0 };
      for (let first = 0; first < windows.length; first += WINDOWS) {
        signal?.throwIfAborted();
        const some = windows.slice(first, first + WINDOWS);
        const scores = await model.logLikelihood(
          some.map(({ begin, end, count }) => ({
            context: ids.slice(begin, end - count + 1),
            continuation: ids.slice(end - count + 1, end + 1),
          })),
        );
        for (const [i, { logProb }] of scores.entries()) {
          answer.nats -= logProb;
          answer.tokens += some[i].count;
        }
        onTokens?.(answer.tokens, ids.length - 1);
      }
      answers.push(answer);
    }
    return answers;
  },
};
