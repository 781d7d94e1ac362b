/** A quarrel made up: both want one thing, nobody gets it, and taking turns gives it to both. */
import { end, meetBoth } from '../beats.js';
import { friends } from '../cast.js';
import { withArticle } from '../grammar.js';
import type { Tale } from '../tale.js';
import { colours } from '../words/things.js';

const prizes = [
  {
    thing: 'swing',
    where: 'in the park',
    use: 'sit on the swing',
    offer: 'push you',
    peace: 'One sat on the swing, and the other pushed.',
  },
  {
    thing: 'drum',
    where: 'in an old box',
    use: 'play the drum',
    offer: 'sing while you play',
    peace: 'One played the drum, and the other sang.',
  },
  {
    thing: 'kite',
    where: 'in the barn',
    use: 'hold the kite',
    offer: 'run next to you',
    peace: 'One held the kite, and the other ran along.',
  },
  {
    thing: 'sled',
    where: 'behind the house',
    use: 'ride on the sled',
    offer: 'pull you',
    peace: 'One sat on the sled, and the other pulled it.',
  },
  {
    thing: 'book',
    where: 'on the shelf',
    use: 'hold the book',
    offer: 'look at the pictures',
    peace: 'One read the book out loud, and the other looked at the pictures.',
  },
];

export function quarrel(tale: Tale): void {
  const [hero, friend] = friends(tale);
  const { thing, where, use, offer, peace } = tale.pick(prizes);
  const [first, second] = tale.pick([
    [hero, friend],
    [friend, hero],
  ]);
  if (thing === 'sled') tale.weather = 'cold';
  if (thing === 'kite') tale.weather = 'windy';

  meetBoth(tale, hero, friend);
  const when = tale.oneDay();
  tale.say(`${when}, they found ${withArticle(`${tale.pick(colours)} ${thing}`)} ${where}.`);
  tale.speak(hero, 'It is mine! I saw it first.', `I want to ${use}!`, 'I go first!');
  tale.speak(friend, 'No, it is my turn!', 'No! I saw it first.', 'That is not fair! I want it, too.');
  tale.maybe(
    `${hero} pulled on one side, and ${friend} pulled on the other.`,
    `${hero} pushed ${friend}, and ${friend} pushed back.`,
    'they shouted at each other until their faces were red.',
  );

  tale.turn();
  tale.say(
    `then ${hero} went home, and ${friend} went home, too.`,
    `in the end, both of them walked away, and nobody had the ${thing}.`,
    'at last, they turned around and did not say another word.',
  );
  tale.maybe(
    `${hero} sat alone in ${hero.his} room. It was very quiet.`,
    `${hero} tried to play alone, but it was no fun.`,
    `without ${friend}, the day was long.`,
  );
  tale.feel(hero, 'sad', `${hero.he} missed ${friend}`);

  tale.turn();
  tale.say(
    `so ${hero} went to look for ${friend}.`,
    `${hero} ran to ${friend}'s house and knocked on the door.`,
  );
  tale.speak(
    first,
    'I am sorry. I was mean to you.',
    'I am sorry that I shouted.',
    'I do not want to fight anymore.',
  );
  tale.speak(second, 'I am sorry, too.', 'I am sorry, too. I missed you.');
  tale.speak(
    first,
    `You can go first, and I will ${offer}. Then we change.`,
    'We can take turns!',
    `Let's share the ${thing}.`,
  );
  tale.say(peace);
  end(tale, {
    closes: [
      'then they changed places, and it was more fun than before.',
      'soon they were laughing again.',
      `now ${hero} and ${friend} were friends again.`,
    ],
    morals: [
      `a friend is better than any ${thing}.`,
      'they learned to take turns.',
      'it is not hard to say sorry to a friend.',
    ],
  });
}
