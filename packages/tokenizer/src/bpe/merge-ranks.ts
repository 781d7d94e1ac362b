/** Which pairs of ids merge, how early, and into what: a hash table of whole numbers, asked several times a byte. */

/** Two tokens that become one, spelled as in `merges.txt`: `['Ġ', 't']` makes `'Ġt'`. */
export type Merge = readonly [left: string, right: string];

/** The rank of a pair that does not merge: later than any. */
export const NO_MERGE = 0x7fffffff;

const EMPTY = -1;

/** The merges of a vocabulary, by pair of ids. */
export class MergeRanks {
  /** `left, right, rank` of each slot and a word to spare: one look-up touches one line of the processor's cache. */
  readonly #slots: Int32Array;
  readonly #mask: number;
  readonly #results: Int32Array;
  #count = 0;

  /** @param capacity - How many merges there will be. */
  constructor(capacity: number) {
    const size = 2 ** Math.ceil(Math.log2(2 * capacity + 1)); // at most half full, so that looking in vain is short
    this.#mask = size - 1;
    this.#slots = new Int32Array(4 * size).fill(EMPTY);
    this.#results = new Int32Array(capacity);
  }

  /** Adds the merge of the next rank; ids are not negative. */
  add(left: number, right: number, result: number): void {
    const slot = this.#find(left, right);
    this.#slots[slot] = left;
    this.#slots[slot + 1] = right;
    this.#slots[slot + 2] = this.#count;
    this.#results[this.#count++] = result;
  }

  /** The id that the merge of a rank makes. */
  result(rank: number): number {
    return this.#results[rank];
  }

  /** Rank of the merge of two ids, lower is earlier; {@link NO_MERGE} when they do not merge. */
  rank(left: number, right: number): number {
    const slot = this.#find(left, right);
    return this.#slots[slot] === EMPTY ? NO_MERGE : this.#slots[slot + 2];
  }

  /** Where a pair is, or the empty slot where it would be. */
  #find(left: number, right: number): number {
    const slots = this.#slots;
    let hash = Math.imul(left, 0x9e3779b1) ^ Math.imul(right, 0x85ebca6b); // two odd constants of mixed bits
    hash ^= hash >>> 15;
    for (let at = hash & this.#mask; ; at = (at + 1) & this.#mask) {
      const slot = 4 * at;
      if (slots[slot] === EMPTY || (slots[slot] === left && slots[slot + 1] === right)) return slot;
    }
  }
}
