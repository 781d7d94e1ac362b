/** A helper animal: it is fed on one day, and on another it does what only it can do. */
import { end, meet } from '../beats.js';
import { children } from '../cast.js';
import { withArticle } from '../grammar.js';
import type { Tale } from '../tale.js';
import { colours } from '../words/things.js';

const helpers = [
  {
    animal: 'bird',
    food: 'bread',
    thing: 'kite',
    trouble: 'the wind blew the kite into a tall tree',
    reach: 'too high',
    deed: 'flew up and pulled the kite out of the tree',
  },
  {
    animal: 'squirrel',
    food: 'nuts',
    thing: 'ball',
    trouble: 'the ball flew up onto a roof and stayed there',
    reach: 'too high',
    deed: 'ran up to the roof and pushed the ball down',
  },
  {
    animal: 'duck',
    food: 'corn',
    thing: 'toy boat',
    trouble: 'the boat moved out into the middle of the lake',
    reach: 'too far away',
    deed: 'swam out and pushed the boat back to land',
  },
  {
    animal: 'mouse',
    food: 'cheese',
    thing: 'marble',
    trouble: 'the marble fell into a hole under an old tree',
    reach: 'too deep in the ground',
    deed: 'went down into the hole and came back with the marble',
  },
  {
    animal: 'dog',
    food: 'meat',
    thing: 'ball',
    trouble: 'the ball rolled under a fence and got stuck',
    reach: 'too far under the fence',
    deed: 'dug a hole under the fence and got the ball out',
  },
];

export function helperAnimal(tale: Tale): void {
  const [hero] = children(tale);
  const { animal, food, thing, trouble, reach, deed } = tale.pick(helpers);
  const creature = `${tale.pick(['little', 'small', 'thin'])} ${tale.pick(['brown', 'white', 'black'])} ${animal}`;
  const toy = `${tale.pick(colours)} ${thing}`;

  meet(tale, hero);
  const when = tale.oneDay();
  tale.say(
    `${when}, ${hero} saw ${withArticle(creature)} near the house.`,
    `${when}, ${hero} met ${withArticle(creature)} on the road.`,
    `${when}, ${withArticle(creature)} came to ${hero}'s door.`,
  );
  if (tale.sometimes()) tale.feel(hero, 'sorry for it', 'it looked very hungry');
  tale.speak(hero, `Are you hungry? Have some ${food}.`, `You poor thing! I have some ${food} for you.`);
  tale.maybe(`the ${animal} ate and ate until it was full.`, `the ${animal} looked up with bright eyes.`);

  tale.turn();
  tale.say(
    `some days later, ${hero} was outside with ${hero.his} ${toy}.`,
    `the next day, ${hero} went out to play with ${hero.his} ${toy}.`,
    `the next week, ${hero} got ${withArticle(toy)} and took it outside.`,
  );
  tale.say(`all at once, ${trouble}.`, `but then ${trouble}.`, `it was fun, until ${trouble}.`);
  tale.say(
    `${hero} could not get it back because it was ${reach}.`,
    `${hero} tried to get it, but it was ${reach}.`,
  );

  tale.turn();
  tale.say(
    `just then, the ${creature} came back.`,
    `but somebody had seen it. It was the ${creature}!`,
    `then ${hero} saw the ${creature} again.`,
  );
  tale.maybe(
    `it remembered the ${food}, and it wanted to help.`,
    `it had not forgotten how kind ${hero} had been.`,
  );
  tale.say(`the ${animal} ${deed}.`, `it ${deed}.`);
  tale.speak(
    hero,
    `Thank you, little ${animal}! You are so clever.`,
    'You did it! Thank you, my little friend.',
    'You helped me! Thank you.',
  );
  end(tale, {
    closes: [
      `${hero} gave the ${animal} some more ${food}.`,
      `from then on, the ${animal} came to see ${hero} every day.`,
      `after that, ${hero} and the ${animal} were friends.`,
    ],
    morals: [
      'be kind, and others will be kind to you.',
      'even a small friend can be a big help.',
      `${hero} had helped the ${animal}, and now it had helped ${hero.him}.`,
    ],
  });
}
