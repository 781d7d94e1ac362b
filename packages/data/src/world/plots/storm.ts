/** A storm comes and something stays outside: the next day it is there, or gone. */
import type { World } from '../world.js';
import { backgrounds, type Ending } from './cast.js';

export function stormyDay(world: World): Ending {
  const [hero, friend] = world.people;
  const thing = world.thing();
  const home = world.place();
  const place = world.place();
  const found = world.chance(1, 2);
  backgrounds(world, hero, friend);
  world.know({ type: 'have', who: hero, thing });
  world.know({ type: 'be', who: [hero, friend], place: home });
  world.happen(
    { type: 'plan', who: hero, thing, place },
    { type: 'go', who: [hero, friend], place },
    { type: 'use', who: hero, thing },
  );
  world.turn();
  world.happen(
    { type: 'storm', who: [hero, friend], place },
    { type: 'lose', who: hero, thing, place },
    { type: 'go', who: [hero, friend], place: home },
  );
  world.turn();
  world.happen({ type: 'go', who: [hero], place });
  if (found) {
    const spot = world.random.pick(place.spots);
    world.happen({ type: 'find', who: hero, thing, place, spot }, { type: 'use', who: hero, thing });
    return {
      good: true,
      summary: [
        `^${hero} lost the ${thing} in a storm and found it {again|later}`,
        `after a storm, ${hero} found the ${thing} {at|near} the ${place.noun}`,
      ],
      morals: ['after the rain comes the sun.', 'do not give up too soon.'],
    };
  }
  world.happen({ type: 'seek', who: hero, thing, place }, { type: 'go', who: [hero], place: home });
  return {
    good: false,
    summary: [
      `^${hero} lost the ${thing} in a storm and did not find it {again|anymore}`,
      `after a storm, ${hero} could not find the ${thing} {at|near} the ${place.noun}`,
    ],
    morals: ['the wind does not ask.', 'hold on tight when the wind blows.'],
  };
}
