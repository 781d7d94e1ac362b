/** Which continuation fits best? Multiple choice without training (GPT-3 section 2.4). */
import type { Kind } from './kind.js';
import { scorePairs } from './score-pairs.js';

/** A question and its possible answers. */
export interface ChoiceQuestion {
  /** Everything before the answer, such as `'Q: ...\n\nA:'`. */
  context: string;
  /** One or more, each with its leading space, if it has one. */
  choices: readonly string[];
  /** A context that says nothing of the question, such as `'Answer:'`; asks for the `relative` rule. */
  answerContext?: string;
}

/** In nats, one entry a choice. */
export interface ChoiceAnswer {
  /** log p(choice | context). */
  logProbs: number[];
  /** Tokens of each choice. */
  tokens: number[];
  /** log p(choice | answerContext), where the question has one. */
  unconditional?: number[];
}

export const choice: Kind<ChoiceQuestion, ChoiceAnswer> = {
  after: (prefix, question) => ({ ...question, context: prefix + question.context }),
  size: ({ context, choices }) => ({ texts: choices.map((each) => context + each), newTokens: 0 }),

  async ask(questions, asking) {
    const relative = questions.filter(({ answerContext }) => answerContext !== undefined);
    const scores = await scorePairs(asking, [
      ...questions.map(({ context, choices }) => choices.map((each) => [context, each] as const)),
      ...relative.map(({ answerContext, choices }) => choices.map((each) => [answerContext!, each] as const)),
    ]);
    const logProbs = (i: number) => scores[i].map(({ logProb }) => logProb);
    return questions.map((question, i) => {
      const r = relative.indexOf(question);
      return {
        logProbs: logProbs(i),
        tokens: scores[i].map(({ tokens }) => tokens),
        ...(r >= 0 && { unconditional: logProbs(questions.length + r) }),
      };
    });
  },
};
