/** After which context does a continuation fit best? The "partial" evaluation of Winograd schemas (Trinh and Le 2018). */
import type { Kind } from './kind.js';
import { scorePairs } from './score-pairs.js';

/** Contexts that differ in what is asked, and the text that all of them go on with. */
export interface ContextQuestion {
  contexts: readonly string[];
  continuation: string;
}

/** In nats, one entry a context. */
export interface ContextAnswer {
  /** log p(continuation | context). */
  logProbs: number[];
  /** Tokens of the continuation after each context: they may differ where they meet. */
  tokens: number[];
}

export const context: Kind<ContextQuestion, ContextAnswer> = {
  after: (prefix, question) => ({ ...question, contexts: question.contexts.map((each) => prefix + each) }),
  size: ({ contexts, continuation }) => ({
    texts: contexts.map((each) => each + continuation),
    newTokens: 0,
  }),

  async ask(questions, asking) {
    const scores = await scorePairs(
      asking,
      questions.map(({ contexts, continuation }) => contexts.map((each) => [each, continuation] as const)),
    );
    return scores.map((list) => ({
      logProbs: list.map(({ logProb }) => logProb),
      tokens: list.map(({ tokens }) => tokens),
    }));
  },
};
