import { tiedScores } from './tied-scores.js';

/**
 * The area under the ROC curve: how often an item of class 1 scores higher than one of class 0, a tie counting half. 0.5 is chance,
 * also where one of the classes is missing.
 *
 * @throws InvalidArgumentError as {@link tiedScores} does.
 * @example
 * rocAuc([0.9, 0.6, 0.6, 0.1], [1, 1, 0, 0]); // => 0.875 (3.5 of 4 pairs)
 */
export function rocAuc(scores: readonly number[], labels: readonly number[]): number {
  let above = 0; // positives
  let pairs = 0;
  let wins = 0;
  for (const { positives, negatives } of tiedScores(scores, labels)) {
    wins += negatives * (above + positives / 2);
    above += positives;
    pairs += negatives;
  }
  pairs *= above;
  return pairs === 0 ? 0.5 : wins / pairs;
}
