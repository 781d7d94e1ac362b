/** What BLEU is made of: counts of one translation, which add up over a set. */
import { InvalidArgumentError } from '@gpt-ts/core';
import type { BleuOptions } from './bleu.js';
import { tokenize13a } from './tokenize-13a.js';

/** Of one prediction. */
export interface BleuCounts {
  /** Its n-grams of 1 to 4 tokens that are in a reference. */
  readonly matches: readonly number[];
  /** In tokens. */
  readonly predictionLength: number;
  /** In tokens: of the reference closest in length, the shorter of two. */
  readonly referenceLength: number;
}

/**
 * Counts one prediction.
 *
 * @param references - One or more translations.
 * @throws InvalidArgumentError when there is no reference.
 */
export function bleuCounts(
  prediction: string,
  references: readonly string[],
  tokenize: BleuOptions['tokenize'],
): BleuCounts {
  if (references.length === 0) {
    throw new InvalidArgumentError({ argument: 'references', expected: 'one or more', received: [] });
  }
  const tokens = tokenize === '13a' ? tokenize13a : whiteSpaceTokens;
  const predicted = tokens(prediction);
  const translations = references.map(tokens);
  return {
    matches: [1, 2, 3, 4].map((n) => clippedMatches(predicted, translations, n)),
    predictionLength: predicted.length,
    referenceLength: closestLength(predicted.length, translations),
  };
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
