/** How likely is a continuation, and would the model have written it? LAMBADA. */
import { encodePair } from '@gpt-ts/tokenizer';
import type { Kind } from './kind.js';
import { scoreLists } from './score-pairs.js';

/** A text and how it goes on. */
export interface ContinuationQuestion {
  context: string;
  continuation: string;
  /** Ask for the last token alone, given all before it. Default false. */
  lastTokenOnly?: boolean;
}

/** In nats. */
export interface ContinuationAnswer {
  logProb: number;
  tokens: number;
  /** Whether each token was the likeliest at its place. */
  isGreedy: boolean;
}

export const continuation: Kind<ContinuationQuestion, ContinuationAnswer> = {
  after: (prefix, question) => ({ ...question, context: prefix + question.context }),
  size: (question) => ({ texts: [question.context + question.continuation], newTokens: 0 }),

  async ask(questions, { model, codec }) {
    const pairs = questions.map((question) => {
      const pair = encodePair(codec, question.context, question.continuation);
      if (!question.lastTokenOnly) return [pair];
      const ids = [...pair.context, ...pair.continuation];
      return [{ context: ids.slice(0, -1), continuation: ids.slice(-1) }];
    });
    return (await scoreLists(model, pairs)).map(([score]) => score);
  },
};
