/** A present breaks on the way: somebody mends it, or it is given broken, or nothing is given. */
import type { World } from '../world.js';
import { backgrounds, type Ending } from './cast.js';

export function present(world: World): Ending {
  const [hero, friend, other] = world.people;
  const thing = world.thing(true);
  const home = world.place();
  const road = world.place();
  const place = world.place();
  const end = world.random.int(3);
  backgrounds(world, hero, friend);
  world.know({ type: 'be', who: [hero], place: home }, { type: 'be', who: [friend], place });
  if (end === 0) world.know({ type: 'be', who: [other], place: road });
  world.happen(
    { type: 'make', who: hero, thing },
    { type: 'intend', who: hero, to: friend, thing },
    { type: 'go', who: [hero], place: road },
  );
  world.turn();
  world.happen({ type: 'break', who: hero, thing });
  if (end === 0) {
    world.happen(
      { type: 'meet', who: hero, whom: other, place: road },
      { type: 'lend', who: hero, to: other, thing },
      { type: 'mend', who: other, thing },
      { type: 'return', who: other, to: hero, thing },
    );
  }
  world.turn();
  if (end === 2) {
    world.happen({ type: 'put', who: hero, thing, place: road }, { type: 'go', who: [hero], place: home });
    return {
      good: false,
      summary: [
        `^${hero} made ${thing.a} for ${friend}, but it broke and was left {behind|on the way}`,
        `^${friend} got no present because the ${thing} broke on the way`,
      ],
      morals: ['carry with care what you love.', 'who hurries may break something.'],
    };
  }
  world.happen(
    { type: 'go', who: [hero], place },
    { type: 'give', who: hero, to: friend, thing },
    { type: 'thank', who: friend, to: hero },
  );
  return {
    good: true,
    summary:
      end === 0
        ? [
            `^${other} mended the ${thing} that ${hero} {wanted to give|gave} to ${friend}`,
            `the present for ${friend} broke, but ${other} {mended|fixed} it for ${hero}`,
          ]
        : [
            `^${friend} got a broken ${thing} from ${hero} and was happy {with it|anyway}`,
            `^${hero} broke the present for ${friend}, but ${friend} {liked|loved} it`,
          ],
    morals: ['it is the thought that counts.', 'a present is more than a thing.'],
  };
}
