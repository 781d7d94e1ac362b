/**
 * GPT-1's tokenizer: text is repaired, made plain and cut into words as spaCy does, and each word, in lower case, is
 * a string of characters that merges join. The last symbol of a word ends in `</w>`.
 *
 * Follows openai/finetune-transformer-lm `text_utils.py`. What it does to a text cannot be undone: `decode` gives lower
 * case and spaces around punctuation.
 */
import { assertTokens, detach, InvalidArgumentError, type Storage } from '@gpt-ts/core';
import { applyMerges } from '../bpe/apply-merges.js';
import { type Merge, MergeRanks } from '../bpe/merge-ranks.js';
import { characterSymbols, END_OF_WORD } from '../files/character-symbols.js';
import { formatMerges, parseMerges } from '../files/merges-txt.js';
import { writeText } from '../files/text-file.js';
import { formatVocab, parseVocab } from '../files/vocab-json.js';
import type { Tokenizer } from '../tokenizer.js';
import { bertWords } from './bert-words.js';
import { loadRepairText } from './repair-text.js';
import { splitEnglish } from './split-english.js';
import { standardize } from './standardize.js';

/**
 * What happens before the merges.
 *
 * - `'official'`: as OpenAI trained the model. Needs the package ftfy-js.
 * - `'huggingface'`: as Hugging Face's `OpenAIGPTTokenizerFast`. Has no line breaks, and other ids for much else.
 */
export type Gpt1Pipeline = 'official' | 'huggingface';

/** The token of what is not known. */
export const UNKNOWN = '<unk>';
/** The token of a line break. */
export const NEWLINE: string = `\n${END_OF_WORD}`;
const NEWLINE_WORD = '\n '; // what spaCy makes of a line break
const MAX_CACHED_WORDS = 50_000; // some 10 MB
const MAX_CACHED_LENGTH = 64; // longer words hardly ever come twice

/** GPT-1's BPE. Build one with `fromFiles` or `fromTokens`. */
export class Gpt1Tokenizer implements Tokenizer {
  readonly kind = 'gpt1-bpe';
  readonly pipeline: Gpt1Pipeline;
  readonly nVocab: number;
  /** GPT-1 has no token between documents. */
  readonly eotId: undefined = undefined;
  /** Id of a line break; `undefined` where the vocabulary has none. Only the official pipeline gives it. */
  readonly newlineId: number | undefined;
  /** Id of unknown characters; `undefined` where the vocabulary has none. */
  readonly unkId: number | undefined;
  /** The vocabulary in id order: `'the</w>'` is a word, `'the'` the beginning of one. */
  readonly tokens: readonly string[];
  /** The merges in order of rank, spelled the same way. */
  readonly merges: readonly Merge[];
  /** Id of each token that neither a character nor a merge makes, such as `<unk>`. */
  readonly specialTokens: ReadonlyMap<string, number>;
  readonly #split: (text: string) => string[];
  readonly #inside = new Map<string, number>(); // ids of characters
  readonly #atEnd = new Map<string, number>(); // ids of characters at the end of a word
  readonly #ranks: MergeRanks;
  readonly #cache = new Map<string, readonly number[]>();

  private constructor(
    tokens: readonly string[],
    merges: readonly Merge[],
    pipeline: Gpt1Pipeline,
    split: (text: string) => string[],
  ) {
    const ids = new Map(tokens.map((token, id) => [token, id]));
    const isMade = new Uint8Array(tokens.length); // of characters
    for (const symbol of characterSymbols(tokens)) {
      const id = ids.get(symbol)!;
      isMade[id] = 1;
      if (!symbol.endsWith(END_OF_WORD)) this.#inside.set(symbol, id);
      else this.#atEnd.set(symbol.slice(0, -END_OF_WORD.length), id);
    }
    this.#ranks = new MergeRanks(merges.length);
    for (let rank = 0; rank < merges.length; rank++) {
      const [first, second] = merges[rank];
      const left = ids.get(first);
      const right = ids.get(second);
      const result = ids.get(first + second);
      if (left === undefined || right === undefined || result === undefined) {
        const expected = 'two tokens of the vocabulary that make another one';
        throw new InvalidArgumentError({ argument: `merges[${rank}]`, expected, received: merges[rank] });
      }
      isMade[result] = 1;
      this.#ranks.add(left, right, result);
    }
    this.pipeline = pipeline;
    this.nVocab = tokens.length;
    this.newlineId = ids.get(NEWLINE);
    this.unkId = ids.get(UNKNOWN);
    this.tokens = tokens;
    this.merges = merges;
    this.specialTokens = new Map([...ids].filter(([, id]) => isMade[id] === 0));
    this.#split = split;
  }

  /**
   * A tokenizer from the contents of `vocab.json` and `merges.txt` (OpenAI's `encoder_bpe_40000.json` and
   * `vocab_40000.bpe`).
   *
   * @param files - `pipeline` defaults to `'official'`.
   * @throws {@link InvalidFileError} naming the file and the place that is wrong.
   * @throws {@link MissingPackageError} when ftfy-js is not installed and the pipeline is the official one.
   * @example
   * const gpt1 = await Gpt1Tokenizer.fromFiles({ vocab, merges });
   * gpt1.encode("I don't know."); // => [249, 587, 538, 699, 239]
   * gpt1.words("I don't know."); // => ['i', 'do', "n't", 'know', '.']
   */
  static async fromFiles(files: {
    vocab: string;
    merges: string;
    pipeline?: Gpt1Pipeline;
  }): Promise<Gpt1Tokenizer> {
    const tokens = parseVocab(files.vocab, 'vocab.json');
    const merges = parseMerges(files.merges, tokens, 'merges.txt', characterSymbols(tokens));
    return Gpt1Tokenizer.fromTokens(tokens, merges, files);
  }

  /**
   * A tokenizer from its parts.
   *
   * @param tokens - In id order.
   * @param merges - In order of rank.
   * @param options - `pipeline` defaults to `'official'`.
   * @throws {@link InvalidArgumentError} at a merge with a token that is not there, or for another pipeline.
   * @throws {@link MissingPackageError} as `fromFiles`.
   */
  static async fromTokens(
    tokens: readonly string[],
    merges: readonly Merge[],
    options: { pipeline?: Gpt1Pipeline } = {},
  ): Promise<Gpt1Tokenizer> {
    const { pipeline = 'official' } = options;
    return new Gpt1Tokenizer(tokens, merges, pipeline, await splitterOf(pipeline));
  }

  /**
   * The ids of a text. Unknown characters become `unkId`; the spelling of a special token is text like any other.
   *
   * @throws {@link InvalidArgumentError} at an unknown character, when the vocabulary has no `<unk>`.
   */
  encode(text: string): number[] {
    const ids: number[] = [];
    for (const word of this.#split(text)) for (const id of this.#idsOf(word)) ids.push(id);
    return ids;
  }

  /**
   * How many ids `encode` gives.
   *
   * @throws As `encode`.
   */
  count(text: string): number {
    let total = 0;
    for (const word of this.#split(text)) total += this.#idsOf(word).length;
    return total;
  }

  /** What the merges see: words and punctuation in lower case. A line break is `'\n '`, as in spaCy. */
  words(text: string): string[] {
    return this.#split(text).map((word) => word.toLowerCase());
  }

  /**
   * The text of some ids: lower case, a space after every word but the last.
   *
   * @throws {@link TokenRangeError} at the first id outside the vocabulary.
   */
  decode(ids: ArrayLike<number>): string {
    assertTokens(ids, this.nVocab);
    const parts = Array.from(ids, (id) => (id === this.newlineId ? '\n' : this.tokens[id]));
    return parts.join('').replaceAll(END_OF_WORD, ' ').replaceAll(' \n', '\n').replace(/ $/, '');
  }

  /**
   * Writes `vocab.json`, `merges.txt` and `tokenizer_config.json`, which Hugging Face's `OpenAIGPTTokenizer` reads, too;
   * it always uses its own pipeline, for which there is a `tokenizer.json` as well.
   */
  async save(storage: Storage): Promise<void> {
    if (this.pipeline === 'huggingface' && this.unkId !== undefined) {
      const { formatTokenizerJson } = await import('../files/format-tokenizer-json.js');
      const specialTokens = [UNKNOWN];
      await writeText(storage, 'tokenizer.json', formatTokenizerJson({ ...this, specialTokens }));
    }
    await writeText(storage, 'vocab.json', formatVocab(this.tokens));
    await writeText(storage, 'merges.txt', formatMerges(this.merges));
    const unk = this.unkId === undefined ? undefined : UNKNOWN;
    const config = { tokenizer_class: 'OpenAIGPTTokenizer', unk_token: unk, pipeline: this.pipeline };
    await writeText(storage, 'tokenizer_config.json', `${JSON.stringify(config)}\n`);
  }

  #idsOf(word: string): readonly number[] {
    let ids = this.#cache.get(word);
    if (ids !== undefined) return ids;
    ids = word === NEWLINE_WORD ? [this.newlineId ?? this.#unknown('\n')] : this.#merge(word.toLowerCase());
    if (word.length <= MAX_CACHED_LENGTH) {
      if (this.#cache.size >= MAX_CACHED_WORDS) this.#cache.clear();
      this.#cache.set(detach(word), ids);
    }
    return ids;
  }

  /** Merges the runs between unknown characters, which no merge crosses. */
  #merge(word: string): number[] {
    const characters = [...word];
    const symbols = new Int32Array(characters.length);
    const ids: number[] = [];
    let length = 0;
    const flush = (): void => {
      length = applyMerges(symbols, length, this.#ranks);
      for (let i = 0; i < length; i++) ids.push(symbols[i]);
      length = 0;
    };
    for (const [i, character] of characters.entries()) {
      const id = (i < characters.length - 1 ? this.#inside : this.#atEnd).get(character);
      if (id !== undefined) symbols[length++] = id;
      else {
        flush();
        ids.push(this.#unknown(character));
      }
    }
    flush();
    return ids;
  }

  #unknown(character: string): number {
    if (this.unkId !== undefined) return this.unkId;
    const expected = `characters of the vocabulary, which has no ${UNKNOWN}`;
    throw new InvalidArgumentError({ argument: 'text', expected, received: character });
  }
}

async function splitterOf(pipeline: Gpt1Pipeline): Promise<(text: string) => string[]> {
  if (pipeline === 'huggingface') return bertWords;
  if (pipeline !== 'official') {
    const expected = "'official' or 'huggingface'";
    throw new InvalidArgumentError({ argument: 'pipeline', expected, received: pipeline });
  }
  const repair = await loadRepairText();
  return (text) => splitEnglish(standardize(repair(text)));
}
