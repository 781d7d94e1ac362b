/**
 * Exact match of short answers, as the evaluation scripts of SQuAD define it.
 *
 * @see Rajpurkar et al. 2016 (v1.1, `evaluate-v1.1.py`) and 2018 (v2.0, `evaluate-v2.0.py`).
 */
import { withoutArticles, withoutPunctuation, words } from './words.js';

/**
 * An answer in lower case, without ASCII punctuation, without a, an, the, and with single spaces.
 *
 * @example
 * normaliseAnswer('The  U.S. "dollar"'); // => 'us dollar'
 */
export function normaliseAnswer(text: string): string {
  return words(withoutArticles(withoutPunctuation(text.toLowerCase()))).join(' ');
}

/**
 * 1 if the prediction is one of the references once both are normalised, else 0.
 *
 * @param references - All right answers. None, or only empty ones: the question has no answer, and an empty prediction is
 * right; beside others, empty ones do not count (SQuAD v2.0).
 * @example
 * exactMatch('the Eiffel Tower.', ['Eiffel tower', 'Tour Eiffel']); // => 1
 */
export function exactMatch(prediction: string, references: readonly string[]): 0 | 1 {
  return goldAnswers(references).includes(normaliseAnswer(prediction)) ? 1 : 0;
}

/** The references to compare with, normalised: those that say something, or `['']` when none does. */
export function goldAnswers(references: readonly string[]): string[] {
  const answers = references.map(normaliseAnswer).filter((answer) => answer !== '');
  return answers.length === 0 ? [''] : answers;
}
