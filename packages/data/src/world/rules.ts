/** The laws of the world: what can happen, and how people take it. */
import type { Person } from '../story-world/person.js';
import type { Deed, Mood, WorldEvent } from './event.js';
import type { State } from './state.js';
import type { Feeling } from './words/feelings.js';

/** Whether an event could happen now. */
export function isPossible(state: State, event: WorldEvent): boolean {
  const holds = (who: Person) => 'thing' in event && state.holder(event.thing) === who;
  switch (event.type) {
    case 'have':
    case 'make':
      return !state.where.has(event.thing);
    case 'go':
      return event.who.every((person) => state.at.get(person) !== event.place);
    case 'meet':
      return state.at.get(event.who) === event.place;
    case 'want':
      return !holds(event.who);
    case 'ask':
      return holds(event.whom) && state.together(event.who, event.whom);
    case 'refuse':
      return holds(event.who) && state.together(event.who, event.whom);
    case 'give':
      return holds(event.who) && owns(state, event) && state.together(event.who, event.to);
    case 'lend':
      return holds(event.who) && owns(state, event) && state.together(event.who, event.to);
    case 'return':
      return (
        holds(event.who) &&
        state.owner.get(event.thing) === event.to &&
        event.who !== event.to &&
        state.together(event.who, event.to)
      );
    case 'grab':
      return holds(event.from) && event.who !== event.from && state.together(event.who, event.from);
    case 'put':
    case 'lose':
      return holds(event.who) && state.at.get(event.who) === event.place;
    case 'take':
      return lies(state, event, false);
    case 'find':
      return lies(state, event, true);
    case 'seek':
      return !holds(event.who) && state.at.get(event.who) === event.place;
    case 'break':
      return holds(event.who) && event.thing.kind?.breaks === true && !state.broken.has(event.thing);
    case 'mend':
      return holds(event.who) && state.broken.has(event.thing);
    case 'use':
      return holds(event.who) && event.thing.kind !== undefined && !state.broken.has(event.thing);
    case 'eat':
      return holds(event.who) && event.thing.kind === undefined;
    case 'pick':
      return event.count > 0 && state.at.get(event.who) === event.place;
    case 'share':
      return (
        event.count > 0 &&
        (state.fruit.get(event.who) ?? 0) >= event.count &&
        state.together(event.who, event.to)
      );
    case 'munch':
      return event.count > 0 && (state.fruit.get(event.who) ?? 0) >= event.count;
    case 'promise':
      return holds(event.who);
    case 'forget':
      return state.promised.get(event.who)?.thing === event.thing;
    case 'storm':
      return event.who.every((person) => state.at.get(person) === event.place);
    default:
      return true;
  }
}

/** How an event makes people feel, whom it makes feel anything. Called before the event changes the state. */
export function reactions(state: State, deed: Deed): Mood[] {
  const feel = (who: Person, feeling: Feeling): Mood => ({ type: 'feel', who, feeling, cause: deed });
  switch (deed.type) {
    case 'lose':
      return [feel(state.owner.get(deed.thing) ?? deed.who, 'sad')];
    case 'find': {
      const owner = state.owner.get(deed.thing);
      return owner === deed.who ? [feel(deed.who, 'happy')] : [];
    }
    case 'seek':
      return [feel(deed.who, 'sad')];
    case 'give':
      return [feel(deed.to, 'happy')];
    case 'return':
      return [feel(deed.to, 'happy')];
    case 'refuse':
      return [feel(deed.whom, 'sad')];
    case 'grab':
      return [feel(deed.from, 'angry')];
    case 'break': {
      const owner = state.owner.get(deed.thing);
      if (owner === undefined || owner === deed.who) return [feel(deed.who, 'sad')];
      return [feel(deed.who, 'sorry'), feel(owner, 'angry')];
    }
    case 'mend': {
      const owner = state.owner.get(deed.thing) ?? deed.who;
      return owner === deed.who ? [feel(owner, 'happy')] : [feel(owner, 'happy'), feel(deed.who, 'proud')];
    }
    case 'make':
      return [feel(deed.who, 'proud')];
    case 'use':
    case 'eat':
      return [feel(deed.who, 'happy')];
    case 'share':
      return [feel(deed.to, 'happy')];
    case 'forget':
      return [feel(deed.to, 'sad')];
    case 'storm':
      return deed.who.map((who) => feel(who, 'afraid'));
    case 'forgive':
      return [feel(deed.whom, 'happy')];
    default:
      return [];
  }
}

function owns(state: State, event: { who: Person; thing: Parameters<State['holder']>[0] }): boolean {
  return state.owner.get(event.thing) === event.who;
}

function lies(state: State, event: Extract<Deed, { type: 'take' | 'find' }>, lost: boolean): boolean {
  const where = state.where.get(event.thing);
  if (where === undefined || 'holder' in where) return false;
  return where.place === event.place && where.lost === lost && state.at.get(event.who) === event.place;
}
