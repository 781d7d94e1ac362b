/**
 * Byte-level BPE one merge at a time, for people who want to watch it.
 *
 * The same result as `encode`, slowly and in the words of the definition: strings, and a search through all pairs.
 */

import { BYTE_CHARACTERS } from './bpe/byte-characters.js';
import type { Merge } from './bpe/merge-ranks.js';
import { pieceEnd } from './bpe/split-pieces.js';
import type { ByteBpeTokenizer } from './byte-bpe-tokenizer.js';

/** How one piece of a text became tokens. */
export interface PieceTrace {
  /** The piece, with U+FFFD in place of a lone surrogate. */
  piece: string;
  /** Its bytes before any merge, spelled as in `vocab.json`. */
  bytes: string[];
  /** The merges in the order they were made; each joins its pair wherever it occurs. */
  steps: { merge: Merge; rank: number; tokens: string[] }[];
  ids: number[];
}

/**
 * How each piece of a text becomes tokens, merge by merge.
 *
 * @example
 * // with GPT-2's files
 * trace(tokenizer, ' the')[0].steps.map(({ tokens }) => tokens.join(' ')); // => ['Ġt h e', 'Ġt he', 'Ġthe']
 */
export function trace(tokenizer: ByteBpeTokenizer, text: string): PieceTrace[] {
  const ranks = new Map(tokenizer.merges.map(([left, right], rank) => [`${left} ${right}`, rank]));
  const ids = new Map(tokenizer.tokens.map((token, id) => [token, id]));
  const utf8 = new TextEncoder().encode(text);
  const traces: PieceTrace[] = [];
  for (let start = 0; start < utf8.length; ) {
    const end = pieceEnd(utf8, start, utf8.length);
    const piece = utf8.subarray(start, end);
    const bytes = Array.from(piece, (byte) => BYTE_CHARACTERS[byte]);
    const steps = stepsOf(bytes, ranks);
    const tokens = steps.at(-1)?.tokens ?? bytes;
    const decoder = new TextDecoder('utf-8', { ignoreBOM: true });
    traces.push({ piece: decoder.decode(piece), bytes, steps, ids: tokens.map((token) => ids.get(token)!) });
    start = end;
  }
  return traces;
}

function stepsOf(bytes: readonly string[], ranks: ReadonlyMap<string, number>): PieceTrace['steps'] {
  const steps: PieceTrace['steps'] = [];
  for (let tokens = [...bytes]; ; ) {
    let rank = Number.POSITIVE_INFINITY;
    let merge: Merge | undefined;
    for (let i = 0; i + 1 < tokens.length; i++) {
      const found = ranks.get(`${tokens[i]} ${tokens[i + 1]}`);
      if (found === undefined || found >= rank) continue;
      rank = found;
      merge = [tokens[i], tokens[i + 1]];
    }
    if (merge === undefined) return steps;
    tokens = join(tokens, merge);
    steps.push({ merge, rank, tokens });
  }
}

function join(tokens: readonly string[], [left, right]: Merge): string[] {
  const joined: string[] = [];
  for (let i = 0; i < tokens.length; i++) {
    if (tokens[i] === left && tokens[i + 1] === right) joined.push(left + tokens[++i]);
    else joined.push(tokens[i]);
  }
  return joined;
}
