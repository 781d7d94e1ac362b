/** What plots share: who is in the story and what is told of them at once. */
import type { Person } from '../../story-world/person.js';
import { fruits } from '../words/things.js';
import type { World } from '../world.js';

/** How a story ends, for those who sum it up. */
export interface Ending {
  /** The whole story in one sentence, in several wordings. */
  summary: string[];
  /** It ends well. */
  good: boolean;
  /** What one may learn from it. */
  morals: string[];
}

/** One kind of story: makes things happen, and says how it all was. */
export type Plot = (world: World) => Ending;

/** Lets some of what is open about people be known: age, home, favourite fruit. */
export function backgrounds(world: World, ...people: Person[]): void {
  for (const who of people) {
    if (world.chance(1, 3)) world.know({ type: 'aged', who, years: 4 + world.random.int(7) });
    if (world.chance(1, 3)) world.know({ type: 'lives', who, place: world.place() });
    if (world.chance(1, 3)) world.know({ type: 'likes', who, fruit: world.random.pick(fruits) });
  }
}
