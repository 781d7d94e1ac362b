/** A hurt animal: it is nursed, gets well, is let go, and shows that it remembers. */
import { end, meet } from '../beats.js';
import { children, grownUp } from '../cast.js';
import { withArticle } from '../grammar.js';
import type { Tale } from '../tale.js';

const animals = [
  {
    kind: 'bird',
    hurt: 'wing',
    food: 'seeds',
    bed: 'a box with soft grass',
    went: 'flew up into the sky',
    cameBack: 'sang in front of the window',
  },
  {
    kind: 'rabbit',
    hurt: 'foot',
    food: 'carrots',
    bed: 'a box with hay',
    went: 'jumped away over the field',
    cameBack: 'sat in the garden with two baby rabbits',
  },
  {
    kind: 'hedgehog',
    hurt: 'leg',
    food: 'apples',
    bed: 'a box with dry leaves',
    went: 'walked slowly into the bushes',
    cameBack: 'was waiting at the door',
  },
  {
    kind: 'owl',
    hurt: 'wing',
    food: 'meat',
    bed: 'a basket with an old coat',
    went: 'flew off into the night',
    cameBack: 'called from the tree next to the house',
  },
  {
    kind: 'turtle',
    hurt: 'leg',
    food: 'green leaves',
    bed: 'a box with wet sand',
    went: 'swam away in the lake',
    cameBack: 'looked out of the water and swam in a circle',
  },
];

export function hurtAnimal(tale: Tale): void {
  const [hero] = children(tale);
  const elder = grownUp(tale);
  const place = tale.place();
  const { kind, hurt, food, bed, went, cameBack } = tale.pick(animals);

  meet(tale, hero);
  const when = tale.oneDay();
  tale.say(
    `${when}, ${hero} found ${withArticle(kind)} ${place.at}.`,
    `${when}, ${hero} saw ${withArticle(kind)} ${tale.pick(place.spots)}.`,
    `${when}, ${hero} was ${place.at} and heard a small cry. It was ${withArticle(kind)}.`,
  );
  tale.say(
    `its ${hurt} was hurt, and it could not move.`,
    `it could not get away because its ${hurt} was hurt.`,
  );
  if (tale.sometimes())
    tale.speak(hero, 'You poor thing! I will help you.', 'Do not be afraid. I will take care of you.');
  tale.say(
    `very gently, ${hero} picked it up and took it home.`,
    `${hero} put it in ${hero.his} hat and carried it home.`,
  );

  tale.turn();
  if (tale.sometimes())
    tale.speak(elder, `We must keep it warm and let the ${hurt} rest.`, 'It needs food and a quiet place.');
  tale.say(`so ${hero} made a bed from ${bed}.`, `${hero} gave the ${kind} ${bed} to sleep in.`);
  tale.say(
    `every day, ${hero} brought it water and ${food}.`,
    `at first it did not eat, but then it ate some ${food} from ${hero}'s hand.`,
  );
  tale.say(
    `after two weeks, its ${hurt} was well again.`,
    `slowly, the ${hurt} got better, and the ${kind} got strong.`,
  );

  tale.turn();
  tale.say(
    `${hero} wanted to keep the ${kind}, but ${hero.he} knew that it had to be free.`,
    `now it was time to let the ${kind} go.`,
  );
  if (tale.sometimes()) tale.speak(hero, 'Goodbye, little friend.', 'You can go home now. Goodbye!');
  tale.say(`the ${kind} looked back one time. Then it ${went}.`, `the ${kind} ${went}.`);
  end(tale, {
    closes: [`the next spring, the ${kind} ${cameBack}.`, `a few days later, the ${kind} ${cameBack}.`],
    morals: [
      `it had not forgotten ${hero}.`,
      `${hero} was happy because ${hero.his} little friend was well.`,
      'if you love an animal, you let it be free.',
    ],
  });
}
