/**
 * Byte-level BPE, the tokenizer of GPT-2 and GPT-3: any text is a string of bytes, so nothing is unknown, and
 * learned merges join frequent byte pairs into longer tokens.
 *
 * Follows GPT-2 section 2.2 and openai/gpt-2 `src/encoder.py`.
 */
import { assertTokens, InvalidArgumentError, type Storage, show } from '@gpt-ts/core';
import { applyMerges } from './bpe/apply-merges.js';
import { type BpeTables, buildBpeTables, type Merge } from './bpe/bpe-tables.js';
import { BYTE_TOKENS } from './bpe/byte-characters.js';
import { detach } from './bpe/detach.js';
import { pieceEnd } from './bpe/split-pieces.js';
import { splitSpecial } from './bpe/split-special.js';
import { formatMerges, parseMerges } from './files/merges-txt.js';
import { writeText } from './files/text-file.js';
import { formatVocab, parseByteVocab } from './files/vocab-json.js';
import { END_OF_TEXT, type Tokenizer } from './tokenizer.js';

/** Options of {@link ByteBpeTokenizer.encode}. */
export interface ByteBpeEncodeOptions {
  /** Special tokens to recognise in the text, by name. Default none: their spelling is text like any other. */
  allowedSpecial?: 'all' | readonly string[];
}

const MAX_CACHED_PIECES = 50_000; // 4 MB of short pieces
const MAX_CACHED_LENGTH = 64; // longer pieces hardly ever come twice

/** GPT-2's byte-level BPE. Build one with `fromMerges`, `fromFiles`, `trainByteBpe` or `loadTokenizer`. */
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
  readonly #tables: BpeTables;
  readonly #cache = new Map<string, readonly number[]>();

  private constructor(tokens: readonly string[], merges: readonly Merge[]) {
    const tables = buildBpeTables(tokens, merges);
    this.nVocab = tokens.length;
    this.tokens = tokens;
    this.merges = merges;
    this.specialTokens = tables.specialTokens;
    this.eotId = tables.specialTokens.get(END_OF_TEXT);
    this.#tables = tables;
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
    const { specialTokens = [END_OF_TEXT] } = options;
    const tokens = new Set(BYTE_TOKENS);
    for (const [rank, merge] of merges.entries()) {
      const [left, right] = merge;
      if (!tokens.has(left) || !tokens.has(right) || tokens.has(left + right)) {
        const expected = 'two tokens that are bytes or made by an earlier merge, and make a new one';
        throw new InvalidArgumentError({ argument: `merges[${rank}]`, expected, received: merge });
      }
      tokens.add(left + right);
    }
    for (const [i, name] of specialTokens.entries()) {
      if (name === '' || tokens.has(name)) {
        const expected = 'text that is not the spelling of another token';
        throw new InvalidArgumentError({ argument: `specialTokens[${i}]`, expected, received: name });
      }
      tokens.add(name);
    }
    return new ByteBpeTokenizer([...tokens], [...merges]);
  }

  /**
   * A tokenizer from the contents of `vocab.json` and `merges.txt` (GPT-2's `encoder.json` and `vocab.bpe`).
   *
   * @throws {@link InvalidFileError} naming the file and the token or line that is wrong.
   */
  static fromFiles(files: { vocab: string; merges: string }): ByteBpeTokenizer {
    const tokens = parseByteVocab(files.vocab, 'vocab.json');
    return new ByteBpeTokenizer(tokens, parseMerges(files.merges, tokens, 'merges.txt'));
  }

  /**
   * The ids of a text. A lone surrogate, which has no UTF-8, is encoded as U+FFFD.
   *
   * Text that spells a special token gets ordinary ids, because text from outside must not be able to end a
   * document. Allow special tokens by name where the text is trusted.
   *
   * @throws {@link InvalidArgumentError} when `allowedSpecial` names a token that is not in `specialTokens`.
   * @example
   * // with GPT-2's files
   * tokenizer.encode('<|endoftext|>'); // => [27, 91, 437, 1659, 5239, 91, 29]
   * tokenizer.encode('<|endoftext|>', { allowedSpecial: 'all' }); // => [50256]
   */
  encode(text: string, options: ByteBpeEncodeOptions = {}): number[] {
    const ids: number[] = [];
    for (const [i, part] of splitSpecial(text, this.#allowed(options)).entries()) {
      if (i % 2 === 1) ids.push(this.specialTokens.get(part)!);
      else this.#encodePlain(part, ids);
    }
    return ids;
  }

  /**
   * The text of some ids. Bytes that are not UTF-8, as when a character is cut in half, become U+FFFD.
   *
   * @throws {@link TokenRangeError} at the first id outside the vocabulary.
   */
  decode(ids: ArrayLike<number>): string {
    assertTokens(ids, this.nVocab);
    const { bytes, offsets } = this.#tables;
    let length = 0;
    for (let i = 0; i < ids.length; i++) length += offsets[ids[i] + 1] - offsets[ids[i]];
    const out = new Uint8Array(length);
    let at = 0;
    for (let i = 0; i < ids.length; i++) {
      for (let from = offsets[ids[i]]; from < offsets[ids[i] + 1]; from++) out[at++] = bytes[from];
    }
    return new TextDecoder('utf-8', { ignoreBOM: true }).decode(out); // true keeps a leading U+FEFF
  }

  /** Writes `vocab.json`, `merges.txt` and `tokenizer_config.json`, which Hugging Face's `GPT2Tokenizer` reads. */
  async save(storage: Storage): Promise<void> {
    await writeText(storage, 'vocab.json', formatVocab(this.tokens));
    await writeText(storage, 'merges.txt', formatMerges(this.merges));
    const eot = this.eotId === undefined ? undefined : END_OF_TEXT;
    const config = { tokenizer_class: 'GPT2Tokenizer', bos_token: eot, eos_token: eot, unk_token: eot };
    await writeText(storage, 'tokenizer_config.json', `${JSON.stringify(config)}\n`);
  }

  #allowed({ allowedSpecial = [] }: ByteBpeEncodeOptions): readonly string[] {
    if (allowedSpecial === 'all') return [...this.specialTokens.keys()];
    const unknown = allowedSpecial.find((name) => !this.specialTokens.has(name));
    if (unknown !== undefined) {
      const expected = `names from ${show([...this.specialTokens.keys()])}`;
      throw new InvalidArgumentError({ argument: 'allowedSpecial', expected, received: unknown });
    }
    return allowedSpecial;
  }

  #encodePlain(text: string, ids: number[]): void {
    for (let start = 0; start < text.length; ) {
      const end = pieceEnd(text, start);
      for (const id of this.#encodePiece(text.slice(start, end))) ids.push(id);
      start = end;
    }
  }

  #encodePiece(piece: string): readonly number[] {
    const cached = this.#cache.get(piece);
    if (cached !== undefined) return cached;
    const { byteIds, ranks } = this.#tables;
    const bytes = new TextEncoder().encode(piece);
    const ids = applyMerges(
      Array.from(bytes, (byte) => byteIds[byte]),
      ranks,
    );
    if (piece.length <= MAX_CACHED_LENGTH) {
      if (this.#cache.size >= MAX_CACHED_PIECES) this.#cache.clear();
      this.#cache.set(detach(piece), ids);
    }
    return ids;
  }
}
