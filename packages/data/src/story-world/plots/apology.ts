/** A mistake and an apology: something breaks, is hidden, weighs on the heart and is told. */
import { end, meet } from '../beats.js';
import { friends, grownUp } from '../cast.js';
import { withArticle } from '../grammar.js';
import type { Tale } from '../tale.js';
import { colours } from '../words/things.js';

const breakables = ['cup', 'plate', 'bowl', 'vase', 'lamp'];

const hidingPlaces = ['under the bed', 'behind the door', 'in a box', 'under some leaves in the garden'];

const causes = [
  { doing: 'ran through the kitchen', rule: 'run in the house', sorry: 'I ran in the house' },
  {
    doing: 'threw a ball in the kitchen',
    rule: 'play ball in the house',
    sorry: 'I played ball in the house',
  },
  { doing: 'danced on a chair', rule: 'stand on the chairs', sorry: 'I stood on a chair' },
];

export function apology(tale: Tale): void {
  const [hero] = friends(tale);
  const elder = grownUp(tale);
  const noun = tale.pick(breakables);
  const colour = tale.pick(colours);
  const { doing, rule, sorry } = tale.pick(causes);
  const hidden = tale.pick(hidingPlaces);

  meet(tale, hero);
  tale.say(
    `${elder} had ${withArticle(`${colour} ${noun}`)} that was very old.`,
    `on the kitchen table stood ${elder}'s best ${colour} ${noun}.`,
    `${elder} loved the ${colour} ${noun} on the kitchen table.`,
  );
  const when = tale.oneDay();
  tale.say(
    `${when}, ${hero} forgot to be careful and ${doing}.`,
    `${when}, ${hero} was alone and ${doing}.`,
    `${hero} was not allowed to ${rule}, but ${when}, ${hero.he} ${doing}.`,
  );
  tale.say(
    `crash! The ${noun} fell to the floor and broke.`,
    `the ${noun} fell to the floor and broke into four pieces.`,
    `there was a loud crash, and the ${noun} was broken.`,
  );

  tale.turn();
  if (tale.sometimes()) tale.feel(hero, 'afraid', `${elder} loved that ${noun}`);
  tale.say(
    `${hero} hid the pieces ${hidden}.`,
    `quickly, ${hero} hid the pieces ${hidden} and said nothing.`,
  );
  tale.say(
    `but at dinner, ${hero} could not eat.`,
    `but that night, ${hero} could not sleep.`,
    `but all day long, ${hero}'s heart felt heavy.`,
  );
  tale.maybe(
    `${hero} knew that it was wrong to hide it.`,
    `${hero} thought of the ${noun} again and again.`,
    `${hero} wanted to tell the truth, but it was hard.`,
  );

  tale.turn();
  tale.say(
    `at last, ${hero} went to ${elder} with the pieces.`,
    `in the end, ${hero} took the pieces and showed them to ${elder}.`,
  );
  tale.speak(
    hero,
    `I broke your ${noun}. I am so sorry.`,
    `I am sorry, ${elder}. ${sorry}, and the ${noun} broke.`,
    `It was me. ${sorry}, and I broke your ${noun}.`,
  );
  tale.speak(
    elder,
    'Thank you for telling me the truth.',
    'It was brave of you to tell me.',
    'I am glad that you told me. We can mend it.',
  );
  end(tale, {
    closes: [
      `they put the pieces together again, and ${hero} felt much better.`,
      `then they sat down and mended the ${noun}.`,
      `${elder} gave ${hero} a hug, and ${hero}'s heart felt light again.`,
    ],
    morals: [
      'it is hard to say sorry, but it helps.',
      `from then on, ${hero} did not ${rule}.`,
      `${hero} learned that it is best to tell the truth.`,
    ],
  });
}
