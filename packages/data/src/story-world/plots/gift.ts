/** A gift: there is no money, so it is made by hand, hidden, given and kept. */
import { end, meet } from '../beats.js';
import { friends, grownUp } from '../cast.js';
import type { Tale } from '../tale.js';

const presents = [
  {
    what: 'necklace',
    where: 'at the beach',
    found: 'found some pretty shells',
    made: 'put the shells on a string',
    kept: 'wore it every day',
  },
  {
    what: 'picture',
    where: 'in the kitchen',
    found: 'found some paint and a sheet of paper',
    made: 'painted the house and the whole family',
    kept: 'put it on the wall for everyone to see',
  },
  {
    what: 'basket',
    where: 'by the lake',
    found: 'cut some long grass',
    made: 'made a basket from the grass',
    kept: 'carried bread and fruit in it every day',
  },
  {
    what: 'scarf',
    where: 'in an old box',
    found: 'found some soft wool',
    made: 'made a warm scarf from the wool',
    kept: 'wore it all winter',
  },
  {
    what: 'bird house',
    where: 'behind the barn',
    found: 'found some old wood and nails',
    made: 'put the wood together and painted the roof',
    kept: 'put it in a tree, and soon two birds moved in',
  },
];

export function gift(tale: Tale): void {
  const [hero] = friends(tale);
  const elder = grownUp(tale);
  const { what, where, found, made, kept } = tale.pick(presents);

  meet(tale, hero);
  tale.say(
    `it was almost ${elder}'s birthday, and ${hero} wanted to give ${elder} something nice.`,
    `soon it would be ${elder}'s birthday.`,
    `in three days, it would be ${elder}'s birthday.`,
  );
  tale.say(
    `but ${hero} had no money for a gift.`,
    `${hero} looked for money, but ${hero.he} only had one small coin.`,
    'the gifts in the shop were pretty, but they cost too much.',
  );
  tale.maybe(
    `${hero} sat down and thought for a long time.`,
    `${hero} did not know what to do. Then ${hero.he} had an idea.`,
  );
  tale.speak(hero, 'I know! I will make a gift.', 'I can make something with my own hands!');

  tale.turn();
  tale.say(`${where}, ${hero} ${found}.`, `so ${hero} ${found} ${where}.`);
  tale.say(`${hero} worked for a long time and ${made}.`, `then ${hero.he} ${made}.`);
  tale.maybe(
    `at last, the ${what} was ready.`,
    `two times it went wrong, and two times ${hero.he} started again.`,
  );
  tale.maybe(
    `${hero} hid the ${what} under ${hero.his} bed because it was a secret.`,
    `then ${hero} hid it so that nobody could see it.`,
    `${hero} did not tell anyone about it.`,
  );

  tale.turn();
  tale.say(
    `on ${elder}'s birthday, ${hero} came in with the ${what}.`,
    `when the big day came, ${hero} gave ${elder} the ${what}.`,
    `on the morning of the birthday, ${hero} put the ${what} next to ${elder}'s cup.`,
  );
  tale.speak(hero, `Happy birthday, ${elder}!`, `Happy birthday! This is for you, ${elder}.`);
  tale.maybe(`${elder}'s eyes were wet, but ${elder} was smiling.`, `${elder} gave ${hero} a big hug.`);
  tale.speak(
    elder,
    `Did you make this ${what} for me? I love it!`,
    'This is the best gift of all, because you made it.',
    `What a pretty ${what}! Thank you, ${hero}.`,
  );
  end(tale, {
    closes: [`${elder} ${kept}.`, `after that, ${elder} ${kept}.`],
    morals: [
      'a gift from the heart does not need money.',
      `${hero} was happy because ${elder} was happy.`,
      'it feels good to make something for someone you love.',
    ],
  });
}
