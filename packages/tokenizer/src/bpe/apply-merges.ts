/**
 * The heart of BPE: join the pair of lowest rank wherever it occurs, left to right, until no pair merges.
 *
 * Two versions that agree on everything. Scanning is the definition and the faster one for words, but its time
 * grows with the square of the length; long pieces keep their pairs filed by rank, in n log n.
 */
import type { MergeRanks } from './bpe-tables.js';
import { Heap } from './heap.js';

const LONG = 128; // ids; about where the two take the same time

/** The ids after all merges. `ids` may be overwritten. */
export function applyMerges(ids: number[], ranks: MergeRanks): number[] {
  return ids.length < LONG ? mergeByScanning(ids, ranks) : mergeByRank(ids, ranks);
}

/**
 * The definition, as in openai/gpt-2 `src/encoder.py`.
 *
 * @example
 * // a = 0, b = 1; rank 0 joins a a into 2, rank 1 joins 2 b into 3
 * mergeByScanning([0, 0, 0, 1], ranks); // => [2, 0, 1]
 */
export function mergeByScanning(ids: number[], ranks: MergeRanks): number[] {
  for (;;) {
    let lowest = Number.POSITIVE_INFINITY;
    let first = 0;
    for (let i = 0; i + 1 < ids.length; i++) {
      const rank = ranks.rank(ids[i], ids[i + 1]);
      if (rank < lowest) {
        lowest = rank;
        first = i;
      }
    }
    if (lowest === Number.POSITIVE_INFINITY) return ids;
    const left = ids[first];
    const right = ids[first + 1];
    const result = ranks.result(lowest);
    let length = first;
    for (let i = first; i < ids.length; length++) {
      const joins = ids[i] === left && ids[i + 1] === right;
      ids[length] = joins ? result : ids[i];
      i += joins ? 2 : 1;
    }
    ids.length = length;
  }
}

const JOINED = -1; // in place of an id that became part of the one before it

/** The same result, each round visiting only the places where its pair occurs. */
export function mergeByRank(ids: number[], ranks: MergeRanks): number[] {
  const n = ids.length;
  const next = Int32Array.from(ids, (_, i) => i + 1); // n is the end
  const previous = Int32Array.from(ids, (_, i) => i - 1); // -1 is the beginning
  const rankAt = (at: number): number =>
    at >= 0 && next[at] < n ? ranks.rank(ids[at], ids[next[at]]) : Number.POSITIVE_INFINITY;

  const places = new Map<number, number[]>(); // of the pairs of each rank, some of them out of date
  const waiting = new Heap<number>([], (a, b) => a < b); // the ranks that have places
  const enqueue = (at: number): void => {
    const rank = rankAt(at);
    if (rank === Number.POSITIVE_INFINITY) return;
    const known = places.get(rank);
    if (known !== undefined) known.push(at);
    else {
      places.set(rank, [at]);
      waiting.push(rank);
    }
  };
  for (let at = 0; at < n; at++) enqueue(at);

  for (let rank = waiting.pop(); rank !== undefined; rank = waiting.pop()) {
    const merged: number[] = [];
    for (const at of places.get(rank)!.sort((a, b) => a - b)) {
      if (ids[at] === JOINED || rankAt(at) !== rank) continue; // a neighbour merged first
      ids[at] = ranks.result(rank);
      ids[next[at]] = JOINED;
      next[at] = next[next[at]];
      if (next[at] < n) previous[next[at]] = at;
      merged.push(at);
    }
    places.delete(rank);
    // Only now, so that pairs made in this round wait for the next one.
    for (const at of merged) {
      enqueue(previous[at]);
      enqueue(at);
    }
  }
  return ids.filter((id) => id !== JOINED);
}
