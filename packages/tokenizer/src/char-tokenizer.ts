/**
 * One token a character: the smallest tokenizer there is, and enough for a first model.
 *
 * A character is a Unicode code point, so an emoji is one token and not two halves.
 */
import { assertTokens, InvalidArgumentError, type Storage } from '@gpt-ts/core';
import { UnknownCharacterError } from './errors/unknown-character-error.js';
import { writeText } from './files/text-file.js';
import { formatVocab } from './files/vocab-json.js';
import type { Tokenizer } from './tokenizer.js';

/** Options of {@link CharTokenizer}. */
export interface CharTokenizerOptions {
  /** A character that stands in for every unknown one. Default: none, and an unknown character is an error. */
  unk?: string;
}

/** Each distinct character is a token. Has no special tokens, so `eotId` is `undefined`. */
export class CharTokenizer implements Tokenizer {
  readonly kind = 'char';
  readonly nVocab: number;
  readonly eotId: undefined = undefined;
  /** The vocabulary: `characters[id]` is the text of `id`. */
  readonly characters: readonly string[];
  /** The character that replaces unknown ones, if any. */
  readonly unk: string | undefined;
  readonly #ids: ReadonlyMap<string, number>;
  readonly #unkId: number | undefined;

  /**
   * @param characters - In id order, each one code point, none twice.
   * @throws {@link InvalidArgumentError} when that does not hold, or `unk` is not among the characters.
   */
  constructor(characters: Iterable<string>, options: CharTokenizerOptions = {}) {
    this.characters = [...characters];
    this.nVocab = this.characters.length;
    this.unk = options.unk;
    const ids = new Map<string, number>();
    for (const [id, character] of this.characters.entries()) {
      if (!isCharacter(character) || ids.has(character)) {
        const expected = 'one character that is not in the list yet';
        throw new InvalidArgumentError({ argument: `characters[${id}]`, expected, received: character });
      }
      ids.set(character, id);
    }
    if (this.nVocab === 0) {
      throw new InvalidArgumentError({ argument: 'characters', expected: 'at least one', received: [] });
    }
    if (this.unk !== undefined && !ids.has(this.unk)) {
      const expected = 'a character of the vocabulary';
      throw new InvalidArgumentError({ argument: 'unk', expected, received: this.unk });
    }
    this.#ids = ids;
    this.#unkId = this.unk === undefined ? undefined : ids.get(this.unk);
  }

  /**
   * The tokenizer whose vocabulary is the distinct characters of a text (and `unk`), in code-point order.
   *
   * @throws {@link InvalidArgumentError} when there is no character, or `unk` is not exactly one.
   * @example
   * const tokenizer = CharTokenizer.fromText('hello');
   * tokenizer.characters; // => ['e', 'h', 'l', 'o']
   * tokenizer.encode('hole'); // => [1, 3, 2, 0]
   */
  static fromText(text: string, options: CharTokenizerOptions = {}): CharTokenizer {
    const { unk } = options;
    const distinct = new Set(text);
    if (unk !== undefined) distinct.add(unk);
    const sorted = [...distinct].sort((a, b) => a.codePointAt(0)! - b.codePointAt(0)!);
    return new CharTokenizer(sorted, options);
  }

  /**
   * One id a character.
   *
   * @throws {@link UnknownCharacterError} at the first character that is not in the vocabulary, unless there is an `unk`.
   */
  encode(text: string): number[] {
    const ids: number[] = [];
    let position = 0;
    for (const character of text) {
      ids.push(this.#idOf(character, position));
      position += character.length;
    }
    return ids;
  }

  /**
   * The number of characters.
   *
   * @throws As `encode`.
   */
  count(text: string): number {
    let count = 0;
    let position = 0;
    for (const character of text) {
      this.#idOf(character, position);
      position += character.length;
      count++;
    }
    return count;
  }

  /** @throws {@link TokenRangeError} at the first id outside the vocabulary. */
  decode(ids: ArrayLike<number>): string {
    assertTokens(ids, this.nVocab);
    let text = '';
    for (let i = 0; i < ids.length; i++) text += this.characters[ids[i]];
    return text;
  }

  #idOf(character: string, position: number): number {
    const id = this.#ids.get(character) ?? this.#unkId;
    if (id === undefined) throw new UnknownCharacterError({ character, position, nVocab: this.nVocab });
    return id;
  }

  /** Writes `vocab.json` (character to id) and `tokenizer_config.json` (class and `unk_token`). */
  async save(storage: Storage): Promise<void> {
    await writeText(storage, 'vocab.json', formatVocab(this.characters));
    const config = { tokenizer_class: 'CharTokenizer', unk_token: this.unk };
    await writeText(storage, 'tokenizer_config.json', `${JSON.stringify(config)}\n`);
  }
}

/** Whether a string is exactly one code point. */
export function isCharacter(text: string): boolean {
  const code = text.codePointAt(0);
  return code !== undefined && text.length === (code > 0xffff ? 2 : 1);
}
