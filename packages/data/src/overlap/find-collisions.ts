/** Which grams of test sets are in the training data: the first half of GPT-3's filter (appendix C). */
import { assertNaturals } from '../assert-integers.js';
import type { Documents } from './documents.js';
import { GramIndex } from './gram-index.js';
import { assertGramLength } from './grams.js';
import { assertRule, normaliseWords, type WordRule } from './words.js';

/** How to compare. */
export interface CollisionOptions {
  /** Words of a gram. Default 13. */
  n?: number;
  /** What a word is. Default `gpt3`. */
  rule?: WordRule;
  /** Grams in more training documents than this are left alone: set phrases, quotations, licences. Default 10. */
  maxDocuments?: number;
  /** Distinct grams of the test sets that may be held, some 75 bytes each. Default 4,000,000. */
  maxGrams?: number;
}

/** The grams to take out of the training data. */
export interface Collisions {
  n: number;
  rule: WordRule;
  /** Words separated by single spaces. */
  grams: ReadonlySet<string>;
  /** Distinct grams that are in more than `maxDocuments` training documents, and stay. */
  ignored: number;
  /** Distinct grams of the test sets. */
  testGrams: number;
}

/**
 * Finds the grams that training and test data share, exactly. The training data is gone through once, to count the documents
 * each gram is in; go through it again with `cleanDocument`.
 *
 * @param tests - The documents of all test sets.
 * @throws {@link InvalidArgumentError} when an option is out of range, or the tests have more than `maxGrams` grams.
 * @see Brown et al. 2020, appendix C.
 */
export async function findCollisions(
  train: Documents,
  tests: Documents,
  options: CollisionOptions = {},
): Promise<Collisions> {
  const { n = 13, rule = 'gpt3', maxDocuments = 10, maxGrams } = options;
  assertGramLength(n);
  assertRule(rule);
  assertNaturals({ maxDocuments });
  const index = new GramIndex(n, rule, maxGrams);
  for await (const document of tests) index.add(document);
  for await (const document of train) index.meet(normaliseWords(document, rule));
  const grams = new Set<string>();
  let ignored = 0;
  for (const [gram, documents] of index.found()) {
    if (documents <= maxDocuments) grams.add(gram);
    else ignored++;
  }
  return { n, rule, grams, ignored, testGrams: index.size };
}
