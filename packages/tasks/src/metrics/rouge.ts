/**
 * ROUGE of one summary: the words, pairs of words or longest common subsequence that it shares with a reference.
 *
 * Follows the defaults of the official `ROUGE-1.5.5.pl -n 2` in the form of Google's `rouge_score`: lower case, every character
 * but a-z and 0-9 parts words, stop words count, precision and recall weigh the same, no limit on length.
 *
 * @see Lin 2004, ROUGE: a package for automatic evaluation of summaries; GPT-2 Table 4.
 */
import { InvalidArgumentError } from '@gpt-ts/core';
import { countCommon } from './count-common.js';
import { subsequence, subsequenceLength } from './longest-common-subsequence.js';
import { porterStem } from './porter-stem.js';

/** Shares, from 0 to 1. */
export interface RougeScore {
  /** Of the prediction. */
  precision: number;
  /** Of the reference. */
  recall: number;
  /** Their harmonic mean: what papers print, in percent. */
  f1: number;
}

/** How words are compared. */
export interface RougeOptions {
  /** Cut words of more than 3 letters back to their stem (Porter 1980), as `-m` does. Default false. */
  stem?: boolean;
}

/**
 * ROUGE-N: n-grams in common, each as often as the text that has fewer of it.
 *
 * @throws InvalidArgumentError when n is not a positive integer.
 * @example
 * rougeN('The cat sat.', 'the cat lay down', 1).f1; // => 0.5714285714285714 (4 / 7)
 */
export function rougeN(
  prediction: string,
  reference: string,
  n: number,
  options: RougeOptions = {},
): RougeScore {
  if (!Number.isSafeInteger(n) || n < 1) {
    throw new InvalidArgumentError({ argument: 'n', expected: 'a positive integer', received: n });
  }
  const predicted = nGrams(wordsOf(prediction, options), n);
  const wanted = nGrams(wordsOf(reference, options), n);
  return score(countCommon(predicted, wanted), predicted.length, wanted.length);
}

/**
 * ROUGE-L of two texts taken as one sentence each: the longest subsequence of words that both have in this order.
 *
 * For summaries of several sentences the official script gives {@link rougeLsum}.
 *
 * @example
 * rougeL('police kill the gunman', 'police killed the gunman').f1; // => 0.75
 */
export function rougeL(prediction: string, reference: string, options: RougeOptions = {}): RougeScore {
  const predicted = wordsOf(prediction, options);
  const wanted = wordsOf(reference, options);
  return score(subsequenceLength(wanted, predicted), predicted.length, wanted.length);
}

/**
 * ROUGE-L of summaries, one sentence a line: of each reference sentence, the words that are in its longest common subsequence
 * with any predicted sentence; none counts more often than a summary has it, as in ROUGE-1.5.5.
 *
 * @example
 * rougeLsum('w1 w2 w6 w7 w8\nw1 w3 w8 w9 w5', 'w1 w2 w3 w4 w5').recall; // => 0.8
 */
export function rougeLsum(prediction: string, reference: string, options: RougeOptions = {}): RougeScore {
  const predicted = prediction.split('\n').map((sentence) => wordsOf(sentence, options));
  const wanted = reference.split('\n').map((sentence) => wordsOf(sentence, options));
  const shared = wanted.flatMap((sentence) => {
    const places = new Set(predicted.flatMap((each) => subsequence(sentence, each)));
    return sentence.filter((_, place) => places.has(place));
  });
  const all = predicted.flat();
  return score(countCommon(shared, all), all.length, wanted.flat().length);
}

function wordsOf(text: string, { stem = false }: RougeOptions): string[] {
  const words = text.toLowerCase().match(/[a-z0-9]+/g) ?? [];
  return stem ? words.map((word) => (word.length > 3 ? porterStem(word) : word)) : words;
}

function nGrams(words: string[], n: number): string[] {
  return words.slice(0, Math.max(0, words.length - n + 1)).map((_, i) => words.slice(i, i + n).join(' '));
}

function score(common: number, predicted: number, wanted: number): RougeScore {
  return {
    precision: predicted === 0 ? 0 : common / predicted,
    recall: wanted === 0 ? 0 : common / wanted,
    f1: common === 0 ? 0 : (2 * common) / (predicted + wanted),
  };
}
