/** What encoding and decoding look up, built once from the vocabulary and the merges. */
import { BYTE_CHARACTERS, bytesOfToken } from './byte-characters.js';

/** Two tokens that become one, spelled in byte characters: `['Ġ', 't']` makes `'Ġt'`. */
export type Merge = readonly [left: string, right: string];

/** Which pairs of ids merge, how early, and into what. */
export class MergeRanks {
  readonly #ranks = new Map<number, number>();
  readonly #results: number[] = [];
  readonly #nVocab: number;

  constructor(nVocab: number) {
    this.#nVocab = nVocab;
  }

  /** Adds the merge of the next rank. */
  add(left: number, right: number, result: number): void {
    this.#ranks.set(left * this.#nVocab + right, this.#results.push(result) - 1);
  }

  /** Rank of the merge of two ids, lower is earlier; `Infinity` when they do not merge. */
  rank(left: number, right: number): number {
    return this.#ranks.get(left * this.#nVocab + right) ?? Number.POSITIVE_INFINITY;
  }

  /** The id that the merge of a rank makes. */
  result(rank: number): number {
    return this.#results[rank];
  }
}

/** The look-ups of a byte-level BPE. */
export interface BpeTables {
  /** Tokens in id order, as spelled in `vocab.json`. */
  readonly tokens: readonly string[];
  readonly merges: readonly Merge[];
  /** Tokens that neither a byte nor a merge makes, by id in the vocabulary. */
  readonly specialTokens: ReadonlyMap<string, number>;
  /** Id of each byte. */
  readonly byteIds: readonly number[];
  readonly ranks: MergeRanks;
  /** UTF-8 of every token, one after another; token `id` is `bytes[offsets[id], offsets[id + 1])`. */
  readonly bytes: Uint8Array;
  readonly offsets: Int32Array;
}

/** Builds the tables from input that has been checked: all bytes, parts and results are in the vocabulary. */
export function buildBpeTables(tokens: readonly string[], merges: readonly Merge[]): BpeTables {
  const ids = new Map(tokens.map((token, id) => [token, id]));
  const special = new Map(ids);
  for (const character of BYTE_CHARACTERS) special.delete(character);
  const ranks = new MergeRanks(tokens.length);
  for (const [left, right] of merges) {
    special.delete(left + right);
    ranks.add(ids.get(left)!, ids.get(right)!, ids.get(left + right)!);
  }
  const bytes: number[] = [];
  const offsets = new Int32Array(tokens.length + 1);
  for (const [id, token] of tokens.entries()) {
    for (const byte of special.has(token) ? new TextEncoder().encode(token) : bytesOfToken(token))
      bytes.push(byte);
    offsets[id + 1] = bytes.length;
  }
  const byteIds = BYTE_CHARACTERS.map((character) => ids.get(character)!);
  return { tokens, merges, specialTokens: special, byteIds, ranks, bytes: Uint8Array.from(bytes), offsets };
}
