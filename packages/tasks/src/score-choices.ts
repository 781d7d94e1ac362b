/**
 * Multiple choice without training: the model's own probabilities pick the answer (GPT-3 section 2.4).
 */
import { InvalidArgumentError, type LanguageModel } from '@gpt-ts/core';
import { type ChoiceAnswer, type ChoiceQuestion, choice } from './evaluation/kinds/choice.js';
import type { TextCodec } from './text-codec.js';

/** One rule's verdict. */
export interface Ranking {
  /** A score for each choice; higher is better. */
  scores: number[];
  /** Index of the best one, the first where several tie. */
  best: number;
}

/** The verdicts of the scoring rules on one question. c is a choice, |c| its length in tokens. */
export interface ChoiceScores {
  /** log p(c | context), in nats. Favours short choices. */
  plain: Ranking;
  /** log p(c | context) / |c|, in nats per token. GPT-3's default. */
  lengthNormalised: Ranking;
  /** log p(c | context) - log p(c | answerContext). GPT-3's rule for ARC, OpenBookQA and RACE. */
  relative?: Ranking;
}

/**
 * Scores each choice as a continuation of the context.
 *
 * @throws {@link InvalidArgumentError} when there are no choices, or a context or a choice has no token of its own.
 */
export async function scoreChoices(
  model: LanguageModel,
  codec: TextCodec,
  question: ChoiceQuestion,
): Promise<ChoiceScores> {
  const { choices } = question;
  if (choices.length === 0) {
    throw new InvalidArgumentError({ argument: 'choices', expected: 'a non-empty list', received: choices });
  }
  const [answer] = await choice.ask([question], { model, codec });
  return rankChoices(answer);
}

/** What each rule makes of the same log-probabilities. */
export function rankChoices({ logProbs, tokens, unconditional }: ChoiceAnswer): ChoiceScores {
  return {
    plain: rank(logProbs),
    lengthNormalised: rank(logProbs.map((logProb, i) => logProb / tokens[i])),
    ...(unconditional && { relative: rank(logProbs.map((logProb, i) => logProb - unconditional[i])) }),
  };
}

function rank(scores: number[]): Ranking {
  return { scores, best: scores.indexOf(Math.max(...scores)) };
}
