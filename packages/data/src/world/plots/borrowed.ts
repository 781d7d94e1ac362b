/** Something is lent and broken: it is mended, or paid for with something else, or left as it is. */
import type { World } from '../world.js';
import { backgrounds, type Ending } from './cast.js';

export function borrowed(world: World): Ending {
  const [hero, friend] = world.people;
  const thing = world.thing(true);
  const place = world.place();
  const end = world.random.int(3);
  backgrounds(world, hero, friend);
  world.know({ type: 'have', who: friend, thing }, { type: 'be', who: [hero, friend], place });
  world.happen(
    { type: 'want', who: hero, thing },
    { type: 'ask', who: hero, whom: friend, thing },
    { type: 'lend', who: friend, to: hero, thing },
    { type: 'use', who: hero, thing },
  );
  world.turn();
  world.happen({ type: 'break', who: hero, thing });
  if (end < 2) world.happen({ type: 'apologise', who: hero, to: friend });
  world.turn();
  if (end === 0) {
    world.happen(
      { type: 'mend', who: hero, thing },
      { type: 'return', who: hero, to: friend, thing },
      { type: 'forgive', who: friend, whom: hero },
    );
    return {
      good: true,
      summary: [
        `^${hero} broke the ${thing} that ${friend} {had lent|lent} ${hero.him} and mended it`,
        `^${hero} broke the ${thing} of ${friend}, but then ${hero.he} {mended|fixed} it`,
      ],
      morals: ['what is broken can be mended.', 'say sorry, and then do something about it.'],
    };
  }
  if (end === 1) {
    const other = world.thing();
    world.know({ type: 'have', who: hero, thing: other });
    world.happen(
      { type: 'return', who: hero, to: friend, thing },
      { type: 'give', who: hero, to: friend, thing: other },
      { type: 'forgive', who: friend, whom: hero },
    );
    return {
      good: true,
      summary: [
        `^${hero} broke the ${thing} of ${friend} and gave ${friend.him} the ${other} {for it|instead}`,
        `because ${hero} broke the ${thing}, ${friend} got the ${other} from ${hero.him}`,
      ],
      morals: ['a good friend pays for what is broken.', 'it is brave to own up.'],
    };
  }
  world.happen(
    { type: 'return', who: hero, to: friend, thing },
    { type: 'go', who: [hero], place: world.place() },
  );
  return {
    good: false,
    summary: [
      `^${hero} broke the ${thing} of ${friend} and {went away|left} without a word`,
      `^${friend} lent ${hero} the ${thing} and got it back broken`,
    ],
    morals: ['a friend would have said sorry.', 'take care of what is not yours.'],
  };
}
