/** Food for one friend is eaten, or given to another who is hungry, and something good or bad comes of it. */
import type { World } from '../world.js';
import { backgrounds, type Ending } from './cast.js';

export function hungry(world: World): Ending {
  const [hero, friend, other] = world.people;
  const food = world.food();
  const reward = world.thing();
  const home = world.place();
  const road = world.place();
  const place = world.place();
  const end = world.random.int(3);
  backgrounds(world, hero, other);
  world.know(
    { type: 'have', who: hero, thing: food },
    { type: 'be', who: [hero], place: home },
    { type: 'be', who: [friend], place },
    { type: 'be', who: [other], place: road },
  );
  world.happen(
    { type: 'promise', who: hero, to: friend, thing: food },
    { type: 'go', who: [hero], place: road },
  );
  world.turn();
  world.happen(
    { type: 'meet', who: hero, whom: other, place: road },
    { type: 'want', who: other, thing: food },
    { type: 'ask', who: other, whom: hero, thing: food },
  );
  if (end === 0) {
    world.happen(
      { type: 'give', who: hero, to: other, thing: food },
      { type: 'eat', who: other, thing: food },
    );
    world.turn();
    world.know({ type: 'have', who: other, thing: reward });
    world.happen(
      { type: 'thank', who: other, to: hero },
      { type: 'give', who: other, to: hero, thing: reward },
      { type: 'go', who: [hero], place },
      { type: 'give', who: hero, to: friend, thing: reward },
    );
    return {
      good: true,
      summary: [
        `^${other} ate the ${food} that was for ${friend}, and ${friend} got the ${reward} {for it|instead}`,
        `^${hero} gave the ${food} to ${other}, and ${friend} got the ${reward} {for it|instead}`,
      ],
      morals: ['who gives will be given to.', 'be kind to all who are hungry.'],
    };
  }
  world.happen({ type: 'refuse', who: hero, whom: other, thing: food });
  world.turn();
  if (end === 1) {
    world.happen(
      { type: 'go', who: [hero], place },
      { type: 'give', who: hero, to: friend, thing: food },
      { type: 'eat', who: friend, thing: food },
      { type: 'thank', who: friend, to: hero },
    );
    return {
      good: true,
      summary: [
        `^${hero} brought the ${food} to ${friend} and not to ${other}`,
        `^${hero} did not give ${other} the ${food} because it was for ${friend}`,
      ],
      morals: ['first things first.', 'you cannot give the same thing to everyone.'],
    };
  }
  world.happen(
    { type: 'eat', who: hero, thing: food },
    { type: 'forget', who: hero, to: friend, thing: food },
  );
  return {
    good: false,
    summary: [
      `^${hero} ate the ${food} that was for ${friend}`,
      `^${hero} gave the ${food} to nobody and ate it {alone|up}`,
    ],
    morals: ['a full belly is not everything.', 'it is sad to eat alone.'],
  };
}
