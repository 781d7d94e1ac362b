/** A world in motion: people and things are drawn, events happen, feelings follow. */
import type { Random } from '@gpt-ts/core';
import { Person } from '../story-world/person.js';
import { feminine, masculine, talkingAnimals } from '../story-world/words/people.js';
import type { Deed, Fact, WorldEvent } from './event.js';
import { isPossible, reactions } from './rules.js';
import { apply, State } from './state.js';
import { LOOKS, type Look, Thing } from './thing.js';
import { boys, girls } from './words/names.js';
import { type Place, places } from './words/places.js';
import { foods, fruits, looks, type ThingKind, thingKinds } from './words/things.js';

/** Draws a cast and records what happens. The same random stream gives the same world. */
export class World {
  readonly random: Random;
  /** Everything that happened, in order. */
  readonly events: WorldEvent[] = [];
  /** Numbers of events that begin a new part of the story. */
  readonly turns: Set<number> = new Set();
  /** How it stands now. */
  readonly state: State = new State();
  readonly people: readonly [Person, Person, Person];
  readonly #kinds: ThingKind[];
  readonly #foods: string[];
  readonly #places: Place[];
  /** The one kind of fruit that is counted here. */
  readonly fruit: string;

  constructor(random: Random) {
    this.random = random;
    const girl = random.pick(girls);
    const boy = random.pick(boys);
    const animals = random.int(3) === 0 ? random.shuffle(talkingAnimals) : undefined;
    const pair = [
      new Person(girl, animals?.[0] ?? 'girl', feminine, animals !== undefined),
      new Person(boy, animals?.[1] ?? 'boy', masculine, animals !== undefined),
    ];
    if (random.int(2) === 0) pair.reverse();
    const isGirl = random.int(2) === 0;
    const name = other(random, isGirl ? girls : boys, [girl, boy]);
    const kind = animals?.[2] ?? (isGirl ? 'girl' : 'boy');
    const third = new Person(name, kind, isGirl ? feminine : masculine, animals !== undefined);
    this.people = [pair[0], pair[1], third];
    this.#kinds = random.shuffle(thingKinds);
    this.#foods = random.shuffle(foods);
    this.#places = random.shuffle(places);
    this.fruit = random.pick(fruits);
  }

  /** A new thing, unlike all others here. `breaks`: one that can break. */
  thing(breaks = false): Thing {
    const at = this.#kinds.findIndex((kind) => kind.breaks || !breaks);
    const [kind] = this.#kinds.splice(at, 1);
    const drawn: Record<Look, string> = {
      colour: this.random.pick(looks.colour),
      size: this.random.pick(looks.size),
      age: this.random.pick(looks.age),
      material: this.random.pick(kind.materials),
    };
    const told = this.random.shuffle(LOOKS).slice(0, 1 + this.random.int(2));
    return new Thing(kind.noun, kind, drawn, told);
  }

  /** Something to eat. */
  food(): Thing {
    const size = this.random.pick(looks.size);
    return new Thing(this.#foods.pop()!, undefined, { size }, this.random.int(2) === 0 ? ['size'] : []);
  }

  /** A place that was not in the story yet. */
  place(): Place {
    return this.#places.pop()!;
  }

  /** True `n` times out of `outOf`. */
  chance(n: number, outOf: number): boolean {
    return this.random.int(outOf) < n;
  }

  /** Something is so. */
  know(...facts: Fact[]): void {
    for (const fact of facts) this.#record(fact);
  }

  /** Something happens; those it touches feel something. */
  happen(...deeds: Deed[]): void {
    for (const deed of deeds) {
      const moods = reactions(this.state, deed);
      this.#record(deed);
      for (const mood of moods) this.#record(mood);
    }
  }

  /** Whether a deed could happen now. */
  can(deed: Deed): boolean {
    return isPossible(this.state, deed);
  }

  /** Begins a new part of the story. */
  turn(): void {
    this.turns.add(this.events.length);
  }

  #record(event: WorldEvent): void {
    if (!isPossible(this.state, event)) throw new Error(`A plot wants what cannot happen: ${event.type}.`);
    apply(this.state, event);
    this.events.push(event);
  }
}

function other(random: Random, names: readonly string[], taken: readonly string[]): string {
  return random.pick(names.filter((name) => !taken.includes(name)));
}
