/** What is so at one moment, and how each event changes it. */
import type { Person } from '../story-world/person.js';
import type { WorldEvent } from './event.js';
import type { Thing } from './thing.js';
import type { Feeling } from './words/feelings.js';
import type { Place } from './words/places.js';

/** Where a thing is: in someone's hands, at a place, or nowhere (eaten). */
export type Whereabouts = { holder: Person } | { place: Place; lost: boolean } | undefined;

/** A moment of a world. Made by {@link replay}; only {@link apply} changes it. */
export class State {
  readonly at: Map<Person, Place> = new Map();
  readonly owner: Map<Thing, Person> = new Map();
  readonly where: Map<Thing, Whereabouts> = new Map();
  readonly broken: Set<Thing> = new Set();
  readonly feeling: Map<Person, Feeling> = new Map();
  /** How much fruit each person holds. A story counts one kind. */
  readonly fruit: Map<Person, number> = new Map();
  /** Who owes a promise to whom. */
  readonly promised: Map<Person, { to: Person; thing: Thing }> = new Map();

  holder(thing: Thing): Person | undefined {
    const where = this.where.get(thing);
    return where !== undefined && 'holder' in where ? where.holder : undefined;
  }

  /** The place where a thing lies, or where its holder is. */
  placeOf(thing: Thing): Place | undefined {
    const where = this.where.get(thing);
    if (where === undefined) return undefined;
    return 'holder' in where ? this.at.get(where.holder) : where.place;
  }

  isLost(thing: Thing): boolean {
    const where = this.where.get(thing);
    return where !== undefined && 'lost' in where && where.lost;
  }

  together(one: Person, other: Person): boolean {
    return this.at.get(one) === this.at.get(other);
  }
}

/** The state after these events. */
export function replay(events: readonly WorldEvent[]): State {
  const state = new State();
  for (const event of events) apply(state, event);
  return state;
}

/** Changes a state by one event. Whether it could happen is {@link isPossible}'s question. */
export function apply(state: State, event: WorldEvent): void {
  switch (event.type) {
    case 'be':
    case 'go':
      for (const person of event.who) state.at.set(person, event.place);
      return;
    case 'have':
    case 'make':
      state.owner.set(event.thing, event.who);
      state.where.set(event.thing, { holder: event.who });
      return;
    case 'give':
      state.owner.set(event.thing, event.to);
      state.where.set(event.thing, { holder: event.to });
      if (state.promised.get(event.who)?.thing === event.thing) state.promised.delete(event.who);
      return;
    case 'lend':
    case 'return':
      state.where.set(event.thing, { holder: event.to });
      return;
    case 'grab':
    case 'take':
    case 'find':
      state.where.set(event.thing, { holder: event.who });
      return;
    case 'put':
    case 'lose':
      state.where.set(event.thing, { place: event.place, lost: event.type === 'lose' });
      return;
    case 'break':
      state.broken.add(event.thing);
      return;
    case 'mend':
      state.broken.delete(event.thing);
      return;
    case 'eat':
      state.where.set(event.thing, undefined);
      return;
    case 'pick':
      addFruit(state, event.who, event.count);
      return;
    case 'share':
      addFruit(state, event.who, -event.count);
      addFruit(state, event.to, event.count);
      return;
    case 'munch':
      addFruit(state, event.who, -event.count);
      return;
    case 'promise':
      state.promised.set(event.who, { to: event.to, thing: event.thing });
      return;
    case 'forget':
      state.promised.delete(event.who);
      return;
    case 'feel':
      state.feeling.set(event.who, event.feeling);
      return;
    case 'meet':
      state.at.set(event.who, event.place);
      state.at.set(event.whom, event.place);
      return;
  }
}

function addFruit(state: State, who: Person, count: number): void {
  state.fruit.set(who, (state.fruit.get(who) ?? 0) + count);
}
