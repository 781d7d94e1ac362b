/**
 * How much of a test set is in the training data: the analysis of GPT-2, section 4.
 *
 * A Bloom filter of the training data's grams is asked for those of the test sets. Grams do not span documents.
 */
import { BloomFilter } from './bloom-filter.js';
import { assertRepeatable, type Documents } from './documents.js';
import { assertGramLength, countGrams, eachGram } from './grams.js';
import { assertRule, normaliseWords, type WordRule } from './words.js';

/** How to compare. */
export interface OverlapOptions {
  /** Words of a gram. Default 8, as in GPT-2. */
  n?: number;
  /** What a word is. Default `gpt2`. */
  rule?: WordRule;
  /** The filter's. Default 10^-8, as in GPT-2. */
  falsePositiveRate?: number;
  /**
   * Grams of the training data, at least. Default: they are counted first, so that the training data is gone through
   * twice. With more grams than that, the rate is higher; see {@link Overlap.falsePositiveRate}.
   */
  expectedGrams?: number;
  /** The most memory the filter may take; see {@link BloomFilter}. */
  maxBytes?: number;
}

/** A test set. */
export interface TestSet {
  name: string;
  documents: Documents;
}

/** How many grams there are and were found, one that comes again counted again. */
export interface GramShare {
  grams: number;
  found: number;
  /** `found / grams`; `null` where there is no gram. */
  share: number | null;
}

/** What was found of a test set. */
export interface TestSetOverlap extends GramShare {
  name: string;
  /** In order; those of fewer than `n` words have no gram. */
  documents: GramShare[];
}

/** What was found. */
export interface Overlap {
  n: number;
  trainGrams: number;
  /** Of the filter, with the grams that went into it. */
  falsePositiveRate: number;
  sets: TestSetOverlap[];
}

/**
 * The share of the grams of each test set that are in the training data too. Memory: 38.3 bits for every gram of the
 * training data, one document at a time, and two numbers for every document of the test sets.
 *
 * @param train - Gone through twice, unless `expectedGrams` is given.
 * @throws InvalidArgumentError when an option is out of range, or the filter would be too large.
 * @see Radford et al. 2019, section 4 and table 6.
 * @example
 * const train = ['One two three four.', 'Five six.'];
 * const tests = [{ name: 'test', documents: ['Two, three, four, five'] }];
 * const { sets } = await overlapShare(train, tests, { n: 2 });
 * sets[0].share; // => 2 / 3
 */
export async function overlapShare(
  train: Documents,
  tests: readonly TestSet[],
  options: OverlapOptions = {},
): Promise<Overlap> {
  const { n = 8, rule = 'gpt2', falsePositiveRate = 1e-8, maxBytes } = options;
  assertGramLength(n);
  assertRule(rule);
  const expected = options.expectedGrams ?? Math.max(1, await trainGrams(train, n, rule));
  const filter = new BloomFilter({ expected, falsePositiveRate, maxBytes });
  for await (const document of train) {
    const words = normaliseWords(document, rule);
    eachGram(words, n, (begin, end) => filter.add(words, begin, end));
  }
  const sets: TestSetOverlap[] = [];
  for (const { name, documents } of tests) {
    const shares: GramShare[] = [];
    for await (const document of documents) shares.push(shareOf(normaliseWords(document, rule), n, filter));
    sets.push({ name, ...total(shares), documents: shares });
  }
  return { n, trainGrams: filter.added, falsePositiveRate: filter.falsePositiveRate, sets };
}

async function trainGrams(train: Documents, n: number, rule: WordRule): Promise<number> {
  assertRepeatable('train', train);
  let grams = 0;
  for await (const document of train) grams += countGrams(normaliseWords(document, rule), n);
  return grams;
}

function shareOf(words: string, n: number, filter: BloomFilter): GramShare {
  let grams = 0;
  let found = 0;
  eachGram(words, n, (begin, end) => {
    grams++;
    if (filter.has(words, begin, end)) found++;
  });
  return gramShare(grams, found);
}

function total(shares: readonly GramShare[]): GramShare {
  const sum = (field: 'grams' | 'found') => shares.reduce((so, share) => so + share[field], 0);
  return gramShare(sum('grams'), sum('found'));
}

const gramShare = (grams: number, found: number): GramShare => ({
  grams,
  found,
  share: grams === 0 ? null : found / grams,
});
