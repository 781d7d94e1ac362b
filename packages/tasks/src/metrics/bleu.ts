/**
 * BLEU of a whole set of translations, in the two kinds that GPT-3 quotes.
 *
 * @see Papineni et al. 2002, BLEU; GPT-3 Table 3.4 (multi-bleu, on XLM's tokens) and Table H.1 (both).
 */
import { InvalidArgumentError } from '@gpt-ts/core';
import { tokenize13a } from './tokenize-13a.js';

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
  const tokens = tokenize === '13a' ? tokenize13a : whiteSpaceTokens;
  const matches = [0, 0, 0, 0];
  const totals = [0, 0, 0, 0];
  let predictionLength = 0;
  let referenceLength = 0;
  predictions.forEach((text, i) => {
    const prediction = tokens(text);
    const translations = references[i].map(tokens);
    predictionLength += prediction.length;
    referenceLength += closestLength(prediction.length, translations);
    for (const n of [1, 2, 3, 4]) {
      totals[n - 1] += Math.max(0, prediction.length - n + 1);
      matches[n - 1] += clippedMatches(prediction, translations, n);
    }
  });
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

/** N-grams of the prediction that are in a reference, none more often than in the reference that has most of it. */
function clippedMatches(prediction: string[], references: string[][], n: number): number {
  const counts = references.map((reference) => nGramCounts(reference, n));
  let matches = 0;
  for (const [nGram, count] of nGramCounts(prediction, n)) {
    matches += Math.min(count, Math.max(...counts.map((each) => each.get(nGram) ?? 0)));
  }
  return matches;
}

function nGramCounts(tokens: string[], n: number): Map<string, number> {
  const counts = new Map<string, number>();
  for (let i = 0; i + n <= tokens.length; i++) {
    const nGram = tokens.slice(i, i + n).join(' ');
    counts.set(nGram, (counts.get(nGram) ?? 0) + 1);
  }
  return counts;
}

function closestLength(length: number, references: string[][]): number {
  const lengths = references.map((reference) => reference.length);
  return lengths.sort((a, b) => Math.abs(a - length) - Math.abs(b - length) || a - b)[0];
}

function whiteSpaceTokens(text: string): string[] {
  return text.split(/[ \t\n\v\f\r]+/).filter((token) => token !== '');
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
