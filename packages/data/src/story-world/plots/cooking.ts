/** Hunger and cooking: one thing is missing, a friend has it, and so the friend eats too. */
import { end, meet } from '../beats.js';
import { friends, grownUp } from '../cast.js';
import { list } from '../grammar.js';
import type { Tale } from '../tale.js';

const dishes = [
  {
    dish: 'soup',
    needs: ['carrots', 'beans', 'salt', 'potatoes'],
    steps: 'cut everything up and put it in a big pot',
    ready: 'the soup was hot and full of good things',
  },
  {
    dish: 'a cake',
    needs: ['flour', 'eggs', 'butter', 'sugar'],
    steps: 'mixed everything in a bowl and put it in the oven',
    ready: 'the cake was soft and sweet',
  },
  {
    dish: 'an apple pie',
    needs: ['apples', 'flour', 'butter', 'sugar'],
    steps: 'cut and mixed everything and put it in the oven',
    ready: 'the pie was brown and sweet',
  },
  {
    dish: 'pancakes',
    needs: ['milk', 'eggs', 'flour', 'butter'],
    steps: 'mixed everything and made the pan very hot',
    ready: 'the pancakes were round and warm',
  },
];

export function cooking(tale: Tale): void {
  const [hero, friend] = friends(tale);
  const elder = grownUp(tale);
  const { dish, needs, steps, ready } = tale.pick(dishes);
  const missing = tale.pick(needs);
  const atHome = needs.filter((need) => need !== missing);
  const was = missing.endsWith('s') ? 'were' : 'was';

  meet(tale, hero);
  const when = tale.oneDay();
  tale.say(
    `${when}, ${hero} came home and was very hungry.`,
    `${when}, ${hero} was so hungry that ${hero.his} tummy made a loud noise.`,
    `${when}, ${hero} was hungry, but there was nothing to eat.`,
  );
  tale.speak(elder, `Let's make ${dish}! Will you help me?`, `We can make ${dish}. We need ${list(needs)}.`);
  tale.say(
    `in the kitchen, they found ${list(atHome)}, but there ${was} no ${missing}.`,
    `they had ${list(atHome)}, but there ${was} no ${missing} in the house.`,
  );

  tale.turn();
  tale.say(
    `so ${hero} ran next door and asked ${hero.his} friend ${friend.title} for some ${missing}.`,
    `so ${hero} went to ${hero.his} friend ${friend.title}, who had a lot of ${missing}.`,
  );
  tale.speak(friend, 'Yes, we have enough. Here you are!', `You can have our ${missing}!`);
  tale.maybe(`${hero} said thank you and ran back home.`, `${hero} thanked ${friend} and hurried home.`);

  tale.turn();
  tale.say(`then ${hero} and ${elder} ${steps}.`, `they washed their hands. Then they ${steps}.`);
  tale.say(
    `soon the whole house smelled good, and ${ready}.`,
    `it took a long time, but in the end ${ready}.`,
  );
  tale.say(
    `${hero} asked ${friend} to come and eat with them.`,
    `because ${friend} had helped, ${hero} took a big plate to ${friend.him}.`,
    `then ${friend} came to eat, because the ${missing} had come from ${friend.him}.`,
  );
  end(tale, {
    closes: [
      'they ate until they were full.',
      'soon every plate was empty, and nobody was hungry anymore.',
      `"This is so good!" said ${hero}.`,
    ],
    morals: [
      'food is best when you make it yourself.',
      'it is good to have a friend next door.',
      `after that, ${hero} helped in the kitchen every day.`,
    ],
  });
}
