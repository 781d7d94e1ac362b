/** Someone in a story. Written in a template, a person is a name: `${hero} lost ${hero.his} hat.` */
import { capitalise } from './grammar.js';
import type { Pronouns } from './words/people.js';

/** A name with its pronouns and its kind: "girl", "boy" or an animal. */
export class Person implements Pronouns {
  readonly name: string;
  readonly kind: string;
  readonly he: string;
  readonly him: string;
  readonly his: string;
  readonly isAnimal: boolean;

  constructor(name: string, kind: string, pronouns: Pronouns, isAnimal = false) {
    this.name = name;
    this.kind = kind;
    this.he = pronouns.he;
    this.him = pronouns.him;
    this.his = pronouns.his;
    this.isAnimal = isAnimal;
  }

  /** The name for a first mention: "Tom", or "Ruby the rabbit". */
  get title(): string {
    return this.isAnimal ? `${this.name} the ${this.kind}` : this.name;
  }

  /** A sentence that starts with the name, started with the pronoun instead. "Tom and Mia ..." stays. */
  asPronoun(sentence: string): string {
    const [word, next] = sentence.split(' ', 2);
    if (next === 'and') return sentence;
    if (word === this.name) return capitalise(this.he) + sentence.slice(word.length);
    if (word === `${this.name}'s`) return capitalise(this.his) + sentence.slice(word.length);
    return sentence;
  }

  toString(): string {
    return this.name;
  }
}
