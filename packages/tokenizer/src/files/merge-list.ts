/** A list of merges under construction: each is checked against the vocabulary and turned into ids. */
import { show } from '@gpt-ts/core';
import type { Merge } from '../bpe/merge-ranks.js';
import type { Vocab } from './vocab-json.js';

/** Collects merges. The methods say in words what is wrong; the caller knows the place in the file. */
export class MergeList {
  /** `left, right, result` of each merge, one after another, in order of rank: what `MergeRanks` takes. */
  readonly triples: number[] = [];
  readonly #vocab: Vocab;
  /** For each token 1 + the rank of the last merge that makes it, and for each merge the same of the one before. */
  readonly #last: Int32Array;
  readonly #before: number[] = [];

  constructor(vocab: Vocab) {
    this.#vocab = vocab;
    this.#last = new Int32Array(vocab.tokens.length);
  }

  /** Adds the merge of the next rank, or returns what is wrong with it. */
  add(left: string, right: string): string | undefined {
    const { ids } = this.#vocab;
    const leftId = ids.get(left);
    if (leftId === undefined) return `${show(left)} is not in the vocabulary`;
    const rightId = ids.get(right);
    if (rightId === undefined) return `${show(right)} is not in the vocabulary`;
    const result = this.#resultOf(left, right);
    if (result === undefined) {
      return `the merge makes ${show(left + right)}, which is not in the vocabulary`;
    }
    for (let seen = this.#last[result]; seen > 0; seen = this.#before[seen - 1]) {
      // the parts of one token differ in where it is cut
      if (this.triples[3 * seen - 3] === leftId) return `repeats the merge ${show(`${left} ${right}`)}`;
    }
    this.triples.push(leftId, rightId, result);
    this.#last[result] = this.#before.push(this.#last[result]);
    return undefined;
  }

  /** The first merge with a part that is neither in `base` nor made by any merge, so that it could never apply. */
  orphan(base: Iterable<string>): { rank: number; problem: string } | undefined {
    const { tokens, ids } = this.#vocab;
    const made = this.#last.map((merge) => Math.min(merge, 1));
    for (const symbol of base) {
      const id = ids.get(symbol);
      if (id !== undefined) made[id] = 1;
    }
    const at = this.triples.findIndex((id, i) => i % 3 < 2 && made[id] === 0);
    if (at < 0) return undefined;
    const problem = `${show(tokens[this.triples[at]])} is neither a base symbol nor made by a merge`;
    return { rank: Math.floor(at / 3), problem };
  }

  /** The merges as spelled in the vocabulary: no string of the file stays alive. */
  toMerges(): Merge[] {
    const { tokens } = this.#vocab;
    const merges: Merge[] = [];
    for (let i = 0; i < this.triples.length; i += 3) {
      merges.push([tokens[this.triples[i]], tokens[this.triples[i + 1]]]);
    }
    return merges;
  }

  /** In published files results follow each other in the vocabulary, which saves joining and looking up. */
  #resultOf(left: string, right: string): number | undefined {
    const { tokens, ids } = this.#vocab;
    const next = this.triples.length > 0 ? this.triples[this.triples.length - 1] + 1 : 0;
    const guess = tokens[next];
    const isIt =
      guess?.length === left.length + right.length && guess.startsWith(left) && guess.endsWith(right);
    return isIt ? next : ids.get(left + right);
  }
}
