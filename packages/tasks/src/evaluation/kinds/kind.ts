/** What evaluation has to know of a kind of question. */
import type { LanguageModel } from '@gpt-ts/core';
import type { TextCodec } from '../../text-codec.js';

/** Whom to ask, and how. */
export interface Asking {
  readonly model: LanguageModel;
  readonly codec: TextCodec;
  /** New tokens scored per window of a text, from 1 to `nCtx` (default). */
  readonly stride?: number;
  /** Told now and then how much of a long text has been scored. */
  readonly onTokens?: (scored: number, all: number) => void;
  /** Stops between two calls of the model. */
  readonly signal?: AbortSignal;
}

/** A kind of question: how it follows examples, what must fit into the context, and how it is asked. */
export interface Kind<Question, Answer> {
  /**
   * The question behind the examples of a prompt.
   *
   * @param index - Number of the item: what is drawn for it depends on that alone.
   */
  after(prefix: string, question: Question, index: number): Question;
  /** The texts that the model is to see whole, and the tokens that it needs beside them to write. */
  size(question: Question): { texts: string[]; newTokens: number };
  /** Asks several questions at once. */
  ask(questions: readonly Question[], asking: Asking): Promise<Answer[]>;
}
