/**
 * Byte-level BPE, the tokenizer of GPT-2 and GPT-3: any text is a string of bytes, so nothing is unknown, and
 * learned merges join frequent byte pairs into longer tokens.
 *
 * Follows GPT-2 section 2.2 and openai/gpt-2 `src/encoder.py`.
 */
import { InvalidArgumentError, InvalidFileError, type Storage, show } from '@gpt-ts/core';
import { BYTE_CHARACTERS, BYTE_TOKENS } from './bpe/byte-characters.js';
import { ByteEncoder } from './bpe/byte-encoder.js';
import { type Merge, MergeRanks } from './bpe/merge-ranks.js';
import { mergesOf } from './bpe/merges-of.js';
import { type Span, spansOf } from './bpe/offsets.js';
import { PADDING } from './bpe/piece-cache.js';
import { SpecialSplitter } from './bpe/split-special.js';
import { TokenBytes } from './bpe/token-bytes.js';
import { type ReadBytes, Utf8Window } from './bpe/utf8-window.js';
import { notText } from './errors/not-text.js';
import { formatMerges, parseMergeList } from './files/merges-txt.js';
import { writeText } from './files/text-file.js';
import { formatVocab, parseByteVocabIds, type Vocab } from './files/vocab-json.js';
import { END_OF_TEXT, type Tokenizer } from './tokenizer.js';

/** Options of {@link ByteBpeTokenizer.encode} and its relatives. */
export interface ByteBpeEncodeOptions {
  /** Special tokens to recognise in the text, by name. Default none: their spelling is text like any other. */
  allowedSpecial?: 'all' | readonly string[];
  /** Special tokens whose spelling is an error, unless they are allowed. Default none. */
  disallowedSpecial?: 'all' | readonly string[];
}

/** GPT-2's byte-level BPE. Build one with `fromMerges`, `fromFiles`, `trainByteBpe`, `gpt2` or `loadTokenizer`. */
export class ByteBpeTokenizer implements Tokenizer {
  readonly kind = 'byte-bpe';
  readonly nVocab: number;
  readonly eotId: number | undefined;
  /** The vocabulary as `vocab.json` spells it, in id order: `'Ġthe'` is ` the`. */
  readonly tokens: readonly string[];
  /** The merges in order of rank, spelled the same way. */
  readonly merges: readonly Merge[];
  /** Id of each special token: the tokens that neither a byte nor a merge makes. */
  readonly specialTokens: ReadonlyMap<string, number>;
  readonly #bytes: TokenBytes;
  readonly #encoder: ByteEncoder;
  readonly #window: Utf8Window = new Utf8Window();

  /** @param triples - `left, right, result` of each merge, in ids, in order of rank: all in the vocabulary. */
  private constructor(vocab: Vocab, triples: ArrayLike<number>) {
    const { tokens, ids } = vocab;
    const byteIds = Int32Array.from(BYTE_CHARACTERS, (character) => ids.get(character)!);
    const ranks = new MergeRanks(triples.length / 3);
    const merges: Merge[] = [];
    const isMade = new Uint8Array(tokens.length);
    for (const id of byteIds) isMade[id] = 1;
    for (let i = 0; i < triples.length; i += 3) {
      ranks.add(triples[i], triples[i + 1], triples[i + 2]);
      merges.push([tokens[triples[i]], tokens[triples[i + 1]]]);
      isMade[triples[i + 2]] = 1;
    }
    const special = new Map<string, number>();
    for (let id = 0; id < tokens.length; id++) if (isMade[id] === 0) special.set(tokens[id], id);
    this.nVocab = tokens.length;
    this.tokens = tokens;
    this.merges = merges;
    this.specialTokens = special;
    this.eotId = special.get(END_OF_TEXT);
    this.#bytes = new TokenBytes(tokens, new Set(special.values()));
    this.#encoder = new ByteEncoder(byteIds, ranks, this.#bytes.neighbours());
  }

  /**
   * A tokenizer with GPT-2's order of ids: 256 bytes, then what each merge makes, then the special tokens.
   *
   * @param merges - In order of rank; each part is a byte or made by an earlier merge.
   * @param options - `specialTokens` default to `['<|endoftext|>']`.
   * @throws {@link InvalidArgumentError} when a part is not known yet, or a merge or a special token makes a token that
   * is there already.
   * @example
   * const tokenizer = ByteBpeTokenizer.fromMerges([['a', 'a'], ['aa', 'b']]);
   * tokenizer.encode('aab'); // => [257]
   * tokenizer.eotId; // => 258
   */
  static fromMerges(
    merges: readonly Merge[],
    options: { specialTokens?: readonly string[] } = {},
  ): ByteBpeTokenizer {
    const ids = new Map(BYTE_TOKENS.map((token, id) => [token, id]));
    const triples: number[] = [];
    for (const [rank, merge] of merges.entries()) {
      const left = ids.get(merge[0]);
      const right = ids.get(merge[1]);
      const token = merge.join('');
      const id = ids.size;
      ids.set(token, ids.get(token) ?? id);
      if (left === undefined || right === undefined || ids.size === id) {
        const expected = 'two tokens that are bytes or made by an earlier merge, and make a new one';
        throw new InvalidArgumentError({ argument: `merges[${rank}]`, expected, received: merge });
      }
      triples.push(left, right, id);
    }
    return new ByteBpeTokenizer(withSpecial(ids, options.specialTokens), triples);
  }

  /**
   * A tokenizer from its tokens alone, whose order is that of their merges: what tiktoken's files hold.
   *
   * @param tokens - Spelled as in `vocab.json`: 256 bytes, and tokens that each merge two earlier ones.
   * @param options - `specialTokens` default to `['<|endoftext|>']`.
   * @throws {@link InvalidArgumentError} at a token that is there already, or that earlier merges do not reduce to two.
   */
  static fromRankedTokens(
    tokens: readonly string[],
    options: { specialTokens?: readonly string[] } = {},
  ): ByteBpeTokenizer {
    const ids = new Map(tokens.map((token, id) => [token, id]));
    const triples = mergesOf(tokens); // a token that is there twice is left in one part
    return new ByteBpeTokenizer(withSpecial(ids, options.specialTokens), triples);
  }

  /**
   * A tokenizer from the contents of `vocab.json` and `merges.txt` (GPT-2's `encoder.json` and `vocab.bpe`).
   *
   * @param names - What errors call them.
   * @throws {@link InvalidFileError} naming the file and the token or line that is wrong.
   */
  static fromFiles(
    files: { vocab: string; merges: string },
    names: { vocab: string; merges: string } = { vocab: 'vocab.json', merges: 'merges.txt' },
  ): ByteBpeTokenizer {
    const vocab = parseByteVocabIds(files.vocab, names.vocab);
    const tokenizer = new ByteBpeTokenizer(vocab, parseMergeList(files.merges, vocab, names.merges).triples);
    for (const token of tokenizer.specialTokens.keys()) {
      if (!/[\u0100-\u0143]/.test(token)) continue; // how bytes are spelled, and no special token
      const problem = `no merge makes the token ${show(token)} of ${names.vocab}`;
      throw new InvalidFileError({ file: names.merges, problem, hint: 'The file may have been cut off.' });
    }
    return tokenizer;
  }

  /**
   * The ids of a text. A lone surrogate, which has no UTF-8, is encoded as U+FFFD.
   *
   * Text that spells a special token gets ordinary ids, because text from outside must not be able to end a
   * document. Allow special tokens by name where the text is trusted, or refuse text that has them.
   *
   * @throws {@link InvalidArgumentError} when an option names a token that is not in `specialTokens`, or the text spells
   * one that `disallowedSpecial` names.
   * @example
   * // with GPT-2's files
   * tokenizer.encode('<|endoftext|>'); // => [27, 91, 437, 1659, 5239, 91, 29]
   * tokenizer.encode('<|endoftext|>', { allowedSpecial: 'all' }); // => [50256]
   * tokenizer.encode('<|endoftext|>', { disallowedSpecial: 'all' }); // throws InvalidArgumentError
   */
  encode(text: string, options: ByteBpeEncodeOptions = {}): number[] {
    this.#start();
    this.#write(text, true, this.#window, this.#splitter(options));
    return this.#encoder.take();
  }

  /** The ids of UTF-8, without `<|endoftext|>`. Bytes that are no character are encoded too, as symbols. */
  encodeBytes(bytes: Uint8Array): number[] {
    this.#start();
    const padded = new Uint8Array(bytes.length + PADDING);
    padded.set(bytes);
    this.#encoder.add(padded, bytes.length, true);
    return this.#encoder.take();
  }

  /**
   * How many ids `encode` gives, without keeping them.
   *
   * @throws As `encode`.
   */
  count(text: string, options: ByteBpeEncodeOptions = {}): number {
    this.#start();
    const encoder = this.#encoder;
    let total = 0;
    this.#write(text, true, this.#window, this.#splitter(options), () => {
      total += encoder.length;
      encoder.clear();
    });
    return total + encoder.length;
  }

  /**
   * The ids of a text and where each comes from: `text.slice(start, end)` is every character that the token has a byte
   * of. Tokens that share a character have spans that overlap.
   *
   * @throws As `encode`.
   * @example
   * // with GPT-2's files
   * tokenizer.encodeWithOffsets('Hello 😀'); // => { ids: [15496, 30325, 222], offsets: [[0, 5], [5, 8], [6, 8]] }
   */
  encodeWithOffsets(text: string, options: ByteBpeEncodeOptions = {}): { ids: number[]; offsets: Span[] } {
    const ids = this.encode(text, options);
    return {
      ids,
      offsets: spansOf(
        text,
        ids.map((id) => this.#bytes.lengthOf(id)),
      ),
    };
  }

  /**
   * The ids of a text that arrives in parts, some after each part: joined, they are `encode` of the parts joined.
   *
   * What more text could change, an unfinished word or half a character, waits for it.
   *
   * @throws As `encode`, when iterated.
   * @example
   * for await (const ids of tokenizer.encodeStream(createReadStream('book.txt', 'utf8'))) shard.push(...ids);
   */
  async *encodeStream(
    parts: Iterable<string> | AsyncIterable<string>,
    options: ByteBpeEncodeOptions = {},
  ): AsyncGenerator<number[], void, undefined> {
    const window = new Utf8Window();
    const splitter = this.#splitter(options);
    const next = (text: string, last: boolean): number[] => {
      this.#encoder.clear();
      this.#write(text, last, window, splitter);
      return this.#encoder.take();
    };
    for await (const part of parts) {
      if (typeof part !== 'string') throw notText(part);
      const ids = next(part, false);
      if (ids.length > 0) yield ids;
    }
    const ids = next('', true);
    if (ids.length > 0) yield ids;
  }

  /**
   * The text of some ids. Bytes that are not UTF-8, as when a character is cut in half, become U+FFFD.
   *
   * @throws {@link TokenRangeError} at the first id outside the vocabulary.
   */
  decode(ids: ArrayLike<number>): string {
    return this.#bytes.text(ids);
  }

  /**
   * The bytes of some ids: exact where `decode` would have to write U+FFFD.
   *
   * @throws {@link TokenRangeError} at the first id outside the vocabulary.
   */
  decodeBytes(ids: ArrayLike<number>): Uint8Array {
    return this.#bytes.join(ids);
  }

  /**
   * Writes `vocab.json`, `merges.txt`, `tokenizer.json` and `tokenizer_config.json`, which Hugging Face's `GPT2Tokenizer`
   * and `GPT2TokenizerFast` read.
   */
  async save(storage: Storage): Promise<void> {
    const { formatTokenizerJson } = await import('./files/format-tokenizer-json.js');
    const specialTokens = [...this.specialTokens.keys()];
    await writeText(storage, 'tokenizer.json', formatTokenizerJson({ ...this, specialTokens }));
    await writeText(storage, 'merges.txt', formatMerges(this.merges));
    await writeText(storage, 'vocab.json', formatVocab(this.tokens));
    const eot = this.eotId === undefined ? undefined : END_OF_TEXT;
    const config = { tokenizer_class: 'GPT2Tokenizer', bos_token: eot, eos_token: eot, unk_token: eot };
    await writeText(storage, 'tokenizer_config.json', `${JSON.stringify(config)}\n`);
  }

  /** Forgets what a text that ended in an error has left behind. */
  #start(): void {
    this.#encoder.clear();
    this.#window.clear();
  }

  /** Encodes a part of a text; `each` is called after every window of it. */
  #write(
    text: string,
    last: boolean,
    window: Utf8Window,
    splitter: SpecialSplitter | undefined,
    each?: () => void,
  ): void {
    const encoder = this.#encoder;
    const read: ReadBytes = (bytes, end, ends) => {
      const done = encoder.add(bytes, end, ends);
      each?.();
      return done;
    };
    if (splitter === undefined) window.write(text, last, read);
    else {
      splitter.write(text, last, {
        text: (part, ends) => window.write(part, ends, read),
        special: (name) => encoder.addId(this.specialTokens.get(name)!),
      });
    }
  }

  #splitter(options: ByteBpeEncodeOptions): SpecialSplitter | undefined {
    const allowed = this.#names('allowedSpecial', options);
    const disallowed = this.#names('disallowedSpecial', options).filter((name) => !allowed.includes(name));
    if (allowed.length + disallowed.length === 0) return undefined;
    return new SpecialSplitter(allowed, disallowed);
  }

  #names(argument: keyof ByteBpeEncodeOptions, options: ByteBpeEncodeOptions): readonly string[] {
    const names = options[argument] ?? [];
    if (names === 'all') return [...this.specialTokens.keys()];
    const received = names.find((name) => !this.specialTokens.has(name));
    if (received === undefined) return names;
    const expected = `names from ${show([...this.specialTokens.keys()])}`;
    throw new InvalidArgumentError({ argument, expected, received });
  }
}

/** A vocabulary with the special tokens after all others. */
function withSpecial(ids: Map<string, number>, specialTokens: readonly string[] = [END_OF_TEXT]): Vocab {
  for (const [i, name] of specialTokens.entries()) {
    if (name === '' || ids.has(name)) {
      const expected = 'text that is not the spelling of another token';
      throw new InvalidArgumentError({ argument: `specialTokens[${i}]`, expected, received: name });
    }
    ids.set(name, ids.size);
  }
  return { tokens: [...ids.keys()], ids };
}
