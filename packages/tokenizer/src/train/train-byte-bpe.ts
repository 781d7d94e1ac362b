/**
 * Learns a byte-level BPE from text: again and again, the most frequent pair of neighbouring tokens becomes a
 * new token.
 *
 * Follows GPT-2 section 2.2 (bytes, and merges that never cross the pieces of its pattern) and Sennrich et al.
 * 2016 section 3.2, algorithm 1.
 */
import { InvalidArgumentError } from '@gpt-ts/core';
import type { Merge } from '../bpe/bpe-tables.js';
import { BYTE_CHARACTERS, BYTE_TOKENS } from '../bpe/byte-characters.js';
import { detach } from '../bpe/detach.js';
import { pieceEnd } from '../bpe/split-pieces.js';
import { splitSpecial } from '../bpe/split-special.js';
import { ByteBpeTokenizer } from '../byte-bpe-tokenizer.js';
import { MAX_VOCAB } from '../files/vocab-json.js';
import { END_OF_TEXT } from '../tokenizer.js';
import { pacer } from './pacer.js';
import { PairCounts } from './pair-counts.js';

/** Options of {@link trainByteBpe}. */
export interface TrainByteBpeOptions {
  /** Tokens wanted: 256 bytes, the merges and the special tokens together. At most 2^20. */
  nVocab: number;
  /** Get the last ids, and separate documents in the text. Default `['<|endoftext|>']`. */
  specialTokens?: readonly string[];
  /** Pairs that occur less often are not merged. Default 2. */
  minFrequency?: number;
  /** Called after each merge. */
  onProgress?: (progress: TrainByteBpeProgress) => void;
  /** Stops the training. */
  signal?: AbortSignal;
}

/** One merge that was learned. */
export interface TrainByteBpeProgress {
  /** Merges so far, this one included. */
  merges: number;
  /** Merges it takes to reach `nVocab`. */
  maxMerges: number;
  /** The two tokens joined, spelled as in `merges.txt`. */
  merge: Merge;
  /** How often they stood side by side. */
  count: number;
}

/**
 * Trains a tokenizer on a text, or on many: no merge crosses from one text to the next.
 *
 * The same text and options give the same merges: among pairs of equal count the one with the lower left id wins,
 * then the one with the lower right id. When the pairs run out, or become rarer than `minFrequency`, the vocabulary
 * stays smaller than `nVocab`.
 *
 * @throws {@link InvalidArgumentError} when an option is out of range.
 * @throws The reason of `signal`, once it is aborted.
 * @see https://en.wikipedia.org/wiki/Byte_pair_encoding for the example
 * @example
 * const tokenizer = await trainByteBpe('aaabdaaabac', { nVocab: 259, specialTokens: [] });
 * tokenizer.merges; // => [['a', 'a'], ['a', 'b'], ['aa', 'ab']]
 * tokenizer.encode('aaabdaaabac'); // => [258, 67, 258, 64, 66]
 */
export async function trainByteBpe(
  text: string | Iterable<string> | AsyncIterable<string>,
  options: TrainByteBpeOptions,
): Promise<ByteBpeTokenizer> {
  const { nVocab, specialTokens = [END_OF_TEXT], minFrequency = 2, onProgress, signal } = options;
  const minVocab = BYTE_TOKENS.length + specialTokens.length;
  requireInteger('nVocab', nVocab, minVocab, MAX_VOCAB);
  requireInteger('minFrequency', minFrequency, 1, Number.MAX_SAFE_INTEGER);
  ByteBpeTokenizer.fromMerges([], { specialTokens }); // checks their names before the work begins

  const pause = pacer(signal);
  const pieces = await countPieces(typeof text === 'string' ? [text] : text, specialTokens, pause);
  const pairs = new PairCounts(Array.from(pieces, ([piece, count]) => ({ ids: byteIds(piece), count })));
  const tokens = [...BYTE_TOKENS];
  const merges: Merge[] = [];
  const maxMerges = nVocab - minVocab;
  while (merges.length < maxMerges) {
    const pair = pairs.takeBest();
    if (pair === undefined || pair.count < minFrequency) break;
    const merge: Merge = [tokens[pair.left], tokens[pair.right]];
    const { count } = pair; // merging sets it to 0
    // Always a new token: equal bytes between the same borders have merged alike, so no two pairs spell one token.
    pairs.merge(pair, tokens.push(merge.join('')) - 1);
    merges.push(merge);
    onProgress?.({ merges: merges.length, maxMerges, merge, count });
    await pause();
  }
  return ByteBpeTokenizer.fromMerges(merges, { specialTokens });
}

/** How often each distinct piece occurs outside of special tokens. */
async function countPieces(
  texts: Iterable<string> | AsyncIterable<string>,
  specialTokens: readonly string[],
  pause: () => Promise<void> | undefined,
): Promise<Map<string, number>> {
  const counts = new Map<string, number>();
  for await (const text of texts) {
    for (const [i, plain] of splitSpecial(text, specialTokens).entries()) {
      if (i % 2 === 1) continue;
      let pieces = 0;
      for (let start = 0; start < plain.length; ) {
        const end = pieceEnd(plain, start);
        const piece = plain.slice(start, end);
        const count = counts.get(piece);
        counts.set(count === undefined ? detach(piece) : piece, (count ?? 0) + 1);
        start = end;
        if (++pieces % 4096 === 0) await pause();
      }
    }
    await pause();
  }
  return counts;
}

const BYTE_IDS: readonly number[] = BYTE_CHARACTERS.map((character) => BYTE_TOKENS.indexOf(character));

function byteIds(piece: string): number[] {
  return Array.from(new TextEncoder().encode(piece), (byte) => BYTE_IDS[byte]);
}

function requireInteger(argument: string, value: number, min: number, max: number): void {
  if (!Number.isInteger(value) || value < min || value > max) {
    const expected = `an integer from ${min} to ${max}`;
    throw new InvalidArgumentError({ argument, expected, received: value });
  }
}
