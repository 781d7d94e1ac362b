/** A noise in the night: imagination, a light, and an explanation that fits the noise. */
import { end, meet } from '../beats.js';
import { children, grownUp } from '../cast.js';
import type { Tale } from '../tale.js';

const noises = [
  {
    sound: 'Tap, tap, tap!',
    from: 'at the window',
    was: 'a branch that moved in the wind',
    calm: 'tied the branch back with a rope',
  },
  {
    sound: 'Scratch, scratch!',
    from: 'behind the door',
    was: 'a little cat that wanted to come in',
    calm: 'let the cat in and gave it some milk',
  },
  {
    sound: 'Drip, drip, drip!',
    from: 'under the roof',
    was: 'rain that came in through a small hole',
    calm: 'put a pot under the hole',
  },
  {
    sound: 'Hoo, hoo!',
    from: 'in the dark garden',
    was: 'an owl in the apple tree',
    calm: 'listened to the owl and looked at the stars',
  },
  {
    sound: 'Bang, bang!',
    from: 'in the barn',
    was: 'a door that was open in the wind',
    calm: 'closed the door of the barn',
  },
  {
    sound: 'Crunch, crunch!',
    from: 'under the bed',
    was: 'a mouse with a piece of bread',
    calm: 'carried the mouse out to the garden',
  },
];

export function nightNoise(tale: Tale): void {
  const [hero] = children(tale);
  const elder = grownUp(tale);
  const { sound, from, was, calm } = tale.pick(noises);

  meet(tale, hero);
  const night = tale.oneNight();
  tale.say(
    `${night}, ${hero} woke up because of a noise.`,
    `${night}, ${hero} could not sleep because there was a strange noise.`,
    `${night}, ${hero} was in bed when ${hero.he} heard something.`,
  );
  tale.say(`"${sound}" It came again and again.`, `"${sound}" It came from somewhere ${from}.`);
  tale.feel(hero, 'afraid', 'it was very dark');
  tale.maybe(
    `${hero} thought of a big bear with long teeth.`,
    `"Is it a monster?" thought ${hero}.`,
    `${hero} pulled the blanket over ${hero.his} head.`,
  );

  tale.turn();
  tale.say(`then ${hero} ran to ${elder}'s room.`, `at last, ${hero} called for ${elder}.`);
  tale.speak(hero, `There is something ${from}!`, `I am afraid. I heard a noise ${from}.`);
  tale.speak(
    elder,
    "Let's take a light and look.",
    'Come, we will look together.',
    'Most noises are not bad. We will see what it is.',
  );
  tale.maybe(
    'they took a lamp and walked slowly through the dark house.',
    `${hero} held ${elder}'s hand, and ${elder} held the lamp.`,
  );
  tale.say(
    `and what did they find? It was only ${was}!`,
    `then they saw it. It was ${was}!`,
    `there was no monster. It was ${was}.`,
  );

  tale.turn();
  if (tale.sometimes())
    tale.speak(hero, 'Is that all?', 'And I was so afraid!', 'It was not a monster at all!');
  tale.say(`they both laughed. Then they ${calm}.`, `${hero} and ${elder} ${calm}.`);
  tale.maybe('after that, the night was quiet.', 'now the noise was not scary anymore.');
  end(tale, {
    closes: [
      `${hero} went back to bed and slept well.`,
      `soon ${hero} was asleep.`,
      `${hero} closed ${hero.his} eyes with a smile.`,
    ],
    morals: [
      'things are less scary when you know what they are.',
      `the next time ${hero} heard a noise, ${hero.he} took a lamp and looked.`,
      'a little light can make a fear go away.',
    ],
  });
}
