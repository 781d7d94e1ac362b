/** A promise: there is work to do first, and play has to wait. */
import { end, meet } from '../beats.js';
import { friends, grownUp } from '../cast.js';
import { withArticle } from '../grammar.js';
import type { Tale } from '../tale.js';
import { games } from '../words/things.js';

const chores = [
  {
    to: 'feed the hens',
    need: 'The hens will be hungry.',
    did: 'gave the hens their corn',
    result: 'the hens were full',
  },
  {
    to: 'water the flowers',
    need: 'The flowers will be dry.',
    did: 'gave water to every flower',
    result: 'the flowers stood tall',
  },
  {
    to: 'clean the kitchen',
    need: 'The floor is full of mud.',
    did: 'washed the floor and all the plates',
    result: 'the kitchen was clean',
  },
  {
    to: 'carry the wood inside',
    need: 'The house will be cold without it.',
    did: 'carried the wood to the fire',
    result: 'the house was warm',
  },
  {
    to: 'pick the apples',
    need: 'The birds will eat them all.',
    did: 'picked every apple on the tree',
    result: 'the baskets were full of apples',
  },
];

export function promise(tale: Tale): void {
  const [hero, friend] = friends(tale);
  const elder = grownUp(tale);
  const chore = tale.pick(chores);
  const game = tale.pick(games);
  const friendHelps = tale.sometimes();

  meet(tale, hero);
  const when = tale.oneDay();
  tale.say(
    `${when}, ${elder} had to go to town.`,
    `${when}, ${elder} had to leave the house for a while.`,
    `${when}, ${elder} went to the shop.`,
  );
  tale.speak(elder, `Will you ${chore.to}, ${hero}?`, `Please ${chore.to} while I am away.`);
  tale.speak(hero, 'Yes, I promise!', 'I will do it. I promise.', 'Yes, I promise to do it.');

  tale.turn();
  tale.say(
    `soon ${hero}'s friend ${friend.title} came by with ${withArticle(game)}.`,
    `then ${hero}'s friend ${friend.title} came to the door with ${withArticle(game)}.`,
  );
  tale.speak(friend, 'Come and play with me!', `Look at my new ${game}! Will you come out and play?`);
  tale.maybe(
    `${hero} wanted to play very much, but then ${hero.he} thought of ${hero.his} promise.`,
    `it looked like fun, but ${hero} did not forget ${hero.his} promise.`,
    `${hero} almost ran outside. Then ${hero.he} remembered ${hero.his} promise.`,
  );
  tale.speak(
    hero,
    `First I have to ${chore.to}. ${chore.need}`,
    `I cannot play yet. I promised to ${chore.to}.`,
    `Not now. I made a promise to ${elder}.`,
  );
  if (friendHelps) {
    tale.speak(friend, 'Then I will help you!', 'We can do it together. Then we can play.');
    tale.say(`so they ${chore.did}.`, `the two friends ${chore.did}.`);
  } else {
    tale.speak(friend, 'Then I will wait for you.', 'That is fine. I can wait.');
    tale.say(`so ${hero} ${chore.did}.`, `${hero} worked hard and ${chore.did}.`);
  }
  tale.maybe(`then they played with the ${game} for the rest of the day.`);

  tale.turn();
  tale.say(
    `when ${elder} came home, ${chore.result}.`,
    `${elder} came home in the evening and saw that ${chore.result}.`,
  );
  tale.speak(elder, 'You kept your promise!', 'I am proud of you.', 'Well done! I can trust you.');
  end(tale, {
    closes: [
      `${elder} made pancakes for ${friendHelps ? `${hero} and ${friend}` : hero}.`,
      `${hero} smiled because ${elder} was so proud.`,
      `${elder} gave ${hero} a big hug.`,
    ],
    morals: [
      'a promise is a promise.',
      'play is more fun when the work is done.',
      'it feels good to keep a promise.',
    ],
  });
}
