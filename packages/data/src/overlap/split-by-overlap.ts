/** Which examples of a test set the training data has a part of: GPT-3's analysis of its results (section 4, appendix C). */
import { assertRepeatable, type Documents } from './documents.js';
import { GramIndex } from './gram-index.js';
import { gramLength } from './gram-length.js';
import { assertGramLength, countWords, eachGram } from './grams.js';
import { assertRule, normaliseWords, type WordRule } from './words.js';

/** How to compare. */
export interface SplitByOverlapOptions {
  /** Words of a gram. Default: `gramLength` of the examples. */
  n?: number;
  /** What a word is. Default `gpt3`. */
  rule?: WordRule;
  /** Distinct grams of each length that may be held, some 75 bytes each. Default 4,000,000. */
  maxGrams?: number;
}

/** The examples by number, from 0, each in one of the two lists. */
export interface OverlapSplit {
  n: number;
  /** At least one gram is in the training data. */
  dirty: number[];
  /** None is. */
  clean: number[];
  /** Grams of the examples, one that comes again counted again. */
  grams: number;
  /** Those that are in the training data. */
  found: number;
}

/**
 * Splits examples by whether they overlap with the training data, exactly. Of an example with fewer than `n` words, all
 * words together are the gram; one without words is clean.
 *
 * @param examples - Gone through three times; a list as a rule.
 * @param train - Gone through once.
 * @throws InvalidArgumentError when an option is out of range, there is no example, or they have more than `maxGrams` grams.
 * @see Brown et al. 2020, section 4 and appendix C.
 * @example
 * const { dirty } = await splitByOverlap(['one two three', 'four five six'], ['Zero, one, two, three.'], { n: 3 });
 * dirty; // => [0]
 */
export async function splitByOverlap(
  examples: Documents,
  train: Documents,
  options: SplitByOverlapOptions = {},
): Promise<OverlapSplit> {
  const [split] = await splitSetsByOverlap([examples], train, options);
  return split;
}

/** {@link splitByOverlap} for several test sets, with the training data gone through once in all. */
export async function splitSetsByOverlap(
  sets: readonly Documents[],
  train: Documents,
  options: SplitByOverlapOptions = {},
): Promise<OverlapSplit[]> {
  const indexed: IndexedExamples[] = [];
  for (const examples of sets) indexed.push(await indexExamples(examples, options));
  for await (const document of train) {
    for (const { rule, indexes } of indexed) {
      const words = normaliseWords(document, rule);
      for (const index of indexes.values()) index.meet(words);
    }
  }
  const splits: OverlapSplit[] = [];
  for (const each of indexed) splits.push(await splitOf(each));
  return splits;
}

interface IndexedExamples {
  examples: Documents;
  n: number;
  rule: WordRule;
  /** By the words of a gram: `n`, and what short examples have. */
  indexes: Map<number, GramIndex>;
}

async function indexExamples(examples: Documents, options: SplitByOverlapOptions): Promise<IndexedExamples> {
  const { rule = 'gpt3', maxGrams } = options;
  assertRule(rule);
  assertRepeatable('examples', examples);
  const n = options.n ?? (await gramLength(examples, { rule }));
  assertGramLength(n);
  const indexes = new Map<number, GramIndex>();
  for await (const example of examples) {
    const length = Math.min(n, countWords(normaliseWords(example, rule)));
    if (length === 0) continue;
    let index = indexes.get(length);
    if (index === undefined) indexes.set(length, (index = new GramIndex(length, rule, maxGrams)));
    index.add(example);
  }
  return { examples, n, rule, indexes };
}

async function splitOf({ examples, n, rule, indexes }: IndexedExamples): Promise<OverlapSplit> {
  const split: OverlapSplit = { n, dirty: [], clean: [], grams: 0, found: 0 };
  let number = 0;
  for await (const example of examples) {
    const words = normaliseWords(example, rule);
    const length = Math.min(n, countWords(words));
    const before = split.found;
    eachGram(words, length, (begin, end) => {
      split.grams++;
      if (indexes.get(length)!.met(words.slice(begin, end)) > 0) split.found++;
    });
    split[split.found > before ? 'dirty' : 'clean'].push(number++);
  }
  return split;
}
