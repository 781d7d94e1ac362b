/**
 * Learns a byte-level BPE, the vocabulary of GPT-2 and GPT-3, from text of any size.
 *
 * Follows GPT-2 section 2.2 (bytes, and merges that never cross the pieces of its pattern) and Sennrich et al.
 * 2016 section 3.2.
 */
import { BYTE_CHARACTERS, BYTE_TOKENS } from '../bpe/byte-characters.js';
import { ByteBpeTokenizer } from '../byte-bpe-tokenizer.js';
import { END_OF_TEXT } from '../tokenizer.js';
import { countDocuments } from './count-documents.js';
import type { Documents } from './documents.js';
import { learnMerges } from './learn-merges.js';
import { type CheckedOptions, checkOptions, type TrainOptions } from './options.js';
import { pacer } from './pacer.js';
import { BORDER, PairCounts, type WeightedPieces } from './pair-counts.js';
import { PieceCounter } from './piece-counter.js';
import { PieceTable } from './piece-table.js';

/** Options of {@link trainByteBpe}; `nVocab` counts 256 bytes, the merges and the special tokens. */
export interface TrainByteBpeOptions extends TrainOptions {
  /** Get the last ids, and separate documents in the text. Default `['<|endoftext|>']`. */
  specialTokens?: readonly string[];
}

/**
 * Trains a tokenizer on a text, or on many: no merge crosses from one document to the next.
 *
 * Documents may come in parts and be larger than memory; where they are cut makes no difference. Only the distinct pieces
 * of the text are kept (one of them, a word or a run of punctuation, has to fit in memory).
 *
 * The same text and options give the same merges: among pairs of equal count the one with the lower left id wins,
 * then the one with the lower right id. When the pairs run out, or become rarer than `minFrequency`, the vocabulary
 * stays smaller than `nVocab`.
 *
 * @throws {@link InvalidArgumentError} when an option is out of range, or a document is no text.
 * @throws The reason of `signal`, once it is aborted.
 * @see https://en.wikipedia.org/wiki/Byte_pair_encoding for the example
 * @example
 * const tokenizer = await trainByteBpe('aaabdaaabac', { nVocab: 259, specialTokens: [] });
 * tokenizer.merges; // => [['a', 'a'], ['a', 'b'], ['aa', 'ab']]
 * tokenizer.encode('aaabdaaabac'); // => [258, 67, 258, 64, 66]
 *
 * // files larger than memory, one document each, opened one by one
 * function* documents() {
 *   for (const path of paths) yield createReadStream(path, 'utf8');
 * }
 * await trainByteBpe(documents(), { nVocab: 50_257 });
 */
export async function trainByteBpe(text: Documents, options: TrainByteBpeOptions): Promise<ByteBpeTokenizer> {
  const { specialTokens = [END_OF_TEXT] } = options;
  const minVocab = BYTE_TOKENS.length + specialTokens.length;
  const checked = checkOptions(options, minVocab);
  ByteBpeTokenizer.fromMerges([], { specialTokens }); // checks their names before the work begins

  const pieces = await countPieces(text, specialTokens, checked);
  const { minFrequency: minCount, onProgress, signal } = checked;
  const maxMerges = checked.nVocab - minVocab;
  const nIds = BYTE_TOKENS.length + maxMerges;
  const pause = pacer(signal);
  const pairs = await PairCounts.of(pieces, { nIds, minCount, winsTie: hasLowerIds }, pause);
  // No merge makes a token that is there: equal bytes between the same borders have merged alike.
  const limits = { maxMerges, reserved: specialTokens, onProgress, pause };
  const merges = await learnMerges(pairs, [...BYTE_TOKENS], limits);
  return ByteBpeTokenizer.fromMerges(merges, { specialTokens });
}

function hasLowerIds(left: number, right: number, otherLeft: number, otherRight: number): boolean {
  return left !== otherLeft ? left < otherLeft : right < otherRight;
}

/** Apart, so that the table is gone when the pairs take their room. */
async function countPieces(
  text: Documents,
  specialTokens: readonly string[],
  options: CheckedOptions,
): Promise<WeightedPieces> {
  const counter = new PieceCounter(new PieceTable(options.maxPieces), specialTokens);
  return weigh(await countDocuments(text, counter, options));
}

const BYTE_IDS: Uint8Array = Uint8Array.from(BYTE_CHARACTERS, (character) => BYTE_TOKENS.indexOf(character));

/** The pieces in ids; those of one byte have no pairs. */
function weigh(table: PieceTable): WeightedPieces {
  const cells = new Int32Array(table.byteLength + table.size + 1);
  const counts = new Float64Array(table.size);
  let at = 0;
  let piece = 0;
  table.visit((bytes, start, end, count) => {
    if (end - start < 2) return;
    counts[piece++] = count;
    cells[at++] = BORDER;
    for (let i = start; i < end; i++) cells[at++] = BYTE_IDS[bytes[i]];
  });
  cells[at++] = BORDER;
  return { cells: cells.subarray(0, at), counts };
}
