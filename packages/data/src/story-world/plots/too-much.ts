/** Too much of a good thing: a warning, a full tummy, an ache and a wiser second day. */
import { end, meet } from '../beats.js';
import { friends, grownUp } from '../cast.js';
import { plural } from '../grammar.js';
import type { Tale } from '../tale.js';

const treats = ['cookie', 'plum', 'berry', 'cherry', 'pancake', 'peach'];

const numbers = ['six', 'seven', 'eight', 'nine', 'ten'];

export function tooMuch(tale: Tale): void {
  const [hero, friend] = friends(tale);
  const elder = grownUp(tale);
  const treat = plural(tale.pick(treats));
  const number = tale.pick(numbers);

  meet(tale, hero);
  tale.say(
    `${hero} loved ${treat} more than anything else.`,
    `there was nothing ${hero} liked more than ${treat}.`,
  );
  const when = tale.oneDay();
  tale.say(
    `${when}, ${elder} put a big bowl of ${treat} on the table.`,
    `${when}, there was a big bowl of ${treat} in the kitchen.`,
  );
  tale.speak(
    elder,
    'You can have two of them. The others are for tomorrow.',
    `Two are for you, and two are for your friend ${friend}.`,
    'Do not eat them all. Too many are bad for your tummy.',
  );
  tale.say(
    `but soon ${hero} was alone with the bowl.`,
    `${hero} said yes. Then ${elder} went into the garden.`,
  );

  tale.turn();
  tale.say(
    `${hero} ate two. Then ${hero.he} ate one more, and then another.`,
    `the first two were so good that ${hero} took more.`,
    `${hero} only wanted to smell the ${treat}, but then ${hero.he} began to eat.`,
  );
  tale.say(`in the end, ${hero.he} had eaten ${number}!`, `soon ${number} of the ${treat} were gone.`);
  tale.feel(hero, 'sick', `${hero.he} had eaten too much`);
  tale.say(
    `${hero.his} friend ${friend.title} wanted to play, but ${hero} had to stay in bed.`,
    `${hero} could not even go out to play with ${hero.his} friend ${friend.title}.`,
  );

  tale.turn();
  tale.speak(elder, 'Oh, the bowl is almost empty.', `How many ${treat} did you eat?`);
  tale.speak(hero, `I am sorry. I ate ${number} of them.`, 'I did not listen to you. I am sorry.');
  tale.maybe(
    `${elder} made some tea and sat by the bed.`,
    `${elder} made some tea, and ${hero} slept until evening.`,
  );
  end(tale, {
    closes: [
      `the next day, ${hero} felt well again and gave ${friend} the last two.`,
      `the next time, ${hero} only took two and gave the others to ${friend}.`,
      `when there were ${treat} again, ${hero} shared them with ${friend}.`,
    ],
    morals: [
      'too much of a good thing is not good.',
      `${hero} learned to stop in time.`,
      'two were enough, and they were even better that way.',
    ],
  });
}
