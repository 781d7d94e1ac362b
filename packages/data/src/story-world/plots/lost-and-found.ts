/** Lost and found: how the treasure gets away is told; where it lay is drawn once; a friend finds it. */
import { end, meet, thank } from '../beats.js';
import { friends } from '../cast.js';
import type { Tale } from '../tale.js';
import { treasures } from '../words/things.js';

const decoys = ['a frog', 'an old shoe', 'some leaves', 'a snail', 'a little bug'];

export function lostAndFound(tale: Tale): void {
  const [hero, friend] = friends(tale);
  const way = tale.pick(['roll', 'blow', 'fall'] as const);
  const toy = tale.thing(treasures[way]);
  const place = tale.place();
  const [wrongSpot, spot] = tale.pickTwo(place.spots);
  if (way === 'blow') tale.weather = 'windy';

  meet(tale, hero);
  tale.say(
    `${hero} had ${toy.a} and took it everywhere.`,
    `of all ${hero.his} things, ${hero} loved ${hero.his} ${toy.full} the most.`,
    `Grandma had made ${toy.a} for ${hero}.`,
    `${hero} had ${toy.a} that ${hero.he} loved very much.`,
  );
  const when = tale.oneDay();
  tale.say(
    `${when}, ${hero} took the ${toy} ${place.to}.`,
    `${when}, ${hero} went ${place.to} with the ${toy}.`,
    `${when}, ${hero} was ${place.at} with the ${toy}.`,
  );

  tale.turn();
  const losses = {
    roll: [
      `the ${toy} rolled away and did not stop.`,
      `${hero} pushed the ${toy} too hard, and it rolled out of sight.`,
      `the ${toy} rolled down a little hill, out of sight.`,
    ],
    blow: [
      `a strong wind came and blew the ${toy} away.`,
      `all at once, the wind took the ${toy} and carried it away.`,
      `the wind was so strong that it blew the ${toy} out of sight.`,
    ],
    fall: [
      `${hero} ran and jumped, and the ${toy} fell out of ${hero.his} bag.`,
      `while ${hero} was running, the ${toy} fell out of ${hero.his} bag.`,
      `${hero} did not see that the ${toy} fell out of ${hero.his} bag.`,
    ],
  };
  tale.say(...losses[way]);
  tale.feel(hero, 'sad', `the ${toy} was gone`);
  tale.speak(hero, `Where is my ${toy}?`, `Oh no! I have lost my ${toy}.`, 'Where can it be?');

  tale.turn();
  tale.say(
    `${hero}'s friend ${friend.title} came by and saw ${hero.his} sad face.`,
    `just then, ${hero}'s friend ${friend.title} came by.`,
    `${hero}'s friend ${friend.title} heard ${hero.him} and came to help.`,
  );
  tale.speak(
    friend,
    'I will help you look.',
    'Do not cry. We will find it together.',
    'Do not worry. Four eyes see more than two.',
  );
  tale.say(
    `they looked ${wrongSpot}, but they only found ${tale.pick(decoys)}.`,
    `first they looked ${wrongSpot}, but the ${toy} was not there.`,
  );
  tale.say(
    `then ${friend} saw something ${toy.colour} ${spot}. It was the ${toy}!`,
    `then ${friend} looked ${spot}, and there was the ${toy}!`,
    `at last, ${friend} found the ${toy} ${spot}.`,
  );
  if (tale.chance(2, 3)) thank(tale, hero, friend, 'helping me look');
  end(tale, {
    closes: [
      `${hero} held the ${toy} all the way home.`,
      `that night, ${hero} put the ${toy} next to ${hero.his} bed and slept well.`,
      `then they played until it was time to go home.`,
      `${hero} was happy because ${hero.he} had ${hero.his} ${toy} again.`,
    ],
    morals: [
      'it is easier to find something when a friend helps you look.',
      `from then on, ${hero} took good care of ${hero.his} ${toy}.`,
      'a good friend helps when you are sad.',
    ],
  });
}
