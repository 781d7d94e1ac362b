/** Fruit is picked, counted, shared and eaten. */
import { plural } from '../../story-world/grammar.js';
import { amount } from '../words/count.js';
import type { World } from '../world.js';
import { backgrounds, type Ending } from './cast.js';

export function harvest(world: World): Ending {
  const [hero, friend, other] = world.people;
  const fruit = world.fruit;
  const place = world.place();
  const road = world.place();
  const count = 4 + world.random.int(6);
  const first = 1 + world.random.int(count - 2);
  const second = 1 + world.random.int(count - first - 1);
  backgrounds(world, hero, friend);
  world.know({ type: 'be', who: [hero], place }, { type: 'be', who: [friend, other], place: road });
  world.happen({ type: 'pick', who: hero, fruit, count, place });
  if (count - first - second > 0 && world.chance(1, 2))
    world.happen({ type: 'munch', who: hero, fruit, count: 1 });
  world.turn();
  world.happen(
    { type: 'go', who: [hero], place: road },
    { type: 'meet', who: hero, whom: friend, place: road },
    { type: 'share', who: hero, to: friend, fruit, count: first },
    { type: 'thank', who: friend, to: hero },
  );
  world.turn();
  const greedy = world.chance(1, 3);
  if (!greedy) {
    world.happen(
      { type: 'share', who: hero, to: other, fruit, count: second },
      { type: 'thank', who: other, to: hero },
    );
    if (world.chance(1, 2)) world.happen({ type: 'munch', who: friend, fruit, count: 1 });
    return {
      good: true,
      summary: [
        `^${hero} picked ${amount(count, fruit)} and shared them with ${friend} and ${other}`,
        `^${friend} and ${other} got ${plural(fruit)} from ${hero}`,
      ],
      morals: ['shared fruit tastes best.', 'there is enough for all who share.'],
    };
  }
  const rest = world.state.fruit.get(hero)!;
  world.happen({ type: 'munch', who: hero, fruit, count: rest });
  return {
    good: false,
    summary: [
      `^${hero} gave ${friend} ${amount(first, fruit)}, and ${other} got {nothing|none}`,
      `^${other} got no ${plural(fruit)} because ${hero} ate the {others|rest}`,
    ],
    morals: ['who eats it all has nobody to eat with.', 'think of those who have nothing.'],
  };
}
