/** Everything that can happen. A story is a list of these; all that is ever said of it follows from the list. */
import type { Person } from '../story-world/person.js';
import type { Thing } from './thing.js';
import type { Feeling } from './words/feelings.js';
import type { Place } from './words/places.js';

/** What is so from the beginning, or comes to be known. */
export type Fact =
  /** Someone is there. */
  | { type: 'be'; who: readonly Person[]; place: Place }
  /** Someone owns and holds a thing. */
  | { type: 'have'; who: Person; thing: Thing }
  | { type: 'aged'; who: Person; years: number }
  | { type: 'lives'; who: Person; place: Place }
  | { type: 'likes'; who: Person; fruit: string };

/** What someone does or what befalls someone. */
export type Deed =
  | { type: 'go'; who: readonly Person[]; place: Place }
  | { type: 'meet'; who: Person; whom: Person; place: Place }
  /** Hopes to use a thing somewhere. */
  | { type: 'plan'; who: Person; thing: Thing; place: Place }
  /** Hopes to give a thing. */
  | { type: 'intend'; who: Person; to: Person; thing: Thing }
  | { type: 'want'; who: Person; thing: Thing }
  | { type: 'ask'; who: Person; whom: Person; thing: Thing }
  | { type: 'refuse'; who: Person; whom: Person; thing: Thing }
  /** For good. */
  | { type: 'give'; who: Person; to: Person; thing: Thing }
  /** For a while: the owner stays the owner. */
  | { type: 'lend'; who: Person; to: Person; thing: Thing }
  | { type: 'return'; who: Person; to: Person; thing: Thing }
  /** From the hands of someone who did not want it. */
  | { type: 'grab'; who: Person; from: Person; thing: Thing }
  /** From where it lies. */
  | { type: 'take'; who: Person; thing: Thing; place: Place }
  | { type: 'put'; who: Person; thing: Thing; place: Place }
  | { type: 'lose'; who: Person; thing: Thing; place: Place }
  /** Looks for a thing, in vain. */
  | { type: 'seek'; who: Person; thing: Thing; place: Place }
  | { type: 'find'; who: Person; thing: Thing; place: Place; spot: string }
  | { type: 'break'; who: Person; thing: Thing }
  | { type: 'mend'; who: Person; thing: Thing }
  | { type: 'make'; who: Person; thing: Thing }
  | { type: 'use'; who: Person; thing: Thing }
  | { type: 'eat'; who: Person; thing: Thing }
  | { type: 'pick'; who: Person; fruit: string; count: number; place: Place }
  | { type: 'share'; who: Person; to: Person; fruit: string; count: number }
  | { type: 'munch'; who: Person; fruit: string; count: number }
  /** Promises to give a thing. */
  | { type: 'promise'; who: Person; to: Person; thing: Thing }
  | { type: 'forget'; who: Person; to: Person; thing: Thing }
  | { type: 'storm'; who: readonly Person[]; place: Place }
  | { type: 'apologise'; who: Person; to: Person }
  | { type: 'forgive'; who: Person; whom: Person }
  | { type: 'thank'; who: Person; to: Person };

/** A feeling, and what caused it. */
export interface Mood {
  type: 'feel';
  who: Person;
  feeling: Feeling;
  cause: Deed;
}

export type WorldEvent = Fact | Deed | Mood;
