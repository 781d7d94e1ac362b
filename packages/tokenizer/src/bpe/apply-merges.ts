/**
 * The heart of BPE: join the pair of lowest rank wherever it occurs, left to right, until no pair merges.
 *
 * Two versions that agree on everything. Scanning is the faster one for words, but its time grows with the square of
 * the length; long pieces keep their pairs filed by rank, in n log n. Both are held to the definition, openai/gpt-2
 * `src/encoder.py`, by a slow reference in the tests.
 */
import { Heap } from './heap.js';
import { IntList } from './int-list.js';
import { type MergeRanks, NO_MERGE } from './merge-ranks.js';

const LONG = 128; // ids; about where the two take the same time

/**
 * Merges the first `length` ids in place.
 *
 * @returns How many are left.
 * @example
 * // a = 0, b = 1; rank 0 joins a a into 2, rank 1 joins 2 b into 3
 * applyMerges(Int32Array.of(0, 0, 0, 1), 4, ranks); // => 3; the ids are 2 0 1
 */
export function applyMerges(ids: Int32Array, length: number, ranks: MergeRanks): number {
  return length < LONG ? mergeByScanning(ids, length, ranks) : mergeByRank(ids, length, ranks);
}

const rankAt = new Int32Array(LONG); // of the pair that begins at each id

/** For fewer than 128 ids: finds the lowest rank by looking at all, and ranks only the two pairs that a merge changes. */
export function mergeByScanning(ids: Int32Array, length: number, ranks: MergeRanks): number {
  for (let i = 0; i + 1 < length; i++) rankAt[i] = ranks.rank(ids[i], ids[i + 1]);
  for (;;) {
    let lowest = NO_MERGE;
    for (let i = 0; i + 1 < length; i++) if (rankAt[i] < lowest) lowest = rankAt[i];
    if (lowest === NO_MERGE) return length;
    length = joinAll(ids, length, lowest, ranks);
  }
}

/** Joins every pair of a rank, from left to right; pairs made on the way wait for the next round. */
function joinAll(ids: Int32Array, length: number, rank: number, ranks: MergeRanks): number {
  const result = ranks.result(rank);
  let to = 0;
  let from = 0;
  let fresh = false; // whether the id before `to` was made here
  while (from < length) {
    const joins = from + 1 < length && rankAt[from] === rank;
    ids[to] = joins ? result : ids[from];
    if (to > 0 && (joins || fresh)) rankAt[to - 1] = ranks.rank(ids[to - 1], ids[to]);
    from += joins ? 2 : 1;
    rankAt[to] = rankAt[from - 1]; // of the pair that begins with the id just moved
    fresh = joins;
    to++;
  }
  return to;
}

// What is known of each id, side by side: one visit touches one line of the processor's cache.
const NEXT = 1; // index of the id after it; `length` is the end
const PREVIOUS = 2; // -1 is the beginning
const RANK = 3; // of the pair that begins here; NO_MERGE where an id became part of the one before it

/** The same result, each round visiting only the places where its pair occurs. */
export function mergeByRank(ids: Int32Array, length: number, ranks: MergeRanks): number {
  const state = new Int32Array(4 * length); // id, NEXT, PREVIOUS, RANK
  const places = new Map<number, IntList>(); // of the pairs of each rank, some of them out of date
  const waiting = new Heap<number>([], (a, b) => a < b); // the ranks that have places
  let lastRank = NO_MERGE; // in a run of one character the same rank comes again and again
  let last = new IntList();
  const update = (at: number): void => {
    const next = state[4 * at + NEXT];
    const rank = next < length ? ranks.rank(state[4 * at], state[4 * next]) : NO_MERGE;
    if (rank === state[4 * at + RANK]) return;
    state[4 * at + RANK] = rank;
    if (rank === NO_MERGE) return;
    if (rank !== lastRank) {
      lastRank = rank;
      const known = places.get(rank);
      last = known ?? new IntList();
      if (known === undefined) {
        places.set(rank, last);
        waiting.push(rank);
      }
    }
    last.push(at);
  };
  for (let at = 0; at < length; at++) {
    state[4 * at] = ids[at];
    state[4 * at + NEXT] = at + 1;
    state[4 * at + PREVIOUS] = at - 1;
    state[4 * at + RANK] = NO_MERGE;
  }
  for (let at = 0; at < length; at++) update(at);

  for (let rank = waiting.pop(); rank !== undefined; rank = waiting.pop()) {
    const found = places.get(rank)!.sorted();
    let merged = 0; // of the places found, those in front
    for (let i = 0; i < found.length; i++) {
      const at = found[i];
      if (state[4 * at + RANK] !== rank) continue; // a neighbour merged first
      const second = state[4 * at + NEXT];
      const after = state[4 * second + NEXT];
      state[4 * at] = ranks.result(rank);
      state[4 * at + NEXT] = after;
      state[4 * second + RANK] = NO_MERGE;
      if (after < length) state[4 * after + PREVIOUS] = at;
      found[merged++] = at;
    }
    places.delete(rank);
    lastRank = NO_MERGE;
    // Only now, so that pairs made in this round wait for the next one.
    let done = -1;
    for (let i = 0; i < merged; i++) {
      const at = found[i];
      const previous = state[4 * at + PREVIOUS];
      if (previous !== done) update(previous); // both are -1 at the beginning
      update(at);
      done = at;
    }
  }
  let left = 0;
  for (let at = 0; at < length; at = state[4 * at + NEXT]) ids[left++] = state[4 * at];
  return left;
}
