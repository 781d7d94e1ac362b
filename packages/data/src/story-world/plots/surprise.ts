/** A secret surprise: friends hide something, it looks like unkindness, and it was kindness all along. */
import { end, meet, thank } from '../beats.js';
import { friends, grownUp } from '../cast.js';
import { withArticle } from '../grammar.js';
import type { Tale } from '../tale.js';
import { colours } from '../words/things.js';

const presents = ['hat', 'kite', 'drum', 'bag', 'sled'];

export function surprise(tale: Tale): void {
  const [hero, friend] = friends(tale);
  const elder = grownUp(tale);
  const present = withArticle(`${tale.pick(colours)} ${tale.pick(presents)}`);

  meet(tale, hero);
  tale.say(
    `it was ${hero}'s birthday, but nobody said a word about it.`,
    `${hero} woke up and was happy because it was ${hero.his} birthday.`,
    `at last, it was ${hero}'s birthday.`,
  );
  tale.maybe(
    `at breakfast, ${elder} only asked about the weather.`,
    `${elder} was very busy and had no time to talk.`,
  );
  tale.say(
    `${hero} went to see ${hero.his} friend ${friend.title}.`,
    `so ${hero} went next door to ${hero.his} friend ${friend.title}.`,
  );
  tale.speak(hero, 'Can you play with me today?', 'Do you know what day it is?', 'Can I come in?');
  tale.speak(
    friend,
    'Not now. I have work to do.',
    'I am sorry, but I have no time today.',
    'You cannot come in now. Please go home.',
  );
  tale.maybe(
    `quickly, ${friend.he} hid something behind ${friend.his} back.`,
    `then ${friend} closed the door, and ${hero} heard a strange noise inside.`,
  );

  tale.turn();
  tale.feel(
    hero,
    'sad',
    tale.pick([
      `${hero.he} thought that nobody remembered the day`,
      `${hero.he} was all alone on ${hero.his} birthday`,
    ]),
  );
  tale.maybe(
    `${hero} walked around alone until it was almost dark.`,
    `${hero} sat by the water and threw stones into it.`,
  );

  tale.turn();
  tale.say(
    `when ${hero} came home and opened the door, the house was dark.`,
    `at home, ${hero} opened the door. Everything was dark and quiet.`,
  );
  tale.say(
    `then the light went on. "Surprise!" shouted ${elder} and ${friend}.`,
    `all at once, there was light everywhere. "Happy birthday!" shouted ${elder} and ${friend}.`,
  );
  tale.say(
    `there was a big cake on the table, and ${friend} had ${present} for ${hero}.`,
    `${elder} had made a cake, and ${friend} held out ${present}.`,
  );
  if (tale.sometimes())
    tale.speak(
      friend,
      'We did not forget you. It was a secret!',
      'I had to hide it from you. Now you know why!',
      'I was busy because I made this for you.',
    );
  if (tale.sometimes()) thank(tale, hero, friend, 'the surprise');
  end(tale, {
    closes: [
      'they ate the cake and danced until late.',
      `${hero} laughed, and all the sad thoughts were gone.`,
      'it was the best birthday ever.',
    ],
    morals: [
      'good friends do not forget.',
      'some secrets are good secrets.',
      `now ${hero} knew that ${hero.he} was not alone.`,
    ],
  });
}
