/** A whole story: a plot happens, a narrator tells it. */
import type { Random } from '@gpt-ts/core';
import type { Person } from '../story-world/person.js';
import type { WorldEvent } from './event.js';
import { Narrator } from './narrator.js';
import { Page, STUCK } from './page.js';
import type { Ending } from './plots/cast.js';
import { plots } from './plots/plots.js';
import type { Split } from './split.js';
import { isGood } from './words/feelings.js';
import { World } from './world.js';

/** A story on its page, ready to go on, and what it knows. */
export interface ToldStory {
  world: World;
  page: Page;
  ending: Ending;
  hero: Person;
  /** Events the text tells, in order: all but some feelings. */
  told: WorldEvent[];
}

/** What a story should be. */
export interface StoryWishes {
  /** Stands before the story, on a line of its own, in several wordings. */
  before?: readonly string[];
  /** Whether what happened will do; asked before it is told. */
  suits?(world: World): boolean;
}

/** Tells a new story. @throws STUCK when it cannot be worded in this split. */
export function tellStory(random: Random, split: Split, { before = [], suits }: StoryWishes = {}): ToldStory {
  const world = new World(random);
  const ending = random.pick(plots)(world);
  if (suits?.(world) === false) throw STUCK;
  const page = new Page(random, split, world.people);
  if (before.length > 0) page.say(before);
  const hero = world.people[0];
  const narrator = new Narrator(world, page);
  const told: WorldEvent[] = [];
  const known = new Set<Person>();
  let joint = before.length > 0 ? '\n' : ' ';
  const meet = (who: Person) => {
    if (known.has(who)) return;
    narrator.introduce(who, hero, joint);
    known.add(who);
    joint = ' ';
  };
  for (const [i, event] of world.events.entries()) {
    if (world.turns.has(i)) joint = '\n';
    if (event.type === 'feel' && !world.chance(1, 2)) {
      narrator.pass(event);
      continue;
    }
    if (known.size === 0) meet(hero);
    for (const person of peopleOf(event)) meet(person);
    narrator.tell(event, joint);
    told.push(event);
    joint = ' ';
  }
  close(world, page, hero, ending);
  return { world, page, ending, hero, told };
}

/** All people an event names. */
function peopleOf(event: WorldEvent): Person[] {
  const { who, whom, to, from } = event as {
    who: Person | Person[];
    whom?: Person;
    to?: Person;
    from?: Person;
  };
  const others = [whom, to, from].filter((person) => person !== undefined);
  return [...(Array.isArray(who) ? who : [who]), ...others];
}

function close(world: World, page: Page, hero: Person, { morals, good }: Ending): void {
  const feeling = world.state.feeling.get(hero);
  if (feeling !== undefined && isGood(feeling) === good && world.chance(1, 2)) {
    page.say(
      good
        ? [
            `{that|it} was {a good|a fine|a happy} day for ${hero}.`,
            `^${hero} {went to bed|fell asleep} with a smile {that night|that evening}.`,
            `^${hero} {sang|hummed} all the way home.`,
          ]
        : [
            `{that|it} was not {a good|a happy} day for ${hero}.`,
            `^${hero} {lay awake|could not sleep} for a long time {that night|that evening}.`,
            `^${hero} {walked|went} home without a word.`,
          ],
    );
  }
  if (world.chance(1, 2)) page.say(morals.map((moral) => `{|so |you see, |and so |remember: }${moral}`));
}
