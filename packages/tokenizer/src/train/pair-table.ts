/** The pairs of neighbouring ids, numbered in the order they appeared, and what is known of each. */
import { grown } from '../bpe/grown.js';

/** A hash table from two ids to the number of their pair; what belongs to a pair lies in arrays beside it. */
export class PairTable {
  left: Int32Array = new Int32Array(1024);
  right: Int32Array = new Int32Array(1024);
  /** Occurrences, each weighted by how often its piece occurs. */
  count: Float64Array = new Float64Array(1024);
  /** The count it had when it was put in line. */
  queued: Float64Array = new Float64Array(1024);
  /** Where the list of its places begins and ends. */
  start: Int32Array = new Int32Array(1024);
  end: Int32Array = new Int32Array(1024);
  size = 0;
  #slots: Int32Array = new Int32Array(4096); // 1 + pair; 0 is empty

  /** The number of a pair; -1 when it is not there. */
  find(left: number, right: number): number {
    return this.#slots[this.#slotOf(left, right)] - 1;
  }

  /** The number of a pair, which is added when it is not there. */
  add(left: number, right: number): number {
    const slot = this.#slotOf(left, right);
    if (this.#slots[slot] > 0) return this.#slots[slot] - 1;
    const pair = this.size++;
    this.#slots[slot] = pair + 1;
    if (pair === this.left.length) this.#grow(pair + 1);
    this.left[pair] = left;
    this.right[pair] = right;
    if (2 * this.size > this.#slots.length) this.#rehash();
    return pair;
  }

  #slotOf(left: number, right: number): number {
    const mask = this.#slots.length - 1;
    let hash = Math.imul(left, 0x9e3779b1) ^ Math.imul(right, 0x85ebca6b); // two odd constants of mixed bits
    hash ^= hash >>> 15;
    for (let at = hash & mask; ; at = (at + 1) & mask) {
      const pair = this.#slots[at] - 1;
      if (pair < 0 || (this.left[pair] === left && this.right[pair] === right)) return at;
    }
  }

  #grow(room: number): void {
    this.left = grown(this.left, room);
    this.right = grown(this.right, room);
    this.count = grown(this.count, room);
    this.queued = grown(this.queued, room);
    this.start = grown(this.start, room);
    this.end = grown(this.end, room);
  }

  #rehash(): void {
    this.#slots = new Int32Array(2 * this.#slots.length);
    for (let pair = 0; pair < this.size; pair++) {
      this.#slots[this.#slotOf(this.left[pair], this.right[pair])] = pair + 1;
    }
  }
}
