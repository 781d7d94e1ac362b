/**
 * The encoder proper: bytes in, ids out. Cuts pieces, remembers what they became, merges the ones it does not know.
 *
 * Nothing is allocated for a piece, known or not.
 */
import { applyMerges } from './apply-merges.js';
import type { MergeRanks } from './merge-ranks.js';
import { hashPiece, PADDING, PieceCache } from './piece-cache.js';
import { isFinal, pieceEnd } from './split-pieces.js';

const MAX_HASHED = 24; // bytes, as many as the cache takes
const MAX_KEPT = 2 ** 20; // ids of room kept from one text to the next: 4 MB

/** Encodes bytes and collects the ids. One text at a time. */
export class ByteEncoder {
  readonly #byteIds: Int32Array;
  readonly #ranks: MergeRanks;
  readonly #neighbours: Uint8Array;
  #cache: PieceCache | undefined; // made with the first piece
  #ids: Int32Array = new Int32Array(1024);
  /** Ids collected since the last `take` or `clear`. */
  length = 0;

  /**
   * @param byteIds - Id of each of the 256 bytes.
   * @param neighbours - `TokenBytes.neighbours`.
   */
  constructor(byteIds: Int32Array, ranks: MergeRanks, neighbours: Uint8Array) {
    this.#neighbours = neighbours;
    this.#byteIds = byteIds;
    this.#ranks = ranks;
  }

  /**
   * Adds the ids of the pieces that lie in the first `end` bytes.
   *
   * @param bytes - With room for {@link PADDING} more.
   * @param last - Whether the text ends there. Otherwise a piece that more text could change is left.
   * @returns How many bytes are done.
   */
  add(bytes: Uint8Array, end: number, last: boolean): number {
    const cache = (this.#cache ??= new PieceCache());
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    let start = 0;
    while (start < end) {
      const stop = pieceEnd(bytes, start, end);
      if (!last && !isFinal(start, stop, end)) break;
      // A piece has at most as many ids as bytes, and merging begins with one for each.
      const room = this.length + stop - start;
      if (room > this.#ids.length) this.#grow(room);
      // A long piece falls into parts where no token holds the two bytes that meet: no merge can join them.
      if (stop - start > MAX_HASHED) {
        for (let at = start + 1; at < stop; at++) {
          if (this.#neighbours[256 * bytes[at - 1] + bytes[at]] === 1) continue;
          this.#addPart(cache, view, bytes, start, at);
          start = at;
        }
      }
      this.#addPart(cache, view, bytes, start, stop);
      start = stop;
    }
    return start;
  }

  /** Adds one id that is not made of bytes. */
  addId(id: number): void {
    if (this.length === this.#ids.length) this.#grow(this.length + 1);
    this.#ids[this.length++] = id;
  }

  /** The ids collected, which are then forgotten. */
  take(): number[] {
    const { length } = this;
    const ids = this.#ids;
    this.clear();
    // Filling an array of known length takes a quarter of the time of pushing; far longer ones would become hash tables.
    if (length > 2 ** 25) return Array.from(ids.subarray(0, length));
    const out = new Array<number>(length);
    for (let i = 0; i < length; i++) out[i] = ids[i];
    return out;
  }

  /** Forgets the ids collected. */
  clear(): void {
    this.length = 0;
    if (this.#ids.length > MAX_KEPT) this.#ids = new Int32Array(1024);
  }

  /** Adds the ids of a piece, or of a part that stands by itself. */
  #addPart(cache: PieceCache, view: DataView, bytes: Uint8Array, start: number, stop: number): void {
    if (stop - start > MAX_HASHED) {
      this.length += this.#merge(bytes, start, stop);
      return;
    }
    const hash = hashPiece(view, start, stop);
    let count = cache.recall(view, start, stop, hash, this.#ids, this.length);
    if (count === 0) {
      count = this.#merge(bytes, start, stop);
      cache.keep(view, start, stop, hash, this.#ids, this.length, count);
    }
    this.length += count;
  }

  /** Writes the ids of a piece behind the ones collected; returns how many. */
  #merge(bytes: Uint8Array, start: number, stop: number): number {
    const ids = this.#ids.subarray(this.length);
    for (let i = start; i < stop; i++) ids[i - start] = this.#byteIds[bytes[i]];
    return applyMerges(ids, stop - start, this.#ranks);
  }

  #grow(room: number): void {
    const grown = new Int32Array(Math.max(room, 2 * this.#ids.length));
    grown.set(this.#ids.subarray(0, this.length));
    this.#ids = grown;
  }
}
