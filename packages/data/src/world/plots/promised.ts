/** A promise: kept, forgotten, or forgotten and made good. */
import type { World } from '../world.js';
import { backgrounds, type Ending } from './cast.js';

export function promised(world: World): Ending {
  const [hero, friend] = world.people;
  const thing = world.thing();
  const start = world.place();
  const place = world.place();
  const end = world.random.int(3);
  backgrounds(world, hero, friend);
  world.know({ type: 'be', who: [hero, friend], place: start }, { type: 'have', who: hero, thing });
  world.happen(
    { type: 'want', who: friend, thing },
    { type: 'promise', who: hero, to: friend, thing },
    { type: 'go', who: [hero], place },
    { type: 'use', who: hero, thing },
  );
  world.turn();
  world.happen({ type: 'storm', who: [hero], place });
  if (end > 0) world.happen({ type: 'forget', who: hero, to: friend, thing });
  if (end < 2) world.happen({ type: 'go', who: [hero], place: start });
  world.turn();
  if (end === 2) {
    world.happen({ type: 'go', who: [friend], place: world.place() });
    return {
      good: false,
      summary: [
        `^${hero} promised ${friend} the ${thing} but {forgot it|did not keep the promise}`,
        `^${friend} never got the ${thing} that ${hero} {had promised|promised} ${friend.him}`,
      ],
      morals: ['a promise is not a game.', 'who forgets a promise may lose a friend.'],
    };
  }
  if (end === 1) world.happen({ type: 'apologise', who: hero, to: friend });
  world.happen({ type: 'give', who: hero, to: friend, thing }, { type: 'thank', who: friend, to: hero });
  return {
    good: true,
    summary:
      end === 0
        ? [
            `^${hero} kept ${hero.his} promise and gave ${friend} the ${thing}`,
            `in spite of a storm, ${friend} got the ${thing} that ${hero} {had promised|promised}`,
          ]
        : [
            `^${hero} forgot a promise but gave ${friend} the ${thing} in the end`,
            `^${friend} got the ${thing} late because ${hero} forgot ${hero.his} promise`,
          ],
    morals: ['a promise is a promise.', 'better late than never.'].slice(end, end + 1),
  };
}
