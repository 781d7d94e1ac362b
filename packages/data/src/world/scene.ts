/** A scene: a few people, a few things, and some of what could happen, one after another. No plot. */
import type { Random } from '@gpt-ts/core';
import type { Person } from '../story-world/person.js';
import type { Deed } from './event.js';
import { backgrounds } from './plots/cast.js';
import type { Thing } from './thing.js';
import { places } from './words/places.js';
import { World } from './world.js';

/** A world after some random deeds. */
export interface Scene {
  world: World;
  /** Two or three people. */
  people: Person[];
  things: Thing[];
  deeds: Deed[];
}

/** Lets `count` deeds happen, each possible, none of a kind that happened to the same thing before. */
export function playScene(random: Random, count: number): Scene {
  const world = new World(random);
  const people = world.people.slice(0, 2 + random.int(2));
  const things = [world.thing(), random.int(4) === 0 ? world.food() : world.thing()];
  const owners = random.shuffle(people);
  if (random.int(2) === 0) backgrounds(world, ...people);
  for (const [i, thing] of things.entries()) world.know({ type: 'have', who: owners[i], thing });
  world.know({ type: 'be', who: people, place: world.place() });
  const deeds: Deed[] = [];
  while (deeds.length < count) {
    const options = possibleDeeds(world, people, things, deeds);
    if (options.length === 0) continue; // for this person and this thing
    const deed = random.pick(options);
    world.happen(deed);
    deeds.push(deed);
  }
  return { world, people, things, deeds };
}

function possibleDeeds(world: World, people: Person[], things: Thing[], before: readonly Deed[]): Deed[] {
  const { random, state } = world;
  const [who, to] = random.shuffle(people);
  const here = state.at.get(who)!;
  const thing = random.pick(things);
  const options: Deed[] = [
    { type: 'go', who: [who], place: random.pick(places) },
    { type: 'lose', who, thing, place: here },
    { type: 'put', who, thing, place: here },
    { type: 'break', who, thing },
    { type: 'mend', who, thing },
    { type: 'use', who, thing },
    { type: 'eat', who, thing },
    { type: 'take', who, thing, place: here },
    { type: 'seek', who, thing, place: here },
    { type: 'find', who, thing, place: here, spot: random.pick(here.spots) },
    { type: 'ask', who, whom: to, thing },
    ...(['give', 'give', 'lend', 'return', 'promise'] as const).map((type) => ({ type, who, to, thing })),
    { type: 'grab', who, from: to, thing },
    { type: 'pick', who, fruit: world.fruit, count: 3 + random.int(6), place: here },
    { type: 'share', who, to, fruit: world.fruit, count: 1 + random.int(2) },
  ];
  const fresh = options.filter((deed) => world.can(deed) && !before.some((other) => isLike(deed, other)));
  return fresh.filter((deed) => deed.type !== 'seek' || state.isLost(thing));
}

/** Of one kind, and about the same thing, person or fruit. */
export function isLike(deed: Deed, other: Deed): boolean {
  if (deed.type !== other.type) return false;
  if ('thing' in deed && 'thing' in other) return deed.thing === other.thing;
  return deed.type !== 'go' || deed.who[0] === (other as typeof deed).who[0];
}
