/**
 * A text while it is written: sentence by sentence, each in the first wording that its split allows.
 *
 * In a wording, `{a|b|}` is one of these, and `^Mia` is Mia as the subject: "she", three times in four, when the sentence
 * before was about her and named no other she. A wording that no split wants makes the page go back and say the sentences
 * before it otherwise.
 */
import type { Random } from '@gpt-ts/core';
import { capitalise } from '../story-world/grammar.js';
import type { Person } from '../story-world/person.js';
import { type Split, SplitGate } from './split.js';

/** Thrown when nothing fits; {@link draw} then begins anew. Without a stack, because it is thrown often. */
export const STUCK: Error = new Error('No wording of this text is in its split.');

/** A sentence to say. */
interface Beat {
  wordings: readonly string[];
  /** Before the sentence: a space, or line ends. */
  joint: string;
  /** Kept as it is, with its capitals or without. */
  verbatim: boolean;
}

/** A sentence as it was said. */
interface Said {
  text: string;
  /** Words on the page before it. */
  words: number;
  /** Whom it was about, if "he" or "she" can mean nobody else now. */
  topic: Person | undefined;
}

const TRIES = 12; // of one sentence in one place
const BACK = 8; // sentences to say again, at most
const ROUNDS = 8; // of going back 1, 2, ... sentences
const BUDGET = 3000; // sentences tried on one page, more or less

/** Collects sentences; every choice comes from one stream of random integers. */
export class Page {
  readonly #random: Random;
  readonly #gate: SplitGate;
  readonly #people: readonly Person[];
  readonly #beats: Beat[] = [];
  readonly #said: Said[] = [];
  #budget = BUDGET;

  constructor(random: Random, split: Split, people: readonly Person[] = []) {
    this.#random = random;
    this.#gate = new SplitGate(split);
    this.#people = people;
  }

  /** How many sentences there are: the number of the next one. */
  get length(): number {
    return this.#beats.length;
  }

  /**
   * Says one of these wordings.
   *
   * @param joint - What stands before it. Line ends begin a new paragraph, where nobody is "she" yet.
   * @throws {@link STUCK} when no wording fits.
   */
  say(wordings: readonly string[], joint = ' '): void {
    this.#beats.push({ wordings, joint, verbatim: false });
    this.#tell();
  }

  /** Says one of these as it is: no capital is added. */
  put(wordings: readonly string[], joint = ' '): void {
    this.#beats.push({ wordings, joint, verbatim: true });
    this.#tell();
  }

  /** The sentences from number `from` to before `to`, without what stands before the first. */
  text(from = 0, to: number = this.length): string {
    let text = '';
    for (let i = from; i < to; i++) text += (i === from ? '' : this.#beats[i].joint) + this.#said[i].text;
    return text;
  }

  /** Sentence number `i` as it stands on the page, with what comes before it. */
  piece(i: number): string {
    return this.#beats[i].joint + this.#said[i].text;
  }

  /** The whole text. @throws {@link STUCK} when it is so short that it could be of any split, and is of another. */
  finish(): string {
    if (!this.#gate.isWhole()) throw STUCK;
    return this.text();
  }

  /** Says all sentences that are still unsaid. */
  #tell(): void {
    let round = 0;
    while (this.#said.length < this.#beats.length) {
      if (this.#sayNext()) continue;
      if (round === ROUNDS || this.#budget <= 0) throw STUCK;
      const length = Math.max(0, this.#beats.length - 2 - (round % BACK));
      round++;
      if (length < this.#said.length) {
        this.#gate.rewind(this.#said[length].words);
        this.#said.length = length;
      }
    }
  }

  #sayNext(): boolean {
    const i = this.#said.length;
    const { wordings, joint, verbatim } = this.#beats[i];
    const topic = joint.includes('\n') ? undefined : this.#said[i - 1]?.topic;
    const words = this.#gate.length;
    for (let attempt = 0; attempt < TRIES; attempt++) {
      this.#budget--;
      const wording = expand(this.#random.pick(wordings), this.#random);
      const about = this.#subject(wording);
      const known = about !== undefined && about === topic && this.#random.int(4) > 0;
      const text = known ? withPronoun(wording, about) : wording.replaceAll('^', '');
      if (!this.#gate.add(text)) continue;
      const said = verbatim ? text : capitalise(text);
      this.#said.push({ text: said, words, topic: this.#topicAfter(said, about) });
      return true;
    }
    return false;
  }

  #subject(wording: string): Person | undefined {
    const at = wording.indexOf('^') + 1;
    return at === 0 ? undefined : this.#people.find(({ name }) => wording.startsWith(name, at));
  }

  #topicAfter(sentence: string, about: Person | undefined): Person | undefined {
    if (about === undefined) return undefined;
    const isRival = (person: Person) =>
      person !== about && person.he === about.he && sentence.includes(person.name);
    return this.#people.some(isRival) ? undefined : about;
  }
}

function withPronoun(wording: string, who: Person): string {
  return wording.replace(`^${who}'s`, who.his).replace(`^${who}`, who.he).replaceAll('^', '');
}

/** A wording with its choices made. */
function expand(wording: string, random: Random): string {
  let text = '';
  let at = 0;
  for (;;) {
    const open = wording.indexOf('{', at);
    if (open < 0) return text + wording.slice(at);
    const close = wording.indexOf('}', open);
    text += wording.slice(at, open) + random.pick(choices(wording.slice(open + 1, close)));
    at = close + 1;
  }
}

const MAX_REMEMBERED = 10_000;
const remembered = new Map<string, readonly string[]>();

function choices(options: string): readonly string[] {
  const known = remembered.get(options);
  if (known !== undefined) return known;
  const made = options.split('|');
  if (remembered.size < MAX_REMEMBERED) remembered.set(options, made);
  return made;
}
