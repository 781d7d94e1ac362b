/** Sharing: one has lunch, one has none; what is given today comes back tomorrow. */
import { end, meetBoth, thank } from '../beats.js';
import { friends } from '../cast.js';
import { plural, withArticle } from '../grammar.js';
import type { Person } from '../person.js';
import type { Tale } from '../tale.js';
import { fruits } from '../words/things.js';

const lunches = ['sandwich', 'cookie', 'bun', 'apple pie', 'cheese pie', 'pancake'];

const accidents: readonly ((friend: Person) => string)[] = [
  ({ he, his }) => `${he} had left ${his} lunch at home`,
  ({ his }) => `${his} lunch had fallen into the mud`,
  ({ his }) => `a big bird had taken ${his} lunch`,
  ({ he, his }) => `${he} had dropped ${his} lunch into the water`,
];

export function sharing(tale: Tale): void {
  const [hero, friend] = friends(tale);
  const place = tale.place();
  const lunch = tale.pick(lunches);
  const fruit = plural(tale.pick(fruits));
  const why = tale.pick(accidents)(friend);

  meetBoth(tale, hero, friend);
  const when = tale.oneDay();
  tale.say(
    `${when}, they walked ${place.to} to eat their lunch.`,
    `${when}, they played ${place.at} until they were hungry.`,
    `${when}, they sat down ${place.at} to eat.`,
  );
  tale.say(
    `${hero} had ${withArticle(tale.pick(['big', 'warm', 'fresh']))} ${lunch} in ${hero.his} bag.`,
    `${hero} took out ${withArticle(lunch)}. It smelled very good.`,
    `${hero}'s mom had made ${withArticle(lunch)} for ${hero.him}.`,
  );

  tale.turn();
  tale.say(`${friend} had nothing to eat because ${why}.`, `but ${friend} had no food because ${why}.`);
  tale.maybe(
    `${friend.he} was so hungry that ${friend.he} wanted to cry.`,
    `${friend.he} looked at the ground and did not say a word.`,
  );
  tale.maybe(
    `${hero} was hungry too, but ${hero.he} did not want ${friend} to be sad.`,
    `${hero} wanted to eat it all, but then ${hero.he} saw ${friend}'s sad face.`,
    `${hero} looked at ${friend} and knew what to do.`,
  );
  tale.speak(
    hero,
    'We can share. There is enough for two.',
    'Half of it is for you!',
    `Please have some of my ${lunch}.`,
    `Do not be sad. You can have half of my ${lunch}.`,
  );
  tale.say(
    `${hero} broke the ${lunch} in two and gave ${friend} the bigger half.`,
    `${hero} made two halves and gave one to ${friend}.`,
    `so each of them got half of the ${lunch}.`,
  );
  thank(tale, friend, hero, 'sharing');

  tale.turn();
  tale.say(
    `the next day, ${friend} brought two ${fruit}.`,
    `the next day, ${friend} came with two ${fruit} in ${friend.his} bag.`,
  );
  tale.say(
    `one was for ${friend.him}, and one was for ${hero}.`,
    `${friend.he} gave one to ${hero}, because ${hero} had shared with ${friend.him}.`,
  );
  end(tale, {
    closes: [
      'after that, the two friends always shared their lunch.',
      'now both of them were full and happy.',
      `${hero} and ${friend} sat side by side and smiled.`,
    ],
    morals: [
      'food is better when you share it.',
      'when you share, good things come back to you.',
      'sharing makes two people happy.',
    ],
  });
}
