/**
 * What happened, said plainly: each event in several wordings that mean the same. `{a|b|}` is one of these, `^Mia` is Mia as
 * the subject; see `page.ts`.
 */
import { list, plural } from '../story-world/grammar.js';
import type { Person } from '../story-world/person.js';
import type { Deed, Fact, Mood, WorldEvent } from './event.js';
import type { Thing } from './thing.js';
import { amount } from './words/count.js';
import { feelingWords } from './words/feelings.js';
import { numbers } from './words/things.js';

/** How a thing is named; `by` is the subject of the sentence, whose own it may be. */
export type Naming = (thing: Thing, by?: Person) => string;

/** "the kite" */
const plainly: Naming = (thing) => `the ${thing}`;

/** All wordings of an event. */
export function statements(event: WorldEvent, the: Naming = plainly): string[] {
  switch (event.type) {
    case 'be':
    case 'have':
    case 'aged':
    case 'lives':
    case 'likes':
      return factStatements(event, the);
    case 'feel':
      return moodStatements(event);
    default:
      return deedStatements(event, the);
  }
}

function factStatements(fact: Fact, the: Naming): string[] {
  switch (fact.type) {
    case 'be': {
      const [one, ...others] = fact.who;
      if (others.length === 0) return [`^${one} was {|there |already }${fact.place.at}`];
      const lines = companies(fact.who).map(
        (who) => `${who} were {|there |already |together }${fact.place.at}`,
      );
      return [...lines, `^${one} was {|there |already }${fact.place.at} with ${list(others.map(String))}`];
    }
    case 'have': {
      const { who } = fact;
      const it = the(fact.thing, who);
      return [`^${who} {had|owned} ${it}`, `${it} belonged to ${who}`];
    }
    case 'aged':
      return [`^${fact.who} was {|only |already |just }${numbers[fact.years]}{| years old| years of age}`];
    case 'lives':
      return [
        `^${fact.who} lived {near|close to|not far from} the ${fact.place.noun}`,
        `^${fact.who}'s {home|house} was {near|close to|not far from} the ${fact.place.noun}`,
      ];
    case 'likes':
      return [
        `^${fact.who} {liked|loved} ${plural(fact.fruit)} {best|most|more than anything}`,
        `there was nothing ${fact.who} {liked|loved} more than ${plural(fact.fruit)}`,
      ];
  }
}

function moodStatements({ who, feeling }: Mood): string[] {
  const words = `{${feelingWords[feeling].join('|')}}`;
  return [`^${who} {was|felt} ${words}`];
}

function deedStatements(deed: Deed, the: Naming): string[] {
  switch (deed.type) {
    case 'go': {
      const [one, ...others] = deed.who;
      const went = '{went|walked|ran|hurried}';
      if (others.length === 0) {
        return [`^${one} ${went} ${deed.place.to}`, `^${one} made ${one.his} way ${deed.place.to}`];
      }
      return [
        ...companies(deed.who).map((who) => `${who} ${went} ${deed.place.to}`),
        `^${one} ${went} ${deed.place.to} {|together }with ${list(others.map(String))}`,
        `${list(deed.who.map(String))} made their way ${deed.place.to}`,
      ];
    }
    case 'plan': {
      const { use } = deed.thing.kind!;
      const it = the(deed.thing, deed.who);
      return [
        `^${deed.who} {wanted|hoped|planned} to ${use} ${it} ${deed.place.at}`,
        `^${deed.who}'s plan was to ${use} ${it} ${deed.place.at}`,
      ];
    }
    case 'intend':
      return [
        `^${deed.who} {wanted|hoped|planned} to give ${the(deed.thing, deed.who)} to ${deed.to}`,
        `${the(deed.thing)} was {meant|supposed} to be a present from ${deed.who} for ${deed.to}`,
      ];
    case 'meet':
      return [
        `^${deed.who} met ${deed.whom} ${deed.place.at}`,
        `${deed.place.at}, ^${deed.who} {met|came upon} ${deed.whom}`,
        `^${deed.whom} and ${deed.who} met ${deed.place.at}`,
      ];
    case 'want':
      return [
        `^${deed.who} wanted ${the(deed.thing, deed.who)}`,
        `^${deed.who} wished for ${the(deed.thing, deed.who)}`,
      ];
    case 'ask':
      return [
        `^${deed.who} asked ${deed.whom} for ${the(deed.thing, deed.who)}`,
        `^${deed.whom} was asked by ${deed.who} for ${the(deed.thing, deed.whom)}`,
      ];
    case 'refuse':
      return [
        `^${deed.who} did not {give|hand} ${the(deed.thing, deed.who)} to ${deed.whom}`,
        `^${deed.whom} did not get ${the(deed.thing, deed.whom)} from ${deed.who}`,
      ];
    case 'give':
      return handover(deed, the);
    case 'lend': {
      const { who, to, thing } = deed;
      return [
        `^${who} lent ${the(thing, who)} to ${to}`,
        `^${who} lent ${to} ${the(thing, who)}`,
        `^${to} borrowed ${the(thing, to)} from ${who}`,
        `${the(thing)} was lent to ${to} by ${who}`,
      ];
    }
    case 'return': {
      const { who, to, thing } = deed;
      return [
        `^${who} {gave|brought} ${the(thing, who)} back to ${to}`,
        `^${to} got ${the(thing, to)} back from ${who}`,
        `${the(thing)} was {given|brought} back to ${to} by ${who}`,
      ];
    }
    case 'grab': {
      const { who, from, thing } = deed;
      return [
        `^${who} {took|pulled} ${the(thing, who)} away from ${from}`,
        `^${from} had ${the(thing, from)} taken away by ${who}`,
        `${the(thing)} was taken away from ${from} by ${who}`,
      ];
    }
    case 'take':
      return active(deed, the, ['took', 'picked up'], ['taken', 'picked up'], ` ${deed.place.at}`);
    case 'put':
      return active(deed, the, ['left', 'put down'], ['left', 'put down'], ` ${deed.place.at}`);
    case 'lose':
      return [
        ...active(deed, the, ['lost'], ['lost'], ` ${deed.place.at}`),
        `${deed.place.at}, ^${deed.who} lost ${the(deed.thing, deed.who)}`,
      ];
    case 'seek': {
      const it = the(deed.thing, deed.who);
      return [
        `^${deed.who} looked for ${it} ${deed.place.at} but did not find it`,
        `^${deed.who} {searched for|looked for} ${it} ${deed.place.at}, and it was not there`,
        `${deed.place.at}, ^${deed.who} looked for ${it} in vain`,
      ];
    }
    case 'find':
      return [
        ...active(deed, the, ['found'], ['found'], ` ${deed.place.at}`),
        `${deed.place.at}, ^${deed.who} found ${the(deed.thing, deed.who)}`,
      ];
    case 'break':
      return active(deed, the, ['broke'], ['broken']);
    case 'mend':
      return active(deed, the, ['mended', 'fixed'], ['mended', 'fixed']);
    case 'make':
      return active(deed, the, ['made', 'built'], ['made', 'built']);
    case 'use': {
      const { use, used } = deed.thing.kind!;
      const it = the(deed.thing, deed.who);
      return [`^${deed.who} ${used} ${it}`, `^${deed.who} {got to|began to} ${use} ${it}`];
    }
    case 'eat':
      return active(deed, the, ['ate', 'ate up'], ['eaten', 'eaten up']);
    case 'pick': {
      const fruit = amount(deed.count, deed.fruit);
      return [
        `^${deed.who} {picked|gathered} ${fruit} ${deed.place.at}`,
        `${deed.place.at}, ^${deed.who} {picked|gathered} ${fruit}`,
      ];
    }
    case 'share': {
      const fruit = amount(deed.count, deed.fruit);
      return [
        `^${deed.who} {gave|handed} ${deed.to} ${fruit}`,
        `^${deed.who} {gave|handed} ${fruit} to ${deed.to}`,
        `^${deed.to} got ${fruit} from ${deed.who}`,
      ];
    }
    case 'munch':
      return [`^${deed.who} ate {|up }${amount(deed.count, deed.fruit)}`];
    case 'promise': {
      const { who, to, thing } = deed;
      return [
        `^${who} promised to give ${the(thing, who)} to ${to}`,
        `^${who} promised ${to} ${the(thing, who)}`,
        `^${to} was promised ${the(thing, to)} by ${who}`,
      ];
    }
    case 'forget':
      return [
        `^${deed.who} {forgot|did not keep} ${deed.who.his} promise to ${deed.to}`,
        `^${deed.who} did not give ${the(deed.thing, deed.who)} to ${deed.to}`,
      ];
    case 'storm': {
      const who = list(deed.who.map(String));
      const were = deed.who.length > 1 ? 'were' : 'was';
      return [
        `a storm came while ${who} ${were} ${deed.place.at}`,
        `${deed.place.at}, ${who} ${were} caught in a storm`,
      ];
    }
    case 'apologise':
      return [
        `^${deed.who} said sorry to ${deed.to}`,
        `^${deed.who} told ${deed.to} {|that }${deed.who.he} was sorry`,
      ];
    case 'forgive':
      return [`^${deed.who} was not angry with ${deed.whom}`, `^${deed.who} forgave ${deed.whom}`];
    case 'thank':
      return [`^${deed.who} {thanked|said thank you to} ${deed.to}`];
  }
}

function handover({ who, to, thing }: Extract<Deed, { type: 'give' }>, the: Naming): string[] {
  return [
    `^${who} {gave|handed} ${the(thing, who)} to ${to}`,
    `^${who} {gave|handed} ${to} ${the(thing, who)}`,
    `^${to} got ${the(thing, to)} from ${who}`,
    `^${to} was given ${the(thing, to)} by ${who}`,
    `${the(thing)} was {given|handed} to ${to} by ${who}`,
  ];
}

/** "Mia and Tom", "Tom and Mia" */
function companies(people: readonly Person[]): string[] {
  return [list(people.map(String)), list(people.toReversed().map(String))];
}

/** "Mia found the kite there", "the kite was found by Mia there". */
function active(
  { who, thing }: { who: Person; thing: Thing },
  the: Naming,
  did: readonly string[],
  done: readonly string[],
  where = '',
): string[] {
  return [
    `^${who} {${did.join('|')}} ${the(thing, who)}${where}`,
    `${the(thing)} was {${done.join('|')}} by ${who}${where}`,
  ];
}
