import { GptError, show } from './gpt-error.js';

/** A token id that the vocabulary does not have. */
export class TokenRangeError extends GptError {
  readonly token: unknown;
  /** Index of the token in the sequence it came in. */
  readonly position: number;
  readonly nVocab: number;

  constructor(facts: { token: unknown; position: number; nVocab: number }) {
    super('token-range', {
      message: `token ${show(facts.token)} at position ${facts.position} is not an id from 0 to ${facts.nVocab - 1}.`,
      hint: 'Encode the text with the tokenizer that belongs to the model.',
    });
    this.token = facts.token;
    this.position = facts.position;
    this.nVocab = facts.nVocab;
  }
}

/** Throws {@link TokenRangeError} at the first id outside `[0, nVocab)`. */
export function assertTokens(ids: ArrayLike<number>, nVocab: number): void {
  for (let i = 0; i < ids.length; i++) {
    const id = ids[i];
    if (!Number.isInteger(id) || id < 0 || id >= nVocab) {
      throw new TokenRangeError({ token: id, position: i, nVocab });
    }
  }
}
