/**
 * How often each pair of neighbouring ids occurs, kept up to date while pairs are merged.
 *
 * All pieces lie in one array, and every pair knows where it occurs: a merge costs time for its own occurrences only,
 * however long the pieces are. In memory a symbol takes some 20 bytes: its cell, its piece, its place in the list of a pair,
 * and room for those lists to grow.
 */

import { grown } from '../bpe/grown.js';
import { Heap } from '../bpe/heap.js';
import { Neighbours } from './neighbours.js';
import { PairTable } from './pair-table.js';

/** What stands in the cells before, between and after the pieces. */
export const BORDER: number = -(2 ** 31);
const COVERED = -1; // a cell inside a token
const SLICE = 2 ** 18; // cells counted between two looks at the clock

/** Distinct pieces and how often each occurs. */
export interface WeightedPieces {
  /** The ids of each piece after a {@link BORDER}; one more ends the last. Changed by the merges. */
  readonly cells: Int32Array;
  /** For each piece. */
  readonly counts: Float64Array;
}

/** What {@link PairCounts} has to know beforehand. */
export interface PairCountsOptions {
  /** How many ids there will be at most, those that merges make included. */
  nIds: number;
  /** Pairs that occur less often are never taken; as counts only fall, they are not kept either. */
  minCount: number;
  /** Of two pairs that occur equally often, whether the first is taken first. */
  winsTie: (left: number, right: number, otherLeft: number, otherRight: number) => boolean;
}

/** Two neighbouring ids. */
export interface Pair {
  readonly left: number;
  readonly right: number;
  readonly count: number;
}

/** Pair statistics of a set of weighted pieces. */
export class PairCounts {
  // A token of n symbols covers n cells. The first holds its id; the last, if there are several, holds -n, so that the
  // token before a cell is found without a link. COVERED or -n stands in the ones between.
  readonly #cells: Int32Array;
  readonly #pieceOf: Int32Array; // of each cell
  readonly #weights: Float64Array; // of each piece
  readonly #lengths: Int32Array; // of each id, in cells
  readonly #minCount: number;
  readonly #table: PairTable = new PairTable();
  // Lists of cells where `left` is, one for each pair. A list is complete, and in ascending order, once it is made: the
  // merge that makes the newer of its two ids makes all its occurrences.
  #places: Int32Array = new Int32Array(0);
  #placesUsed = 0;
  readonly #heap: Heap<number>;
  // around the pair that is being merged
  readonly #oldLeft: Neighbours;
  readonly #oldRight: Neighbours;
  readonly #newLeft: Neighbours;
  readonly #newRight: Neighbours;

  private constructor(pieces: WeightedPieces, options: PairCountsOptions) {
    const { nIds, winsTie } = options;
    this.#cells = pieces.cells;
    this.#weights = pieces.counts;
    this.#minCount = options.minCount;
    this.#pieceOf = new Int32Array(pieces.cells.length);
    this.#lengths = new Int32Array(nIds).fill(1);
    this.#oldLeft = new Neighbours(nIds);
    this.#oldRight = new Neighbours(nIds);
    this.#newLeft = new Neighbours(nIds);
    this.#newRight = new Neighbours(nIds);
    const table = this.#table;
    this.#heap = new Heap<number>([], (a, b) => {
      const difference = table.queued[a] - table.queued[b];
      if (difference !== 0) return difference > 0;
      return winsTie(table.left[a], table.right[a], table.left[b], table.right[b]);
    });
  }

  /**
   * Counts the pairs.
   *
   * @param pause - Called now and then.
   */
  static async of(
    pieces: WeightedPieces,
    options: PairCountsOptions,
    pause: () => Promise<void> | undefined,
  ): Promise<PairCounts> {
    const pairs = new PairCounts(pieces, options);
    const { length } = pieces.cells;
    let piece = -1;
    for (let at = 0; at < length; at += SLICE, await pause()) {
      piece = pairs.#count(at, Math.min(at + SLICE, length), piece);
    }
    pairs.#makeLists();
    for (let at = 0; at < length; at += SLICE, await pause()) pairs.#list(at, Math.min(at + SLICE, length));
    return pairs;
  }

  /** Takes the most frequent pair, of equals the one that `winsTie`; `undefined` when none is frequent enough. */
  takeBest(): Pair | undefined {
    const { left, right, count, queued } = this.#table;
    for (let top = this.#heap.pop(); top !== undefined; top = this.#heap.pop()) {
      if (count[top] === queued[top]) return { left: left[top], right: right[top], count: count[top] };
      this.#enqueue(top); // it fell: back in line
    }
    return undefined;
  }

  /** Replaces every occurrence of a pair by `id`, which is new, from left to right. */
  merge({ left, right }: Pair, id: number): void {
    const table = this.#table;
    const pair = table.find(left, right);
    this.#makeRoom(3 * (table.end[pair] - table.start[pair])); // its own places again, and one on either side
    const from = this.#placesUsed;
    const to = this.#join(pair, id);
    for (const x of this.#oldLeft.ids) this.#lower(x, left, this.#oldLeft.count[x]);
    for (const y of this.#oldRight.ids) this.#lower(right, y, this.#oldRight.count[y]);
    table.count[pair] = 0;
    table.start[pair] = table.end[pair] = 0;
    this.#relate(from, to, id);
    this.#oldLeft.clear();
    this.#oldRight.clear();
    this.#newLeft.clear();
    this.#newRight.clear();
  }

  /** Counts the pairs in some cells, and their places in `end`; `piece` is the one that the cell before belongs to. */
  #count(from: number, to: number, piece: number): number {
    const cells = this.#cells;
    const table = this.#table;
    for (let at = from; at < to; at++) {
      if (cells[at] === BORDER) piece++;
      this.#pieceOf[at] = piece;
      if (cells[at] === BORDER || cells[at + 1] === BORDER) continue;
      const pair = table.add(cells[at], cells[at + 1]);
      table.count[pair] += this.#weights[piece];
      table.end[pair]++;
    }
    return piece;
  }

  #makeLists(): void {
    const table = this.#table;
    let used = 0;
    for (let pair = 0; pair < table.size; pair++) {
      const places = table.count[pair] < this.#minCount ? 0 : table.end[pair];
      table.start[pair] = table.end[pair] = used; // `end` moves as the list is filled
      used += places;
      this.#enqueue(pair);
    }
    this.#places = new Int32Array(used);
    this.#placesUsed = used;
  }

  #list(from: number, to: number): void {
    const cells = this.#cells;
    const table = this.#table;
    for (let at = from; at < to; at++) {
      if (cells[at] === BORDER || cells[at + 1] === BORDER) continue;
      const pair = table.find(cells[at], cells[at + 1]);
      if (table.count[pair] >= this.#minCount) this.#places[table.end[pair]++] = at;
    }
  }

  /** Joins a pair, lists the new tokens behind all lists and counts what no longer stands beside it. */
  #join(pair: number, id: number): number {
    const cells = this.#cells;
    const places = this.#places;
    const left = this.#table.left[pair];
    const right = this.#table.right[pair];
    const leftLength = this.#lengths[left];
    const length = leftLength + this.#lengths[right];
    this.#lengths[id] = length;
    let to = this.#placesUsed;
    const last = this.#table.end[pair];
    for (let i = this.#table.start[pair]; i < last; i++) {
      const at = places[i];
      const second = at + leftLength;
      if (cells[at] !== left || cells[second] !== right) continue; // a neighbour merged earlier
      const weight = this.#weights[this.#pieceOf[at]];
      const before = this.#before(at);
      const after = cells[at + length];
      // A token made a moment ago was counted as it was then, to the right of the one before.
      if (before !== BORDER && cells[before] !== id) this.#oldLeft.add(cells[before], weight);
      if (after !== BORDER) this.#oldRight.add(after, weight);
      cells[at] = id;
      cells[second] = COVERED;
      cells[at + length - 1] = -length;
      places[to++] = at;
    }
    return to;
  }

  /** Where the token before a token begins; BORDER when the piece begins here. */
  #before(at: number): number {
    const cell = this.#cells[at - 1];
    if (cell >= 0) return at - 1;
    return cell === BORDER ? BORDER : at + cell;
  }

  /** Makes the pairs of a new token with its neighbours; `places[from .. to)` is where it is. */
  #relate(from: number, to: number, id: number): void {
    const cells = this.#cells;
    const places = this.#places;
    const length = this.#lengths[id];
    const newLeft = this.#newLeft;
    const newRight = this.#newRight;
    for (let i = from; i < to; i++) {
      const at = places[i];
      const weight = this.#weights[this.#pieceOf[at]];
      const before = this.#before(at);
      if (before !== BORDER && cells[before] !== id) newLeft.add(cells[before], weight);
      if (cells[at + length] !== BORDER) newRight.add(cells[at + length], weight);
    }
    // From here on `places` of a neighbour is where its next place goes, or -1 when its pair is not kept.
    let used = to;
    for (const x of newLeft.ids) used = this.#create(x, id, newLeft, x, used);
    for (const y of newRight.ids) used = this.#create(id, y, newRight, y, used);
    for (let i = from; i < to; i++) {
      const at = places[i];
      const before = this.#before(at);
      if (before !== BORDER && cells[before] !== id && newLeft.places[cells[before]] >= 0) {
        places[newLeft.places[cells[before]]++] = before;
      }
      const after = cells[at + length];
      if (after !== BORDER && newRight.places[after] >= 0) places[newRight.places[after]++] = at;
    }
    this.#placesUsed = used;
  }

  /** Adds a pair with a list of its own, if it is frequent enough; returns where the next list begins. */
  #create(left: number, right: number, beside: Neighbours, neighbour: number, used: number): number {
    const places = beside.places[neighbour];
    const count = beside.count[neighbour];
    beside.places[neighbour] = count < this.#minCount ? -1 : used;
    if (count < this.#minCount) return used;
    const pair = this.#table.add(left, right);
    this.#table.count[pair] = count;
    this.#table.start[pair] = used;
    this.#table.end[pair] = used + places;
    this.#enqueue(pair);
    return used + places;
  }

  #lower(left: number, right: number, weight: number): void {
    const pair = this.#table.find(left, right);
    if (pair >= 0) this.#table.count[pair] -= weight;
  }

  #enqueue(pair: number): void {
    const table = this.#table;
    if (table.count[pair] < this.#minCount) return;
    table.queued[pair] = table.count[pair];
    this.#heap.push(pair);
  }

  /** Lists lie in the order of their pairs, so that those still needed can move down over the others. */
  #makeRoom(room: number): void {
    if (this.#placesUsed + room <= this.#places.length) return;
    const { size, start, end, count } = this.#table;
    let used = 0;
    for (let pair = 0; pair < size; pair++) {
      const to = count[pair] < this.#minCount ? start[pair] : end[pair];
      this.#places.copyWithin(used, start[pair], to);
      const places = to - start[pair];
      start[pair] = used;
      end[pair] = used += places;
    }
    this.#placesUsed = used;
    // Otherwise the next merges would do this again and again.
    const least = Math.ceil(1.25 * used) + room;
    if (least > this.#places.length) this.#places = grown(this.#places, least);
  }
}
