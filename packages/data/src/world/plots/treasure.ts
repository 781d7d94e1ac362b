/** Somebody finds what another has lost, and gives it back, or keeps it. */
import type { World } from '../world.js';
import { backgrounds, type Ending } from './cast.js';

export function treasure(world: World): Ending {
  const [hero, friend] = world.people;
  const thing = world.thing();
  const place = world.place();
  const town = world.place();
  const good = world.chance(1, 2);
  const gift = world.food();
  backgrounds(world, hero, friend);
  world.know({ type: 'be', who: [friend], place }, { type: 'be', who: [hero], place: town });
  world.know({ type: 'have', who: friend, thing });
  world.happen(
    { type: 'lose', who: friend, thing, place },
    { type: 'go', who: [friend], place: town },
    { type: 'go', who: [hero], place },
    { type: 'find', who: hero, thing, place, spot: world.random.pick(place.spots) },
  );
  world.turn();
  world.happen({ type: 'use', who: hero, thing }, { type: 'go', who: [hero], place: town });
  world.happen({ type: 'ask', who: friend, whom: hero, thing });
  world.turn();
  if (good) {
    world.know({ type: 'have', who: friend, thing: gift });
    world.happen(
      { type: 'return', who: hero, to: friend, thing },
      { type: 'thank', who: friend, to: hero },
      { type: 'give', who: friend, to: hero, thing: gift },
      { type: 'eat', who: hero, thing: gift },
    );
    return {
      good: true,
      summary: [
        `^${hero} found the ${thing} of ${friend} and gave it back`,
        `^${friend} got the ${thing} back and gave ${hero} ${gift.a}`,
      ],
      morals: ['honest people sleep well.', 'to give back is to be given.'],
    };
  }
  world.happen(
    { type: 'refuse', who: hero, whom: friend, thing },
    { type: 'go', who: [friend], place: world.place() },
  );
  return {
    good: false,
    summary: [
      `^${hero} found the ${thing} of ${friend} and {kept it|did not give it back}`,
      `^${friend} lost the ${thing}, and ${hero} {kept it|did not give it back}`,
    ],
    morals: ['what you find may be missed by somebody.', 'a thing is not worth a friend.'],
  };
}
