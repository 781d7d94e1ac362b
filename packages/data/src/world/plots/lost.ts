/** Something is lost, looked for, and found by a friend; or it stays lost, and a friend gives another. */
import { withArticle } from '../../story-world/grammar.js';
import type { World } from '../world.js';
import { backgrounds, type Ending } from './cast.js';

export function lost(world: World): Ending {
  const [hero, friend] = world.people;
  const thing = world.thing();
  const home = world.place();
  const place = world.place();
  const end = world.random.int(3);
  backgrounds(world, hero, friend);
  world.know({ type: 'have', who: hero, thing }, { type: 'be', who: [hero, friend], place: home });
  world.happen(
    { type: 'plan', who: hero, thing, place },
    { type: 'go', who: [hero, friend], place },
    { type: 'use', who: hero, thing },
  );
  world.turn();
  world.happen({ type: 'lose', who: hero, thing, place }, { type: 'seek', who: hero, thing, place });
  world.turn();
  if (end === 0) {
    world.happen(
      { type: 'find', who: friend, thing, place, spot: world.random.pick(place.spots) },
      { type: 'return', who: friend, to: hero, thing },
      { type: 'thank', who: hero, to: friend },
    );
    return {
      good: true,
      summary: [
        `^${hero} lost the ${thing} {at|near} the ${place.noun}, {and|but} ${friend} found it`,
        `^${friend} found the ${thing} that ${hero} {had lost|lost}`,
      ],
      morals: ['four eyes see more than two.', 'it is good to have a friend who helps you look.'],
    };
  }
  world.happen({ type: 'seek', who: friend, thing, place });
  if (end === 1) {
    const other = world.thing();
    world.happen(
      { type: 'go', who: [hero, friend], place: home },
      { type: 'make', who: friend, thing: other },
      { type: 'give', who: friend, to: hero, thing: other },
      { type: 'thank', who: hero, to: friend },
    );
    return {
      good: true,
      summary: [
        `^${hero} lost the ${thing}, and ${friend} made ${hero.him} ${withArticle(other.noun)}`,
        `because the ${thing} was lost, ${friend} gave ${hero} ${withArticle(other.noun)}`,
      ],
      morals: ['a gift can make up for a loss.', 'what is lost may make room for something new.'],
    };
  }
  world.happen({ type: 'go', who: [hero, friend], place: home });
  return {
    good: false,
    summary: [
      `^${hero} lost the ${thing} {at|near} the ${place.noun}, and nobody found it`,
      `^${hero} and ${friend} did not find the ${thing} that was lost {at|near} the ${place.noun}`,
    ],
    morals: ['look after the things you love.', 'not all that is lost comes back.'],
  };
}
