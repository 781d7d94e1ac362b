import { GptError, show } from '@gpt-ts/core';

/** A text holds a character that the vocabulary of a `CharTokenizer` lacks. */
export class UnknownCharacterError extends GptError {
  readonly character: string;
  /** The character's number as Unicode writes it, such as `'U+00E9'`. */
  readonly codePoint: string;
  /** Where the character is: an index into the text, so `text.slice(position)` starts with it. */
  readonly position: number;
  readonly nVocab: number;

  constructor(facts: { character: string; position: number; nVocab: number }) {
    const codePoint = `U+${facts.character.codePointAt(0)!.toString(16).toUpperCase().padStart(4, '0')}`;
    super('unknown-character', {
      message: `character ${show(facts.character)} (${codePoint}) at position ${facts.position} is not one of the ${facts.nVocab} in the vocabulary.`,
      hint: 'Build the vocabulary from a text that has it, or with { unk } to replace unknown characters.',
    });
    this.character = facts.character;
    this.codePoint = codePoint;
    this.position = facts.position;
    this.nVocab = facts.nVocab;
  }
}
