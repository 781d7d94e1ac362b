/** A graded score as classes to learn: how GPT-1 is fine-tuned on STS-B. */
import { InvalidArgumentError } from '@gpt-ts/core';

const MAX = 5;

/**
 * The probabilities of the classes 0 to 5 whose mean is the score: of the two whole numbers around it, the nearer has more.
 *
 * @param score - From 0 to 5.
 * @returns Six numbers. A model's prediction is read back as the sum of `j * p[j]`.
 * @throws InvalidArgumentError for any other score.
 * @see `stsb_label_encoding` in openai/finetune-transformer-lm `utils.py`, after Tai et al. 2015 section 4.2.
 * @example
 * softScore(3.25); // => [0, 0, 0, 0.75, 0.25, 0]
 */
export function softScore(score: number): number[] {
  if (!(score >= 0 && score <= MAX)) {
    throw new InvalidArgumentError({
      argument: 'score',
      expected: `a number from 0 to ${MAX}`,
      received: score,
    });
  }
  const below = Math.floor(score);
  return Array.from({ length: MAX + 1 }, (_, j) => {
    if (j === below) return below - score + 1;
    return j === below + 1 ? score - below : 0;
  });
}
