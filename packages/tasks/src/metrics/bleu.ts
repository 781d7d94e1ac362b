/**
 * BLEU of a whole set of translations, in the two kinds that GPT-3 quotes.
 *
 * @see Papineni et al. 2002, BLEU; GPT-3 Table 3.4 (multi-bleu, on XLM's tokens) and Table H.1 (both).
 */
import { InvalidArgumentError } from '@gpt-ts/core';
import { type BleuCounts, bleuCounts } from './bleu-counts.js';

/** What sets kinds of BLEU apart. */
export interface BleuOptions {
  /** `'white-space'`: the texts are tokenized, with ASCII white space between tokens. `'13a'`: the rules of mteval-v13a. */
  tokenize: 'white-space' | '13a';
  /** `'none'`: 0 where no n-gram of some length is right. `'exp'`: such a precision is 1/2, then 1/4 ... of one n-gram (NIST). */
  smoothing: 'none' | 'exp';
}

/** BLEU and what it is made of. */
export interface Bleu {
  /** From 0 to 100, as papers print it. */
  score: number;
  /** In percent, of n-grams of 1 to 4 tokens. */
  precisions: number[];
  /** From 0 to 1: less than 1 where the predictions are shorter than the references. */
  brevityPenalty: number;
  /** In tokens, over the whole set. */
  predictionLength: number;
  /** In tokens: for each item, the reference closest in length, the shorter of two. */
  referenceLength: number;
}

/** BLEU of Moses' `multi-bleu.perl`: on tokenized text, without smoothing. Depends on the tokenizer: name it with the score. */
export const MULTI_BLEU: BleuOptions = { tokenize: 'white-space', smoothing: 'none' };

/** SacreBLEU's default, `nrefs:any|case:mixed|eff:no|tok:13a|smooth:exp`, on plain text. */
export const SACRE_BLEU: BleuOptions = { tokenize: '13a', smoothing: 'exp' };

/**
 * BLEU over a whole set, case-sensitive, of n-grams up to 4.
 *
 * @param references - For each prediction, one or more translations.
 * @throws InvalidArgumentError when there are no predictions, or one has no reference.
 * @example
 * bleu(['the cat sat on a mat'], [['the cat sat on the mat']], MULTI_BLEU).score.toFixed(2); // => '53.73'
 */
export function bleu(
  predictions: readonly string[],
  references: readonly (readonly string[])[],
  { tokenize, smoothing }: BleuOptions,
): Bleu {
  assertReferences(predictions, references);
  return bleuOfCounts(
    predictions.map((prediction, i) => bleuCounts(prediction, references[i], tokenize)),
    smoothing,
  );
}

/** BLEU of the counts of a whole set. */
export function bleuOfCounts(counts: readonly BleuCounts[], smoothing: BleuOptions['smoothing']): Bleu {
  const matches = [0, 0, 0, 0];
  const totals = [0, 0, 0, 0];
  let predictionLength = 0;
  let referenceLength = 0;
  for (const each of counts) {
    predictionLength += each.predictionLength;
    referenceLength += each.referenceLength;
    for (let n = 1; n <= 4; n++) {
      totals[n - 1] += Math.max(0, each.predictionLength - n + 1);
      matches[n - 1] += each.matches[n - 1];
    }
  }
  const precisions = precisionsOf(matches, totals, smoothing);
  const brevityPenalty =
    predictionLength === 0 ? 0 : Math.min(1, Math.exp(1 - referenceLength / predictionLength));
  const logMean = precisions.reduce((sum, precision) => sum + Math.log(precision / 100) / 4, 0);
  return {
    score: 100 * brevityPenalty * Math.exp(logMean),
    precisions,
    brevityPenalty,
    predictionLength,
    referenceLength,
  };
}

function precisionsOf(matches: number[], totals: number[], smoothing: BleuOptions['smoothing']): number[] {
  if (matches[0] === 0) return [0, 0, 0, 0];
  let part = 1;
  return totals.map((total, i) => {
    if (total === 0) return 0;
    if (matches[i] > 0) return (100 * matches[i]) / total;
    return smoothing === 'none' ? 0 : (100 * (part /= 2)) / total;
  });
}

function assertReferences(predictions: readonly string[], references: readonly (readonly string[])[]): void {
  if (predictions.length === 0) {
    throw new InvalidArgumentError({ argument: 'predictions', expected: 'one or more', received: [] });
  }
  if (references.length !== predictions.length) {
    throw new InvalidArgumentError({
      argument: 'references.length',
      expected: `${predictions.length}, a list for each prediction`,
      received: references.length,
    });
  }
  const bare = references.findIndex((each) => each.length === 0);
  if (bare === -1) return;
  throw new InvalidArgumentError({ argument: `references[${bare}]`, expected: 'one or more', received: [] });
}
