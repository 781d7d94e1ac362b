import { InvalidArgumentError } from '@gpt-ts/core';
import { eachGram } from './grams.js';
import { normaliseWords, type WordRule } from './words.js';

/** Some 75 bytes each with words of ten letters, 300 MB in all. */
const MAX_GRAMS = 4_000_000;

/** The distinct grams of test documents, exactly, and in how many training documents each was met. */
export class GramIndex {
  readonly n: number;
  readonly rule: WordRule;
  readonly #maxGrams: number;
  readonly #met = new Map<string, number>();

  constructor(n: number, rule: WordRule, maxGrams: number = MAX_GRAMS) {
    this.n = n;
    this.rule = rule;
    this.#maxGrams = maxGrams;
  }

  /** Distinct grams. */
  get size(): number {
    return this.#met.size;
  }

  /**
   * Takes a test document in.
   *
   * @throws {@link InvalidArgumentError} when there are more grams than the index may hold.
   */
  add(document: string): void {
    const words = normaliseWords(document, this.rule);
    eachGram(words, this.n, (begin, end) => this.#met.set(words.slice(begin, end), 0));
    if (this.size <= this.#maxGrams) return;
    throw new InvalidArgumentError({
      argument: 'the tests',
      expected: `of at most ${this.#maxGrams} distinct ${this.n}-grams`,
      received: this.size,
      hint: 'Give them in parts.',
    });
  }

  /** Counts a training document, once for every gram in it. */
  meet(words: string): void {
    const here = new Set<string>();
    eachGram(words, this.n, (begin, end) => {
      const gram = words.slice(begin, end);
      if (this.#met.has(gram)) here.add(gram);
    });
    for (const gram of here) this.#met.set(gram, this.met(gram) + 1);
  }

  /** In how many training documents a gram was met; 0 for one of no test document. */
  met(gram: string): number {
    return this.#met.get(gram) ?? 0;
  }

  /** The grams that were met. */
  *found(): Generator<[gram: string, documents: number]> {
    for (const entry of this.#met) if (entry[1] > 0) yield entry;
  }
}
