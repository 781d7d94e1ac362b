/**
 * How often each pair of neighbouring ids occurs, kept up to date while pairs are merged.
 *
 * All pieces lie in one array, linked to their neighbours, and every pair knows where it occurs: a merge costs
 * time for its own occurrences only, however long the pieces are.
 */
import { Heap } from '../bpe/heap.js';

/** Two neighbouring ids. */
export interface Pair {
  readonly left: number;
  readonly right: number;
  /** Occurrences, each weighted by how often its piece occurs. */
  count: number;
  /** Where it occurs or once did, ascending: indices of `left`. */
  readonly positions: number[];
}

/** A pair and the count it had when it was put in line. Counts only fall after that. */
interface Candidate {
  readonly pair: Pair;
  readonly count: number;
}

const MAX_ID = 2 ** 20; // so that left * MAX_ID + right is an exact key
const NONE = -1;

/** Pair statistics of a set of weighted pieces. */
export class PairCounts {
  readonly #ids: Int32Array; // NONE where an id was joined to the one before it
  readonly #next: Int32Array; // NONE at the end of a piece
  readonly #previous: Int32Array; // NONE at its beginning
  readonly #weights: Float64Array;
  readonly #pairs = new Map<number, Pair>();
  readonly #heap: Heap<Candidate>;

  /** @param pieces - Ids of each distinct piece, and how often it occurs. */
  constructor(pieces: readonly { ids: ArrayLike<number>; count: number }[]) {
    const total = pieces.reduce((sum, piece) => sum + piece.ids.length, 0);
    this.#ids = new Int32Array(total);
    this.#next = new Int32Array(total).fill(NONE);
    this.#previous = new Int32Array(total).fill(NONE);
    this.#weights = new Float64Array(total);
    let at = 0;
    for (const { ids, count } of pieces) {
      for (let i = 0; i < ids.length; i++, at++) {
        this.#ids[at] = ids[i];
        this.#weights[at] = count;
        if (i === 0) continue;
        this.#previous[at] = at - 1;
        this.#next[at - 1] = at;
        this.#add(at - 1, at);
      }
    }
    const candidates = Array.from(this.#pairs.values(), (pair) => ({ pair, count: pair.count }));
    this.#heap = new Heap(candidates, comesFirst);
  }

  /** Takes the most frequent pair, of equals the one with the lowest ids; `undefined` when no pair is left. */
  takeBest(): Pair | undefined {
    for (let top = this.#heap.pop(); top !== undefined; top = this.#heap.pop()) {
      const { pair, count } = top;
      if (count === pair.count) return pair;
      if (pair.count > 0) this.#heap.push({ pair, count: pair.count }); // it fell: back in line
    }
    return undefined;
  }

  /** Replaces every occurrence of a pair by `id`, which is new, from left to right. */
  merge(pair: Pair, id: number): void {
    const created = new Set<Pair>();
    for (const at of pair.positions) {
      const right = this.#next[at];
      if (this.#ids[at] !== pair.left || right === NONE || this.#ids[right] !== pair.right) continue;
      const before = this.#previous[at];
      const after = this.#next[right];
      if (before !== NONE) this.#remove(before, at);
      if (after !== NONE) this.#remove(right, after);
      this.#ids[at] = id;
      this.#ids[right] = NONE;
      this.#next[at] = after;
      if (after !== NONE) this.#previous[after] = at;
      if (before !== NONE) created.add(this.#add(before, at));
      if (after !== NONE) created.add(this.#add(at, after));
    }
    pair.count = 0;
    pair.positions.length = 0;
    for (const fresh of created) {
      if (fresh.count > 0) this.#heap.push({ pair: fresh, count: fresh.count });
    }
  }

  #add(at: number, next: number): Pair {
    const left = this.#ids[at];
    const right = this.#ids[next];
    const key = left * MAX_ID + right;
    let pair = this.#pairs.get(key);
    if (pair === undefined) this.#pairs.set(key, (pair = { left, right, count: 0, positions: [] }));
    pair.count += this.#weights[at];
    pair.positions.push(at);
    return pair;
  }

  #remove(at: number, next: number): void {
    this.#pairs.get(this.#ids[at] * MAX_ID + this.#ids[next])!.count -= this.#weights[at];
  }
}

function comesFirst(a: Candidate, b: Candidate): boolean {
  if (a.count !== b.count) return a.count > b.count;
  return a.pair.left !== b.pair.left ? a.pair.left < b.pair.left : a.pair.right < b.pair.right;
}
