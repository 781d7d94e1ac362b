/** Building, breaking, mending: the mend answers what broke it, and is tried by the same thing again. */
import { end, meetBoth } from '../beats.js';
import { friends } from '../cast.js';
import type { Tale } from '../tale.js';

const projects = [
  {
    what: 'sand castle',
    where: 'at the beach',
    from: 'wet sand and shells',
    broke: 'a big wave came and washed the castle away',
    reason: 'we built it too close to the water',
    mend: 'built a new castle far away from the water',
    proof: 'another wave came, but it did not reach the castle',
  },
  {
    what: 'tree house',
    where: 'in the garden',
    from: 'old wood and nails',
    broke: 'a strong wind came and blew the roof off',
    reason: 'the roof was not tied down',
    mend: 'put the roof back and tied it down with rope',
    proof: 'the wind blew hard again, but the roof stayed on',
  },
  {
    what: 'little bridge',
    where: 'in the forest',
    from: 'thin sticks',
    broke: 'they stepped on the bridge, and it broke',
    reason: 'the sticks were too thin',
    mend: 'made a new bridge from thick wood',
    proof: 'they walked over the new bridge, and it did not break',
  },
  {
    what: 'tall tower',
    where: 'in the kitchen',
    from: 'boxes',
    broke: 'the door opened, and the wind made the tower fall',
    reason: 'the boxes were too light',
    mend: 'put stones in the boxes and built the tower again',
    proof: 'the door opened again, but the tower did not fall',
  },
  {
    what: 'toy boat',
    where: 'by the lake',
    from: 'paper',
    broke: 'the boat got wet and went under the water',
    reason: 'paper is too soft when it is wet',
    mend: 'made a new boat from wood',
    proof: 'the new boat got wet too, but it stayed on top of the water',
  },
  {
    what: 'snow house',
    where: 'on the hill',
    from: 'fresh snow',
    broke: 'the sun came out, and the roof melted',
    reason: 'the sun was too warm up there',
    mend: 'built a new snow house under a big tree',
    proof: 'the sun shone all day, but under the tree the house stayed cold',
  },
];

export function buildAndMend(tale: Tale): void {
  const [hero, friend] = friends(tale);
  const { what, where, from, broke, reason, mend, proof } = tale.pick(projects);
  const noun = what.split(' ')[1];
  if (what === 'snow house') tale.weather = 'cold';

  meetBoth(tale, hero, friend);
  const when = tale.oneDay();
  tale.say(`${when}, they built a ${what} ${where}.`, `${when}, they wanted to build a ${what} ${where}.`);
  tale.say(`they made it from ${from}.`, `they used ${from} and worked for a long time.`);
  if (tale.sometimes())
    tale.speak(
      tale.pick([hero, friend]),
      `What a fine ${noun}!`,
      `Look at our ${noun}! It is the best one ever.`,
    );

  tale.turn();
  tale.say(`but then ${broke}.`, `just then, ${broke}.`, `a little later, ${broke}.`);
  tale.feel(friend, tale.pick(['sad', 'angry']), 'all their work was for nothing');
  tale.say(
    `${hero} was sad too, but ${hero.he} sat down and thought.`,
    `${hero} did not give up. ${hero.he} wanted to know why it broke.`,
  );
  tale.speak(hero, `I know what went wrong. ${reason}.`, `It broke because ${reason}.`);

  tale.turn();
  tale.say(`this time, they ${mend}.`, `together, they ${mend}.`, `so the two friends ${mend}.`);
  tale.say(`soon ${proof}.`, `then ${proof}.`);
  if (tale.sometimes())
    tale.speak(friend, 'We did it!', 'You were right! It works.', `Now our ${noun} is even better.`);
  end(tale, {
    closes: [
      `${hero} and ${friend} jumped up and down with joy.`,
      `they were proud of their ${noun}.`,
      'they played until the sun went down.',
    ],
    morals: [
      'when something breaks, you can make it better.',
      'it is good to try again.',
      'you can learn from a mistake.',
    ],
  });
}
