/**
 * Multiple choice without training: the model's own probabilities pick the answer (GPT-3 section 2.4).
 */
import { InvalidArgumentError, type LanguageModel } from '@gpt-ts/core';
import { encodePair } from '@gpt-ts/tokenizer';
import type { TextCodec } from './text-codec.js';

/** A question and its possible answers, as text. */
export interface ChoiceQuestion {
  /** Everything before the answer, such as a {@link fewShotPrompt}. */
  context: string;
  /** Each with its leading space, if it has one. */
  choices: readonly string[];
  /** A context that says nothing of the question, such as `'Answer:'`; asks for the `relative` rule. */
  answerContext?: string;
}

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
  { context, choices, answerContext }: ChoiceQuestion,
): Promise<ChoiceScores> {
  if (choices.length === 0) {
    throw new InvalidArgumentError({ argument: 'choices', expected: 'a non-empty list', received: choices });
  }
  const logProbs = async (before: string) => {
    const requests = choices.map((choice) => encodePair(codec, before, choice));
    const scores = await model.logLikelihood(requests);
    return {
      plain: scores.map((score) => score.logProb),
      lengths: requests.map((r) => r.continuation.length),
    };
  };
  const { plain, lengths } = await logProbs(context);
  const result: ChoiceScores = {
    plain: rank(plain),
    lengthNormalised: rank(plain.map((logProb, i) => logProb / lengths[i])),
  };
  if (answerContext !== undefined) {
    const unconditional = await logProbs(answerContext);
    result.relative = rank(plain.map((logProb, i) => logProb - unconditional.plain[i]));
  }
  return result;
}

function rank(scores: number[]): Ranking {
  return { scores, best: scores.indexOf(Math.max(...scores)) };
}
