/** What answers are worth, kind by kind. */
import { type ChoiceScores, rankChoices } from '../score-choices.js';
import type { ChoiceAnswer } from './kinds/choice.js';
import type { ContextAnswer } from './kinds/context.js';
import { meanOf } from './metric.js';
import type { Metric, Outcome } from './task.js';

/** One of the rules of {@link rankChoices}. */
export type ChoiceRule = keyof ChoiceScores;

/**
 * Whether the rule picks the right choice; what the other rules pick is noted, too.
 *
 * @param rule - Default: the mean log-probability of a token, as GPT-3 has it where it says nothing else.
 */
export function judgeChoice(
  answer: ChoiceAnswer,
  gold: number,
  rule: ChoiceRule = 'lengthNormalised',
): Outcome {
  const { plain, lengthNormalised, relative } = rankChoices(answer);
  const predicted = { plain, lengthNormalised, relative }[rule]!.best;
  return {
    gold,
    predicted,
    correct: Number(predicted === gold),
    plain: Number(plain.best === gold),
    lengthNormalised: Number(lengthNormalised.best === gold),
    ...(relative && { relative: Number(relative.best === gold) }),
  };
}

/** Accuracy by the task's rule, then by the rules that need no answer context. */
export const choiceMetrics: Readonly<Record<string, Metric>> = {
  accuracy: meanOf('correct'),
  'accuracy, plain': meanOf('plain'),
  'accuracy, length-normalised': meanOf('lengthNormalised'),
};

/** Whether the continuation is likeliest after the right context. */
export function judgeContext({ logProbs }: ContextAnswer, gold: number): Outcome {
  const predicted = logProbs.indexOf(Math.max(...logProbs));
  return { gold, predicted, correct: Number(predicted === gold) };
}
