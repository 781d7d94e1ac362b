/** Something in a story. Written in a template, a thing is its noun: `the ${toy}` reads "the ball". */
import { withArticle } from './grammar.js';

/** A noun with the looks it keeps for the whole story. */
export class Thing {
  readonly noun: string;
  readonly colour: string;
  /** "little red ball" */
  readonly full: string;

  constructor(noun: string, colour: string, look?: string) {
    this.noun = noun;
    this.colour = colour;
    this.full = look === undefined ? `${colour} ${noun}` : `${look} ${colour} ${noun}`;
  }

  /** "a little red ball", for a first mention. */
  get a(): string {
    return withArticle(this.full);
  }

  toString(): string {
    return this.noun;
  }
}
