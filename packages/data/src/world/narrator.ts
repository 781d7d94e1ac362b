/** Tells what happened in a world, event by event, on a page. */
import type { Person } from '../story-world/person.js';
import { traits } from '../story-world/words/people.js';
import { causeOf } from './cause.js';
import type { Mood, WorldEvent } from './event.js';
import type { Page } from './page.js';
import { remarks } from './remarks.js';
import { apply, State } from './state.js';
import { type Naming, statements } from './statements.js';
import type { Thing } from './thing.js';
import { feelingWords, isGood } from './words/feelings.js';
import type { World } from './world.js';

const FAIR = ['sunny', 'warm', 'bright', 'fine', 'cool', 'quiet', 'clear'];
const DAYS = ['morning', 'day', 'afternoon', 'evening'];
const LINKS =
  '{then |soon |after that, |a little later, |next, |before long, |not long after, |a while later, |in the end, }';
// Between "Mia" and what she did.
const MANNERS = '{then |soon |now |finally |quickly |quietly |slowly |at once }';

/** Names things as a story does: in full at first, then short, as someone's own where it is. */
export class Narrator {
  readonly #world: World;
  readonly #page: Page;
  readonly #state = new State();
  readonly #named = new Set<Thing>();
  #begun = false;

  constructor(world: World, page: Page) {
    this.#world = world;
    this.#page = page;
  }

  /** Introduces a person who is the hero, or a friend of the hero. */
  introduce(who: Person, hero: Person, joint: string): void {
    const [trait, other] = this.#world.random.shuffle(traits);
    // No trait begins with a vowel, so "a" is right before each.
    const someone = `a {${trait}|${trait} and ${other}|${trait} little|very ${trait}} ${who.kind}`;
    const traitOf = `{${trait}|${trait} and ${other}|${trait} but ${other}|so ${trait}|very ${trait}}`;
    this.#page.say(
      who === hero
        ? [
            `{once upon a time|once|long ago|not so long ago|in a quiet town|in a small village}, there {was|lived} ${someone} {named|called} ${who}.`,
            `^${who} was ${someone}.`,
            `this is {the|a} {story|tale} of ${who}, ${someone}.`,
            `{do you know|have you heard of|did you ever meet} ${who}? ^${who} was ${someone}.`,
            `there was {once |}${someone}, and {the|that} ${who.kind}'s name was ${who}.`,
            `{everyone|everybody} {knew|liked} ${who}, ${someone}.`,
          ]
        : [
            `^${hero} had {a good|a dear|an old|a close|a true} friend {named|called} ${who}${who.isAnimal ? ` the ${who.kind}` : ''}.`,
            `^${hero}'s {good|best|dear|old|close} friend was {|called |named }${who}{|, a ${trait} ${who.kind}}.`,
            `${who}, ${someone}, was {a good|a dear|an old|a close|the best} friend of ${hero}.`,
            `{every day|often|on most days|after school}, ^${hero} {played|talked|met} with ${who}, ${someone}.`,
            `one of ${hero}'s {good|best|dear|old|close} friends was ${who}, ${someone}.`,
            `^${hero} {often played|liked to play|went to school|loved to talk} with ${who}, ${someone}.`,
            `there was also {a ${trait}|a ${other}|a young|a little} ${who.kind} {named|called} ${who}.`,
            `{a ${trait}|a ${other}|a young|a little} ${who.kind} {named|called} ${who} lived {next door|close by|not far away}.`,
            `${who}, ${someone}, {was|lived|had a house} {not far away|close by|next door}, {too|as well}.`,
            `{then there was|they also knew|near them lived|next door lived} ${who}, ${someone}.`,
            `${who} the ${who.kind} was ${traitOf}, and {everyone|everybody|all the town} {liked|knew} ${who.him}.`,
          ],
      joint,
    );
  }

  /** Tells one event. */
  tell(event: WorldEvent, joint = ' '): void {
    const wordings = event.type === 'feel' ? this.#moodWordings(event) : this.#wordings(event);
    this.#page.say(wordings, joint);
    this.pass(event);
  }

  /** Lets an event happen without a word. */
  pass(event: WorldEvent): void {
    apply(this.#state, event);
  }

  #wordings(event: WorldEvent): string[] {
    const the = this.#naming();
    const isFact = ['be', 'have', 'aged', 'lives', 'likes'].includes(event.type);
    const plain = statements(event, the);
    const lively = remarks(event, the);
    this.#mention(event);
    const said = lively.filter((line) => line.startsWith('"'));
    const shown = [...plain, ...plain.filter((line) => line.startsWith('^')), ...lively].filter(
      (line) => !line.startsWith('"'),
    );
    if (isFact) return shown.map(closed);
    if (!this.#begun) {
      this.#begun = true;
      const when = `one {${FAIR.join('|')}} {${DAYS.join('|')}}, `;
      return shown.filter(startsWithSomeone).map((line) => closed(when + line));
    }
    const isPlan = event.type === 'plan' || event.type === 'intend';
    return [...shown, ...(isPlan ? [] : shown.map(hurried)), ...said].map(closed);
  }

  #moodWordings({ who, feeling, cause }: Mood): string[] {
    const words = `{${feelingWords[feeling].join('|')}}`;
    const because = causeOf(cause, who);
    return [
      `^${who} {was|felt} {|very |so }${words} because ${because}.`,
      `because ${because.replace(who.he, `${who}`)}, ${who.he} {was|felt} ${words}.`,
      `{this|that} made ${who} {|very }${words}.`,
      `^${who} {was|felt} {|very |so |quite }${words}{| about it| at once}.`,
      isGood(feeling)
        ? `^${who} {smiled|laughed|danced a little} and {was|felt} ${words}.`
        : `^${who} {sighed|sat down|looked at the ground} and {was|felt} ${words}.`,
    ].filter((line) => !line.startsWith('because') || because.startsWith(who.he));
  }

  #naming(): Naming {
    return (thing, by) => {
      if (!this.#named.has(thing)) return thing.a;
      const owner = this.#state.owner.get(thing);
      if (owner === undefined) return `the ${thing}`;
      return owner === by ? `{the|${owner.his}} ${thing}` : `the ${thing}`;
    };
  }

  #mention(event: WorldEvent): void {
    if ('thing' in event) this.#named.add(event.thing);
  }
}

const startsWithSomeone = (line: string) => /^\^?[A-Z]/.test(line);

/** The same with a word for when or how: before it, or after the name where that sounds well. */
function hurried(line: string, i: number): string {
  if (!startsWithSomeone(line) || /did not (\{give|get|give)/.test(line)) return line;
  const name = /^\^\w+ (?!was|were|had|did|and|borrowed|{was)/.exec(line)?.[0];
  if (i % 2 === 0 || name === undefined) return LINKS + line;
  return name + MANNERS + line.slice(name.length);
}

/** A sentence with its full stop, inside the quotation mark where it ends with speech. */
function closed(line: string): string {
  if (/[.!?]"?$/.test(line)) return line;
  return line.endsWith('"') ? `${line.slice(0, -1)}."` : `${line}.`;
}
