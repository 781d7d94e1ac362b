/**
 * What pieces became the last time: a table of fixed size, for pieces of up to 24 bytes that become up to 8 ids.
 *
 * A piece has four slots it may be in; a new one pushes the oldest of the four out. So the table never grows, never has to
 * be swept, and hostile text can make it useless but not slow. A slot is one line of the processor's cache:
 *
 *     hash | bytes + 256 * ids | 24 bytes of the piece, in words, the last one filled up with zeros | 8 ids
 */

const SETS = 2 ** 15;
const WAYS = 4;
const SLOT = 16; // words: 8 MB in all, taken from the system as they are first used
const KEY = 2; // word where the piece begins
const IDS = 8; // word where its ids begin
const MAX_BYTES: number = 4 * (IDS - KEY);
const MAX_IDS: number = SLOT - IDS;

/** Bytes past the end of a piece that may be read, whatever they are. */
export const PADDING = 3;

/** A bounded memory from pieces to ids. */
export class PieceCache {
  readonly #words: Int32Array = new Int32Array(SETS * WAYS * SLOT);

  /**
   * Writes the ids of a piece at `ids[to]`; returns how many, or 0 when the piece is not known.
   *
   * @param hash - By {@link hashPiece}.
   */
  recall(bytes: DataView, start: number, end: number, hash: number, ids: Int32Array, to: number): number {
    const words = this.#words;
    const length = end - start;
    const set = (hash & (SETS - 1)) * (WAYS * SLOT);
    for (let slot = set; slot < set + WAYS * SLOT; slot += SLOT) {
      if (words[slot] !== hash) continue;
      const info = words[slot + 1];
      if ((info & 0xff) !== length || !this.#holds(slot + KEY, bytes, start, end)) continue;
      const count = info >>> 8;
      for (let i = 0; i < count; i++) ids[to + i] = words[slot + IDS + i];
      return count;
    }
    return 0;
  }

  /** Remembers the ids at `ids[from]`, unless they or the piece are too long. */
  keep(
    bytes: DataView,
    start: number,
    end: number,
    hash: number,
    ids: Int32Array,
    from: number,
    count: number,
  ): void {
    const length = end - start;
    if (length > MAX_BYTES || count > MAX_IDS) return;
    const words = this.#words;
    const set = (hash & (SETS - 1)) * (WAYS * SLOT);
    const last = set + (WAYS - 1) * SLOT;
    let slot = set;
    while (slot < last && words[slot + 1] !== 0) slot += SLOT;
    if (words[slot + 1] !== 0) words.copyWithin(set, set + SLOT, last + SLOT); // full: the oldest is the first
    words[slot] = hash;
    words[slot + 1] = length + 256 * count;
    for (let at = start, key = slot + KEY; at < end; at += 4) words[key++] = wordAt(bytes, at, end);
    for (let i = 0; i < count; i++) words[slot + IDS + i] = ids[from + i];
  }

  #holds(key: number, bytes: DataView, start: number, end: number): boolean {
    const words = this.#words;
    for (let at = start; at < end; at += 4) if (words[key++] !== wordAt(bytes, at, end)) return false;
    return true;
  }
}

/** A hash of the piece, a word at a time, mixed in the end so that its low bits depend on all. */
export function hashPiece(bytes: DataView, start: number, end: number): number {
  let hash = end - start;
  for (let at = start; at < end; at += 4) {
    hash = Math.imul(hash ^ wordAt(bytes, at, end), 0x9e3779b1);
    hash ^= hash >>> 15;
  }
  hash = Math.imul(hash, 0x2c1b3c6d);
  return hash ^ (hash >>> 13);
}

/** The four bytes at `at`, those from `end` on as zeros. */
export function wordAt(bytes: DataView, at: number, end: number): number {
  const word = bytes.getInt32(at, true);
  const left = end - at;
  return left >= 4 ? word : word & (-1 >>> (32 - 8 * left));
}
