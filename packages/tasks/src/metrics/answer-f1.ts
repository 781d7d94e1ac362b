/** F1 over the words of short answers, for which order does not count: SQuAD's and CoQA's. */
import { InvalidArgumentError } from '@gpt-ts/core';
import { countCommon } from './count-common.js';
import { goldAnswers, normaliseAnswer } from './exact-match.js';
import { words } from './words.js';

/**
 * SQuAD's F1 of one answer, from 0 to 1: that of the best reference, on words normalised by {@link normaliseAnswer}.
 *
 * @param references - All right answers. None, or only empty ones: the question has no answer, and an empty prediction gets 1,
 * any other 0; beside others, empty ones do not count (SQuAD v2.0).
 * @see `compute_f1` of SQuAD's `evaluate-v2.0.py`.
 * @example
 * answerF1('in the old barn', ['the barn', 'old barn']); // => 0.8
 */
export function answerF1(prediction: string, references: readonly string[]): number {
  const answer = normaliseAnswer(prediction);
  return Math.max(...goldAnswers(references).map((gold) => wordF1(answer, gold)));
}

/**
 * CoQA's F1 of one answer, from 0 to 1. With several references it is the mean, over leaving out each of them, of the F1 of the
 * best of the rest, so that a model has as many to match as a person, whose own answer is among them.
 *
 * @param references - One or more.
 * @throws InvalidArgumentError when there is no reference.
 * @see Reddy et al. 2019, CoQA, and its `evaluate-v1.0.py`.
 * @example
 * coqaF1('white', ['white', 'It was white']); // => 0.75
 */
export function coqaF1(prediction: string, references: readonly string[]): number {
  if (references.length === 0) {
    throw new InvalidArgumentError({ argument: 'references', expected: 'one or more', received: references });
  }
  const answer = normaliseAnswer(prediction);
  const scores = references.map((gold) => wordF1(answer, normaliseAnswer(gold)));
  if (scores.length === 1) return scores[0];
  const bestOfRest = scores.map((_, i) => Math.max(...scores.filter((_, j) => j !== i)));
  return bestOfRest.reduce((sum, score) => sum + score, 0) / scores.length;
}

/** Of two normalised answers. */
function wordF1(prediction: string, gold: string): number {
  if (prediction === '' || gold === '') return prediction === gold ? 1 : 0;
  const predicted = words(prediction);
  const wanted = words(gold);
  return (2 * countCommon(predicted, wanted)) / (predicted.length + wanted.length);
}
