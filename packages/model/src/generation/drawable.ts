/** Which ids may be written: a model may have more than its tokenizer knows. */
import { InvalidArgumentError } from '@gpt-ts/core';
import type { GPT } from '../gpt.js';

/** What limits the ids that are written. */
export interface DrawableOptions {
  /**
   * Only ids below this are written: the `nVocab` of the tokenizer, where the model's is padded beyond it (nanoGPT: 50,257 to
   * 50,304). What may be drawn then shares the whole probability, as after top-k, while reported log-probabilities are the
   * model's own, over all its ids. Prompts may hold any id. Default: the model's `nVocab`.
   */
  nDrawable?: number;
}

/**
 * How many ids may be written.
 *
 * @throws InvalidArgumentError when that is no integer from 1 to the model's `nVocab`.
 */
export function drawableIds(model: GPT, { nDrawable }: DrawableOptions): number {
  const { nVocab } = model.config;
  if (nDrawable === undefined) return nVocab;
  if (Number.isInteger(nDrawable) && nDrawable >= 1 && nDrawable <= nVocab) return nDrawable;
  throw new InvalidArgumentError({
    argument: 'nDrawable',
    expected: `an integer from 1 to nVocab (${nVocab})`,
    received: nDrawable,
  });
}
