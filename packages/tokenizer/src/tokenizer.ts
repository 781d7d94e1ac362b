/**
 * What every tokenizer offers: text to ids, ids to text, and a place on disk.
 *
 * Models and trainers see only ids, so this is the one seam between them and text.
 */
import type { Storage } from '@gpt-ts/core';

/** The token that GPT-2 and GPT-3 put between documents. */
export const END_OF_TEXT = '<|endoftext|>';

/** Turns text into token ids and back. */
export interface Tokenizer {
  /** Which algorithm this is; `loadTokenizer` returns a union that this field narrows. */
  readonly kind: 'char' | 'byte-bpe' | 'gpt1-bpe';
  /** Ids run from 0 to `nVocab - 1`. */
  readonly nVocab: number;
  /** Id of `<|endoftext|>`, the token between documents; `undefined` where the vocabulary has none. */
  readonly eotId: number | undefined;
  /**
   * The ids of a text. Plain text never produces a special token such as `eotId`, unless `options`, which are those of
   * the kind of tokenizer, allow it.
   */
  encode(text: string, options?: object): number[];
  /** How many ids `encode` gives, without keeping them. */
  count(text: string, options?: object): number;
  /**
   * The text of some ids.
   *
   * @throws {@link TokenRangeError} at the first id outside the vocabulary.
   */
  decode(ids: ArrayLike<number>): string;
  /** Writes the files that `loadTokenizer` reads. */
  save(storage: Storage): Promise<void>;
}
