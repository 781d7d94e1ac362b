/** Two things change hands; then one of them breaks, or both friends are glad. */
import type { World } from '../world.js';
import { backgrounds, type Ending } from './cast.js';

export function trade(world: World): Ending {
  const [hero, friend] = world.people;
  const mine = world.thing();
  const yours = world.thing(true);
  const place = world.place();
  const end = world.random.int(3);
  backgrounds(world, hero, friend);
  world.know(
    { type: 'be', who: [hero, friend], place },
    { type: 'have', who: hero, thing: mine },
    { type: 'have', who: friend, thing: yours },
  );
  world.happen(
    { type: 'want', who: hero, thing: yours },
    { type: 'ask', who: hero, whom: friend, thing: yours },
  );
  world.turn();
  if (end === 2) {
    world.happen(
      { type: 'refuse', who: friend, whom: hero, thing: yours },
      { type: 'grab', who: hero, from: friend, thing: yours },
    );
    world.turn();
    world.happen(
      { type: 'break', who: hero, thing: yours },
      { type: 'go', who: [friend], place: world.place() },
    );
    return {
      good: false,
      summary: [
        `^${hero} wanted the ${yours} of ${friend}, {grabbed|took} it and broke it`,
        `^${friend} did not give ${hero} the ${yours}, so ${hero} {grabbed|took} it and broke it`,
      ],
      morals: ['what you take by force does not last.', 'no means no.'],
    };
  }
  world.happen(
    { type: 'give', who: hero, to: friend, thing: mine },
    { type: 'give', who: friend, to: hero, thing: yours },
    { type: 'use', who: hero, thing: yours },
    { type: 'use', who: friend, thing: mine },
  );
  world.turn();
  if (end === 0) {
    world.happen({ type: 'thank', who: hero, to: friend });
    return {
      good: true,
      summary: [
        `^${hero} gave the ${mine} to ${friend} and got the ${yours} for it`,
        `^${hero} and ${friend} traded the ${mine} for the ${yours}`,
      ],
      morals: ['a fair trade makes two people glad.', 'you can get what you want if you give something.'],
    };
  }
  world.happen({ type: 'break', who: hero, thing: yours }, { type: 'go', who: [hero], place: world.place() });
  return {
    good: false,
    summary: [
      `^${hero} got the ${yours} for the ${mine}, but then it broke`,
      `^${hero} and ${friend} traded the ${mine} for the ${yours}, and the ${yours} broke`,
    ],
    morals: ['think well before you trade.', 'new things can break, too.'],
  };
}
