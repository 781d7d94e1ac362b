/**
 * A story while it is being told.
 *
 * A plot is a function that talks to a {@link Tale}: it casts people, picks things, and says sentences, each in
 * one of several wordings. What a story knows (who lost what, and where) are the plot's own constants, so the
 * thing that was lost is the thing that is found.
 */
import type { Random } from '@gpt-ts/core';
import { capitalise } from './grammar.js';
import type { Person } from './person.js';
import { Thing } from './thing.js';
import { outdoors, type Place } from './words/places.js';
import { colours, looks } from './words/things.js';
import { fairWeather, times } from './words/weather.js';

/** One kind of story. Adding one: write a function, add it to `plots/plots.ts`. */
export type Plot = (tale: Tale) => void;

/** Collects sentences into paragraphs; every choice comes from one stream of random integers. */
export class Tale {
  readonly #random: Random;
  readonly #paragraphs: string[][] = [[]];
  readonly #time: string;
  readonly #people: Person[] = [];
  #dayIsTold = false;
  #topic: Person | undefined; // whom the last sentence was about, when a pronoun can mean nobody else
  /** Set it before the first sentence if the plot needs a certain weather. */
  weather: string;

  constructor(random: Random) {
    this.#random = random;
    this.weather = this.pick(fairWeather);
    this.#time = this.pick(times);
  }

  /** One of several, each equally likely. */
  pick<T>(options: readonly T[]): T {
    return this.#random.pick(options);
  }

  /** Two different ones. */
  pickTwo<T>(options: readonly T[]): [T, T] {
    const first = this.#random.int(options.length);
    const second = (first + 1 + this.#random.int(options.length - 1)) % options.length;
    return [options[first], options[second]];
  }

  /** True `n` times in `outOf`. */
  chance(n: number, outOf: number): boolean {
    return this.#random.int(outOf) < n;
  }

  /** True one time in two. */
  sometimes(): boolean {
    return this.chance(1, 2);
  }

  /** A thing with looks of its own. */
  thing(nouns: readonly string[]): Thing {
    const look = this.sometimes() ? this.pick(looks) : undefined;
    return new Thing(this.pick(nouns), this.pick(colours), look);
  }

  /** A place under the sky. */
  place(): Place {
    return this.pick(outdoors);
  }

  /** Brings someone into the story. */
  enter(person: Person): Person {
    this.#people.push(person);
    return person;
  }

  /**
   * Says one of these wordings. A name in front becomes a pronoun, three times in four, when the sentence before
   * was about the same person.
   */
  say(...wordings: string[]): void {
    const sentence = capitalise(this.pick(wordings));
    const about = this.#about(sentence);
    const known = about !== undefined && about === this.#topic && this.chance(3, 4);
    this.#add(known ? about.asPronoun(sentence) : sentence, about);
  }

  /** Says one of these wordings, or nothing. */
  maybe(...wordings: string[]): void {
    if (this.sometimes()) this.say(...wordings);
  }

  /** Says one of these lines as speech: `Mia said, "Look! It is here."` or `"Look!" said Mia. "It is here."` */
  speak(who: Person, ...lines: string[]): void {
    const line = this.pick(lines);
    if (this.chance(1, 3)) {
      this.say(`${who} ${this.#verb(line)}, "${line}"`);
      return;
    }
    const [, first, rest] = /^(.*?[.!?])(?: (.*))?$/.exec(line)!;
    const verb = this.#verb(first);
    const tag = this.#topic === who && this.sometimes() ? `${who.he} ${verb}` : `${verb} ${who}`;
    const opening = `"${first.replace(/\.$/, ',')}" ${tag}.`;
    this.#add(capitalise(rest === undefined ? opening : `${opening} "${rest}"`), who);
  }

  /** Says what someone feels and why. `why` is a clause; it may start with that person's pronoun. */
  feel(who: Person, mood: string, why: string): void {
    const ownDoing = why.startsWith(`${who.he} `);
    const cause = ownDoing ? `${who}${why.slice(who.he.length)}` : why;
    const subject = ownDoing || this.#topic === who ? who.he : `${who}`;
    this.say(
      `${who} was ${mood} because ${why}.`,
      `${who} felt ${mood} because ${why}.`,
      `${cause}, so ${subject} was ${mood}.`,
      `${cause}, and ${subject} felt ${mood}.`,
    );
  }

  /** Begins a new paragraph. */
  turn(): void {
    this.#paragraphs.push([]);
    this.#topic = undefined;
  }

  /** "one sunny morning", and once the day has been told, "that morning". */
  oneDay(): string {
    if (this.#dayIsTold) return `that ${this.#time}`;
    return this.sometimes() ? `one ${this.tellDay()}` : `one ${this.#time}`;
  }

  /** "one night", or "that night" once the day has been told. */
  oneNight(): string {
    return this.#dayIsTold ? 'that night' : 'one night';
  }

  /** "sunny morning"; from here on the day is known. */
  tellDay(): string {
    this.#dayIsTold = true;
    return `${this.weather} ${this.#time}`;
  }

  /** The story so far: sentences joined by spaces, paragraphs by newlines. */
  text(): string {
    return this.#paragraphs
      .filter((sentences) => sentences.length > 0)
      .map((sentences) => sentences.join(' '))
      .join('\n');
  }

  /** The verb for a line that ends like this one. */
  #verb(line: string): string {
    if (line.endsWith('?')) return 'asked';
    return line.endsWith('!') ? this.pick(['said', 'cried']) : 'said';
  }

  /**
   * Whom a sentence is about: the one person it names, or the one it starts with, or the same as before if it only
   * says "he" or "she". "Tom and Mia ..." is about neither.
   */
  #about(sentence: string): Person | undefined {
    const words = wordsOf(sentence);
    const named = this.#people.filter(({ name }) => words.includes(name));
    if (named.length === 1) return named[0];
    if (named.length > 1) return words[1] === 'and' ? undefined : named.find(({ name }) => name === words[0]);
    const topic = this.#topic;
    return words.some((word) => word.toLowerCase() === topic?.he) ? topic : undefined;
  }

  /** Adds a sentence and remembers whom it was about, unless it names another with the same pronoun. */
  #add(sentence: string, about: Person | undefined): void {
    this.#paragraphs.at(-1)!.push(sentence);
    const words = wordsOf(sentence);
    const rivals = this.#people.filter((person) => person !== about && person.he === about?.he);
    this.#topic = rivals.some(({ name }) => words.includes(name)) ? undefined : about;
  }
}

function wordsOf(sentence: string): string[] {
  return sentence.split(/[^A-Za-z]+/);
}
