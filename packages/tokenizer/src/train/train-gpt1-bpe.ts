/**
 * Learns a vocabulary of GPT-1's kind: merges of characters inside of words.
 *
 * Follows Sennrich et al. 2016 section 3.2 and subword-nmt `learn_bpe.py`, whose header OpenAI's merges carry; how
 * OpenAI learned them is not published. The order of ids is that of `encoder_bpe_40000.json`.
 */
import { InvalidArgumentError } from '@gpt-ts/core';
import { END_OF_WORD } from '../files/character-symbols.js';
import type { Gpt1Pipeline, Gpt1Tokenizer } from '../gpt1/gpt1-tokenizer.js';
import { compareCodePoints } from './compare-code-points.js';
import { countDocuments } from './count-documents.js';
import type { Documents } from './documents.js';
import { learnMerges } from './learn-merges.js';
import { checkOptions, type TrainOptions } from './options.js';
import { pacer } from './pacer.js';
import { BORDER, PairCounts, type WeightedPieces } from './pair-counts.js';
import { PieceTable } from './piece-table.js';
import { WordCounter } from './word-counter.js';

/** Options of {@link trainGpt1Bpe}; `nVocab` counts each character twice, the merges, `<unk>` and the line break. */
export interface TrainGpt1BpeOptions extends TrainOptions {
  /** How text becomes words. Default `'official'`, which needs ftfy-js. */
  pipeline?: Gpt1Pipeline;
}

/**
 * Trains GPT-1's tokenizer on a text, or on many of any size. Documents are read line by line, and may come in parts; only
 * the distinct words are kept in memory.
 *
 * The tokens are `<unk>`, the characters from the most to the least frequent (of equals in the order of code points), the
 * same as ends of words, what each merge makes, and the line break. The same text gives the same merges: of pairs that
 * are equally frequent the one wins whose left token, then whose right token, is later in the order of code points, as
 * in subword-nmt.
 *
 * @throws {@link InvalidArgumentError} when an option is out of range, `nVocab` has no room for the characters, or a
 * document is no text.
 * @throws {@link MissingPackageError} when ftfy-js is not installed and the pipeline is the official one.
 * @throws The reason of `signal`, once it is aborted.
 * @example
 * const gpt1 = await trainGpt1Bpe('low low low lower', { nVocab: 20, pipeline: 'huggingface' });
 * gpt1.merges; // => [['l', 'o'], ['lo', 'w</w>']]
 */
export async function trainGpt1Bpe(text: Documents, options: TrainGpt1BpeOptions): Promise<Gpt1Tokenizer> {
  const checked = checkOptions(options, 2);
  const { nVocab, minFrequency: minCount, onProgress, signal } = checked;
  const { pipeline } = options;
  // On demand: its rules for English are large, and those who train bytes do not need them.
  const { Gpt1Tokenizer, NEWLINE, UNKNOWN } = await import('../gpt1/gpt1-tokenizer.js');
  const splitter = await Gpt1Tokenizer.fromTokens([UNKNOWN, NEWLINE], [], { pipeline });
  const counter = new WordCounter(new PieceTable(checked.maxPieces), (line) => splitter.words(line));
  const table = await countDocuments(text, counter, checked);

  const characters = byFrequency(table);
  const tokens = [UNKNOWN, ...characters, ...characters.map((character) => character + END_OF_WORD)];
  const maxMerges = nVocab - tokens.length - 1;
  if (maxMerges < 0) {
    const expected = `at least ${tokens.length + 1}, for ${characters.length} characters`;
    throw new InvalidArgumentError({ argument: 'nVocab', expected, received: nVocab });
  }
  const winsTie = (left: number, right: number, otherLeft: number, otherRight: number): boolean =>
    left === otherLeft
      ? compareCodePoints(tokens[right], tokens[otherRight]) > 0
      : compareCodePoints(tokens[left], tokens[otherLeft]) > 0;
  const pause = pacer(signal);
  const pieces = weigh(table, characters);
  const pairs = await PairCounts.of(pieces, { nIds: tokens.length + maxMerges, minCount, winsTie }, pause);
  // Refused are merges inside of words whose text looks like the end of a word, `</w>`, or like `<unk>`.
  const merges = await learnMerges(pairs, tokens, { maxMerges, reserved: [NEWLINE], onProgress, pause });
  return Gpt1Tokenizer.fromTokens([...tokens, NEWLINE], merges, { pipeline });
}

const utf8 = new TextDecoder('utf-8', { ignoreBOM: true }); // true keeps a leading U+FEFF

function forEachWord(table: PieceTable, show: (word: string, count: number) => void): void {
  table.visit((bytes, start, end, count) => show(utf8.decode(bytes.subarray(start, end)), count));
}

/** The characters of the words, the most frequent first, of equals in the order of code points. */
function byFrequency(table: PieceTable): string[] {
  const counts = new Map<string, number>();
  forEachWord(table, (word, count) => {
    for (const character of word) counts.set(character, (counts.get(character) ?? 0) + count);
  });
  const sorted = [...counts].sort(([a, m], [b, n]) => n - m || compareCodePoints(a, b));
  return sorted.map(([character]) => character);
}

/** The words in ids of characters; the last of each ends the word. */
function weigh(table: PieceTable, characters: readonly string[]): WeightedPieces {
  const ids = new Map(characters.map((character, i) => [character, 1 + i]));
  const cells = new Int32Array(table.byteLength + table.size + 1);
  const counts = new Float64Array(table.size);
  let at = 0;
  let piece = 0;
  forEachWord(table, (word, count) => {
    counts[piece++] = count;
    cells[at++] = BORDER;
    for (const character of word) cells[at++] = ids.get(character)!;
    cells[at - 1] += characters.length;
  });
  cells[at++] = BORDER;
  return { cells: cells.subarray(0, at), counts };
}
