/** A seed: water, waiting and doubt; what grows is what was planted. */
import { end, meet } from '../beats.js';
import { friends, grownUp } from '../cast.js';
import { withArticle } from '../grammar.js';
import type { Tale } from '../tale.js';

const plants = [
  { seed: 'apple seed', grows: 'a little tree with three red apples', use: 'ate the apples' },
  { seed: 'bean seed', grows: 'a tall plant with a lot of green beans', use: 'cooked the beans' },
  { seed: 'flower seed', grows: 'a thin plant with a big yellow flower', use: 'sat next to the flower' },
  {
    seed: 'pumpkin seed',
    grows: 'a long plant with a fat orange pumpkin',
    use: 'made soup from the pumpkin',
  },
  { seed: 'rose seed', grows: 'a small bush with five pink roses', use: 'put the roses on the table' },
];

export function seed(tale: Tale): void {
  const [hero, friend] = friends(tale);
  const elder = grownUp(tale);
  const { seed, grows, use } = tale.pick(plants);

  meet(tale, hero);
  const when = tale.oneDay();
  tale.say(
    `${when}, ${elder} gave ${hero} ${withArticle(seed)}.`,
    `${when}, ${hero} got ${withArticle(seed)} from ${elder}.`,
  );
  if (tale.sometimes())
    tale.speak(elder, 'Give it water every day. Then you have to wait.', 'It needs sun, water and time.');
  tale.say(
    `${hero} made a little hole, put the seed in it and gave it water every day.`,
    `${hero} put the seed in the ground and never forgot to give it water.`,
  );

  tale.turn();
  tale.say(
    'a week went by, but there was nothing to see.',
    'days went by, but nothing came up.',
    `${hero} looked and looked, but the ground was still brown.`,
  );
  tale.say(
    `${hero}'s friend ${friend.title} looked at the ground and laughed.`,
    `one morning, ${hero}'s friend ${friend.title} laughed at ${hero.him}.`,
  );
  tale.speak(friend, 'There is nothing there. Come and play!', 'It will never grow. You can stop now.');
  tale.say(`${hero} was sad, but ${hero.he} did not give up.`, `still, ${hero} went on, a little every day.`);

  tale.turn();
  tale.say(
    'then, after a night of rain, there was something green!',
    'one morning, something small and green looked out of the ground.',
  );
  if (tale.sometimes()) tale.speak(hero, 'Look! It is growing!', 'Come and see! It is alive!');
  tale.say(`it grew and grew until it was ${grows}.`, `week by week it grew, until it was ${grows}.`);
  if (tale.sometimes()) tale.speak(friend, 'You were right to wait.', 'I am sorry that I laughed.');
  end(tale, {
    closes: [`${hero} and ${friend} ${use} together.`, `then ${hero}, ${friend} and ${elder} ${use}.`],
    morals: [
      'good things take time.',
      `${hero} learned that it is good to wait.`,
      'if you take care of something small, it can grow big.',
    ],
  });
}
