/**
 * Invented languages: words and grammar are drawn from a seed, and every clause can be said and understood.
 *
 * Stems are three consonants around two vowels, so what follows a stem is an ending. Nouns take an ending for each role and
 * repeat their first syllable for "more than one"; names stay as they are, with the endings after a hyphen. The order of the
 * roles, the side of the adjectives and the endings differ from language to language.
 */
import { Random } from '@gpt-ts/core';
import { ADJECTIVES, type Clause, NOUNS, type NounPhrase, PLACES, VERBS } from './clause.js';

type Role = 'subject' | 'object' | 'recipient' | 'place' | 'verb';

const CONSONANTS = [...'bdfgklmnprstvz'];
const VOWELS = [...'aeiou'];
const ORDERS: readonly (readonly Role[])[] = [
  ['subject', 'place', 'recipient', 'object', 'verb'],
  ['verb', 'subject', 'object', 'recipient', 'place'],
  ['object', 'subject', 'recipient', 'place', 'verb'],
  ['place', 'subject', 'verb', 'recipient', 'object'],
];

/** One language: the same seed, the same words. */
export class Language {
  /** What its speakers call it: "Kavorish". */
  readonly name: string;
  readonly #words: ReadonlyMap<string, string>; // to stems
  readonly #meanings: ReadonlyMap<string, string>; // of stems
  readonly #order: readonly Role[];
  readonly #adjectivesFirst: boolean;
  readonly #endings: Readonly<Record<Role, string>>;
  readonly #not: string;

  constructor(seed: number) {
    const random = new Random(seed, 'language');
    const words = new Map<string, string>();
    const meanings = new Map<string, string>();
    for (const word of [...NOUNS, ...ADJECTIVES, ...PLACES, ...Object.keys(VERBS)]) {
      let stem = stemFrom(random);
      while (meanings.has(stem) || stem[0] === stem[2]) stem = stemFrom(random);
      words.set(word, stem);
      meanings.set(stem, word);
    }
    this.#words = words;
    this.#meanings = meanings;
    this.#order = random.pick(ORDERS);
    this.#adjectivesFirst = random.int(4) === 0;
    const [object, recipient, place, verb] = random.shuffle(
      VOWELS.flatMap((vowel) => [vowel, `${vowel}${random.pick([...'nsm'])}`]),
    );
    this.#endings = { subject: '', object, recipient, place, verb };
    this.#not = random.pick(CONSONANTS) + random.pick(VOWELS);
    const stem = stemFrom(random);
    this.name = `${stem[0].toUpperCase()}${stem.slice(1)}ish`;
  }

  /** The word for an English one, without an ending. */
  word(english: string): string {
    return this.#words.get(english) ?? english;
  }

  /** A phrase in a role: "rokun bibilas". */
  phrase({ noun, adjectives, plural }: NounPhrase, role: Role = 'subject'): string {
    const ending = this.#endings[role];
    if (!this.#words.has(noun)) return ending === '' ? noun : `${noun}-${ending}`;
    const stem = this.word(noun);
    const inflected = (plural ? stem.slice(0, 2) : '') + stem + ending;
    const described = adjectives.map((each) => this.word(each));
    return (this.#adjectivesFirst ? [...described, inflected] : [inflected, ...described]).join(' ');
  }

  /** Says a clause. */
  say(clause: Clause): string {
    const parts = this.#order.map((role) => {
      if (role === 'verb')
        return (clause.negated ? `${this.#not} ` : '') + this.word(clause.verb) + this.#endings.verb;
      if (role === 'place') {
        if (clause.place === undefined) return undefined;
        return this.phrase({ noun: clause.place, adjectives: [], plural: false }, role);
      }
      const phrase = clause[role];
      return phrase === undefined ? undefined : this.phrase(phrase, role);
    });
    return parts.filter((part) => part !== undefined).join(' ');
  }

  /** The clause that a sentence says, or undefined when it is none of this language. */
  understand(sentence: string): Clause | undefined {
    const clause: Partial<Clause> = { negated: false };
    let adjectives: string[] = [];
    let last: NounPhrase | undefined;
    for (const word of sentence.split(' ')) {
      if (word === this.#not) {
        clause.negated = true;
        continue;
      }
      const adjective = this.#meanings.get(word);
      if (adjective !== undefined && ADJECTIVES.includes(adjective)) {
        if (this.#adjectivesFirst) adjectives.push(adjective);
        else if (last === undefined) return undefined;
        else last.adjectives = [...last.adjectives, adjective];
        continue;
      }
      const read = this.#read(word);
      if (read === undefined) return undefined;
      const { role, noun, plural } = read;
      if (role === 'verb') clause.verb = noun;
      else if (role === 'place') clause.place = noun;
      else {
        last = { noun, adjectives, plural };
        adjectives = [];
        clause[role] = last;
      }
    }
    const { subject, verb, object } = clause;
    return subject && verb && object ? (clause as Clause) : undefined;
  }

  /** What a word with an ending is. */
  #read(word: string): { role: Role; noun: string; plural: boolean } | undefined {
    if (/^[A-Z]/.test(word)) {
      const [noun, ending = ''] = word.split('-');
      const role = this.#roleOf(ending);
      return role === undefined ? undefined : { role, noun, plural: false };
    }
    const plural = word.slice(0, 2) === word.slice(2, 4);
    const stem = plural ? word.slice(2, 7) : word.slice(0, 5);
    const noun = this.#meanings.get(stem);
    const role = this.#roleOf(word.slice(plural ? 7 : 5));
    return noun === undefined || role === undefined ? undefined : { role, noun, plural };
  }

  #roleOf(ending: string): Role | undefined {
    return (Object.keys(this.#endings) as Role[]).find((role) => this.#endings[role] === ending);
  }
}

/** "bilak" */
function stemFrom(random: Random): string {
  const letter = (letters: readonly string[]) => random.pick(letters);
  return letter(CONSONANTS) + letter(VOWELS) + letter(CONSONANTS) + letter(VOWELS) + letter(CONSONANTS);
}
