/** Learning by practice: first it fails in the way that skill fails, then better, then well. */
import { end, meet } from '../beats.js';
import { friends, grownUp } from '../cast.js';
import type { Tale } from '../tale.js';

const skills = [
  {
    to: 'ride a bike',
    failed: 'fell off and landed in the grass',
    better: 'rode all the way to the gate',
    tip: 'Look ahead, not at your feet.',
    done: 'rode down the whole road without falling',
  },
  {
    to: 'swim',
    failed: 'went under and came up with a red face',
    better: 'stayed up for a little while',
    tip: 'Kick with your legs like a frog.',
    done: 'swam to the other side of the lake',
  },
  {
    to: 'jump rope',
    failed: 'got both feet stuck in the rope',
    better: 'jumped three times in a row',
    tip: 'Listen to the rope, and jump when it hits the ground.',
    done: 'jumped ten times in a row',
  },
  {
    to: 'play the drum',
    failed: 'made so much noise that the birds flew away',
    better: 'played one short song',
    tip: 'Play slowly first. Then play fast.',
    done: 'played a whole song, and everyone danced',
  },
  {
    to: 'bake bread',
    failed: 'made bread that was as hard as a stone',
    better: 'made bread that was almost soft',
    tip: 'Let it rest in a warm place first.',
    done: 'made bread that was soft and warm',
  },
  {
    to: 'skate',
    failed: 'fell down on the cold ice',
    better: 'took five steps on the ice',
    tip: 'Bend your legs a little.',
    done: 'skated all around the lake',
  },
];

export function practice(tale: Tale): void {
  const [hero, friend] = friends(tale);
  const elder = grownUp(tale);
  const { to, failed, better, tip, done } = tale.pick(skills);
  if (to === 'skate') tale.weather = 'cold';

  meet(tale, hero);
  const when = tale.oneDay();
  tale.say(
    `${when}, ${hero} wanted to learn to ${to}.`,
    `more than anything else, ${hero} wanted to ${to}.`,
    `all ${hero.his} friends could ${to}, but ${hero} could not.`,
  );
  tale.say(
    `the first time, ${hero.he} ${failed}.`,
    `${hero} tried, but ${hero.he} ${failed}.`,
    `but when ${hero.he} tried it, ${hero.he} ${failed}.`,
  );
  tale.feel(hero, tale.pick(['sad', 'angry']), 'it did not work');
  if (tale.sometimes()) tale.speak(hero, 'I will never learn it.', 'I cannot do it!', 'Why is it so hard?');

  tale.turn();
  tale.speak(elder, `Nobody can do it the first time. ${tip}`, `Do not give up. ${tip}`, tip);
  tale.say(
    `so ${hero} tried again, and then again.`,
    `the next day, ${hero} got up early and tried again.`,
    `so ${hero} went on, a little every day.`,
  );
  tale.say(`after some days, ${hero.he} ${better}.`, `a week later, ${hero.he} ${better}.`);
  if (tale.sometimes())
    tale.speak(elder, 'See? It is getting better.', 'That was much better!', 'You are almost there!');

  tale.turn();
  tale.say(
    `then one morning, ${hero} ${done}!`,
    `at the end of the month, ${hero} ${done}.`,
    `one day, it worked. ${hero} ${done}!`,
  );
  tale.speak(hero, 'Look at me! I can do it!', `I did it, ${elder}! I did it!`);
  tale.maybe(`${elder} clapped and was very proud.`, `${elder} laughed with joy.`);
  end(tale, {
    closes: [
      `later, ${hero} taught ${hero.his} friend ${friend.title} how to ${to}.`,
      `${hero} was proud because ${hero.he} had not given up.`,
      `now ${hero} could ${to} every day.`,
    ],
    morals: [
      'if you try every day, hard things become easy.',
      'everyone has to start somewhere.',
      `${hero} learned that it takes time to get good at something.`,
    ],
  });
}
