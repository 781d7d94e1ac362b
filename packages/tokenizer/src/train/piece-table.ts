/**
 * How often each distinct piece of text occurs: a hash table whose keys are bytes, all in one array, so that a piece costs
 * some 60 bytes and not a string.
 *
 * To count a piece once more takes two places in memory: its slot and its record,
 *
 *     hash | bytes of the piece | low and high half of the count | the bytes, in words, the last one filled up with zeros
 */

import { grown } from '../bpe/grown.js';
import { hashPiece, wordAt } from '../bpe/piece-cache.js';

const LENGTH = 1;
const LOW = 2;
const HIGH = 3;
const KEY = 4; // word where the bytes begin
const BYTES_PER_PIECE = 16; // twice the average of the distinct pieces of English

/** Counts pieces, and forgets rare ones when there is no room for more. */
export class PieceTable {
  readonly #maxPieces: number;
  #records: Int32Array = new Int32Array(2 ** 14);
  #end = 0; // of the last record
  #slots: Int32Array = new Int32Array(2 ** 12); // hash, 1 + place of the record; the second is 0 in an empty slot
  /** Distinct pieces. */
  size = 0;
  /** Bytes of all distinct pieces. */
  byteLength = 0;
  /** Distinct pieces that were forgotten. */
  dropped = 0;

  /** @param maxPieces - Room for distinct pieces, and for 16 bytes of each. */
  constructor(maxPieces: number) {
    this.#maxPieces = maxPieces;
  }

  /**
   * Counts a piece once more.
   *
   * When there is no room for it, those that occurred once are forgotten, then twice, four times and so on, until half
   * of the room is free.
   *
   * @param bytes - With room for `PADDING` more than `end`.
   */
  add(bytes: DataView, start: number, end: number): void {
    const hash = hashPiece(bytes, start, end);
    const slots = this.#slots;
    const mask = slots.length / 2 - 1;
    for (let at = hash & mask; ; at = (at + 1) & mask) {
      const record = slots[2 * at + 1] - 1;
      if (record < 0) {
        this.#insert(bytes, start, end, hash, at);
        return;
      }
      if (slots[2 * at] === hash && this.#isAt(record, bytes, start, end)) {
        this.#records[record + LOW]++;
        if (this.#records[record + LOW] === 0) this.#records[record + HIGH]++;
        return;
      }
    }
  }

  /** Shows every piece in the order they came: where it lies in `bytes`, and how often it occurred. */
  visit(show: (bytes: Uint8Array, start: number, end: number, count: number) => void): void {
    const bytes = new Uint8Array(this.#records.buffer);
    for (let record = 0; record < this.#end; record = this.#after(record)) {
      const start = 4 * (record + KEY);
      show(bytes, start, start + this.#records[record + LENGTH], this.#countAt(record));
    }
  }

  #after(record: number): number {
    return record + KEY + ((this.#records[record + LENGTH] + 3) >> 2);
  }

  #countAt(record: number): number {
    return 2 ** 32 * this.#records[record + HIGH] + (this.#records[record + LOW] >>> 0);
  }

  #isAt(record: number, bytes: DataView, start: number, end: number): boolean {
    const records = this.#records;
    if (records[record + LENGTH] !== end - start) return false;
    let key = record + KEY;
    for (let at = start; at < end; at += 4) if (records[key++] !== wordAt(bytes, at, end)) return false;
    return true;
  }

  #insert(bytes: DataView, start: number, end: number, hash: number, slot: number): void {
    const record = this.#end;
    const room = record + KEY + ((end - start + 3) >> 2);
    if (room > this.#records.length) this.#records = grown(this.#records, room);
    const records = this.#records;
    records[record] = hash;
    records[record + LENGTH] = end - start;
    records[record + LOW] = 1;
    records[record + HIGH] = 0;
    let key = record + KEY;
    for (let at = start; at < end; at += 4) records[key++] = wordAt(bytes, at, end);
    this.#end = key;
    this.size++;
    this.byteLength += end - start;
    this.#slots[2 * slot] = hash;
    this.#slots[2 * slot + 1] = record + 1;
    if (this.size > this.#maxPieces || this.byteLength > BYTES_PER_PIECE * this.#maxPieces) this.#forget();
    if (4 * this.size > this.#slots.length) this.#fillSlots(2 * this.#slots.length); // half full
  }

  #fillSlots(length: number): void {
    const slots = new Int32Array(length);
    const mask = length / 2 - 1;
    for (let record = 0; record < this.#end; record = this.#after(record)) {
      const hash = this.#records[record];
      let at = hash & mask;
      while (slots[2 * at + 1] !== 0) at = (at + 1) & mask;
      slots[2 * at] = hash;
      slots[2 * at + 1] = record + 1;
    }
    this.#slots = slots;
  }

  #forget(): void {
    let least = 1; // the pieces that stay occurred more often
    while (!this.#fitsHalf(least)) least *= 2;
    const end = this.#end;
    const before = this.size;
    this.#end = this.size = this.byteLength = 0;
    for (let record = 0, next: number; record < end; record = next) {
      next = this.#after(record);
      if (this.#countAt(record) <= least) continue;
      this.size++;
      this.byteLength += this.#records[record + LENGTH];
      this.#records.copyWithin(this.#end, record, next);
      this.#end += next - record;
    }
    this.dropped += before - this.size;
    this.#fillSlots(this.#slots.length);
  }

  #fitsHalf(least: number): boolean {
    let pieces = 0;
    let bytes = 0;
    for (let record = 0; record < this.#end; record = this.#after(record)) {
      if (this.#countAt(record) <= least) continue;
      pieces++;
      bytes += this.#records[record + LENGTH];
    }
    return 2 * pieces <= this.#maxPieces && 2 * bytes <= BYTES_PER_PIECE * this.#maxPieces;
  }
}
