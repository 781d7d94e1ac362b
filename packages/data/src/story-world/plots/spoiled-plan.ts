/** The weather ruins a plan and then saves the day: wet friends get dry, cold friends get warm. */
import { end, meetBoth } from '../beats.js';
import { friends, grownUp } from '../cast.js';
import type { Tale } from '../tale.js';

const turns = [
  {
    plan: 'have a picnic',
    ready: 'they had a basket with bread, cheese and juice',
    weather: 'dark clouds came, and it began to rain',
    effect: 'they got wet from head to foot',
    relief: 'sat by the fire until they were warm and dry',
    saved: 'they put the basket on the floor and had their picnic in the kitchen',
    best: 'a picnic by the fire',
  },
  {
    plan: 'play ball',
    ready: 'they had a new ball and a big field',
    weather: 'it began to rain, and the field turned into mud',
    effect: 'their socks and shoes got wet',
    relief: 'put on dry socks and big boots',
    saved: 'when the rain stopped, they went out and jumped in all the puddles',
    best: 'jumping in puddles',
  },
  {
    plan: 'read a book in the garden',
    ready: 'they had a good book and two chairs',
    weather: 'a strong wind began to blow, and the pages would not stay still',
    effect: 'the wind took their hats, too',
    relief: 'put the book away and looked for something else to do',
    saved: 'they found an old kite, and the wind carried it high into the sky',
    best: 'flying a kite',
  },
  {
    plan: 'go to town',
    ready: 'their bags were by the door',
    weather: 'it began to snow, and soon the road was white',
    effect: 'their hands and feet got very cold',
    relief: 'drank hot milk until they were warm again',
    saved: 'they put on their coats and built a big snowman next to the house',
    best: 'building a snowman',
  },
  {
    plan: 'look for flowers on the hill',
    ready: 'they had a basket and a lot of time',
    weather: 'it began to rain hard',
    effect: 'their hair and their clothes got wet',
    relief: 'sat by the fire until their clothes were dry',
    saved: 'when the sun came out, they saw a rainbow over the whole valley',
    best: 'seeing a rainbow',
  },
];

export function spoiledPlan(tale: Tale): void {
  const [hero, friend] = friends(tale);
  const elder = grownUp(tale);
  const { plan, ready, weather, effect, relief, saved, best } = tale.pick(turns);
  if (plan === 'go to town') tale.weather = 'cold';

  meetBoth(tale, hero, friend);
  const when = tale.oneDay();
  tale.say(
    `${when}, they wanted to ${plan}.`,
    `${when}, they had a plan. They wanted to ${plan}.`,
    `${when}, ${hero} said to ${friend}, "Let's ${plan}!"`,
  );
  tale.maybe(`${ready}.`);
  tale.maybe(`${hero} could not wait to start.`, 'it was going to be a great day.');

  tale.turn();
  tale.say(`but then ${weather}.`, `but just as they started, ${weather}.`);
  tale.say(`${effect}.`, `they tried to go on, but ${effect}.`);
  tale.feel(tale.pick([hero, friend]), 'sad', 'their plan was spoiled');
  if (tale.sometimes())
    tale.speak(hero, 'Now the whole day is spoiled.', 'This is not fair!', 'Why today? I was so happy.');

  tale.turn();
  tale.say(
    `so they ran inside, where ${elder} was waiting for them.`,
    'they ran as fast as they could until they were under a roof.',
    `${elder} saw them and called them in.`,
  );
  tale.say(`they ${relief}.`, `there they ${relief}.`);
  tale.speak(friend, 'I have an idea! Come with me.', 'Wait! We can still have a good day.');
  tale.say(`${saved}.`);
  end(tale, {
    closes: [
      `${best} was even better than their first plan.`,
      `"This is much better!" said ${hero}, and ${friend} laughed.`,
      'they laughed and were not sad anymore.',
    ],
    morals: [
      'a bad start can have a good end.',
      'when one plan goes wrong, you can make a new one.',
      'now they liked every kind of weather.',
    ],
  });
}
