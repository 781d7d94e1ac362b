/** Something is left lying and somebody takes it: it comes back with an apology, or it does not. */
import type { World } from '../world.js';
import { backgrounds, type Ending } from './cast.js';

export function leftBehind(world: World): Ending {
  const [hero, friend, other] = world.people;
  const thing = world.thing();
  const place = world.place();
  const away = world.place();
  const good = world.chance(1, 2);
  backgrounds(world, hero, other);
  world.know({ type: 'have', who: hero, thing }, { type: 'be', who: [hero, friend, other], place });
  world.happen(
    { type: 'put', who: hero, thing, place },
    { type: 'go', who: [hero, friend], place: away },
    { type: 'take', who: other, thing, place },
  );
  world.turn();
  world.happen({ type: 'go', who: [hero, friend], place }, { type: 'seek', who: hero, thing, place });
  world.happen({ type: 'ask', who: hero, whom: other, thing });
  world.turn();
  if (good) {
    world.happen(
      { type: 'apologise', who: other, to: hero },
      { type: 'return', who: other, to: hero, thing },
      { type: 'thank', who: hero, to: other },
    );
    return {
      good: true,
      summary: [
        `^${other} took the ${thing} of ${hero} but gave it back`,
        `^${hero} left the ${thing} {at|near} the ${place.noun} and got it back from ${other}`,
      ],
      morals: ['it is better to ask than to shout.', 'what is not yours must go back.'],
    };
  }
  world.happen(
    { type: 'refuse', who: other, whom: hero, thing },
    { type: 'go', who: [other], place: world.place() },
  );
  return {
    good: false,
    summary: [
      `^${other} took the ${thing} of ${hero} and {kept it|did not give it back}`,
      `^${hero} left the ${thing} {at|near} the ${place.noun}, and ${other} kept it`,
    ],
    morals: ['do not leave your things behind.', 'to keep what is not yours is wrong.'],
  };
}
