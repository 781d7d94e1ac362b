/** A new friend: someone new sits alone for a reason, and one question is enough. */
import { end, meet, thank } from '../beats.js';
import { friends } from '../cast.js';
import type { Tale } from '../tale.js';

const games = [
  { to: 'play ball', need: 'we need one more player', surprise: 'could throw the ball very far' },
  { to: 'play hide and seek', need: 'it is more fun with three', surprise: 'knew the best places to hide' },
  {
    to: 'build a tower',
    need: 'we need someone to help us',
    surprise: 'could build higher than anyone else',
  },
  { to: 'draw pictures', need: 'we have enough paper for everyone', surprise: 'could draw the best horses' },
  { to: 'sing songs', need: 'we need one more voice', surprise: 'knew a song that nobody else knew' },
];

export function newFriend(tale: Tale): void {
  const [hero, stranger] = friends(tale);
  const { to, need, surprise } = tale.pick(games);
  const where = tale.pick(['at school', 'in the park']);

  meet(tale, hero);
  const when = tale.oneDay();
  tale.say(
    `${when}, there was a new ${stranger.kind} ${where}.`,
    `${when}, ${hero} saw a new ${stranger.kind} ${where}.`,
    `${when}, a new ${stranger.kind} came and sat down ${where}.`,
  );
  tale.say(
    `${stranger.his} name was ${stranger}, and ${stranger.he} was all alone.`,
    `the new ${stranger.kind} was named ${stranger}.`,
  );
  tale.feel(
    stranger,
    tale.pick(['shy', 'sad']),
    tale.pick([`${stranger.he} did not know anyone`, `all ${stranger.his} old friends were far away`]),
  );
  tale.maybe(`nobody asked ${stranger} to play.`, `when the others played, ${stranger} only watched.`);

  tale.turn();
  tale.maybe(
    `${hero} remembered how it feels to be alone.`,
    `${hero} thought that it must be hard to be new.`,
    `${hero} did not like to see someone so sad.`,
  );
  tale.say(
    `so ${hero} went over and smiled.`,
    `${hero} walked up to ${stranger} and held out ${hero.his} hand.`,
  );
  tale.speak(
    hero,
    `Hello, I am ${hero}. Do you want to ${to} with us?`,
    `Hello! Come and ${to} with us. ${need}.`,
  );
  tale.maybe(`at first, ${stranger} did not say a word.`, `${stranger}'s face turned red.`);
  tale.speak(stranger, 'Yes, I would like that.', 'Can I really play with you?', 'Yes, please!');

  tale.turn();
  tale.say(
    `soon they all saw that ${stranger} ${surprise}.`,
    `and what a surprise! ${stranger} ${surprise}.`,
  );
  tale.maybe(
    `they had fun until it was time to go home.`,
    `the others were glad that ${stranger} was there.`,
  );
  thank(tale, stranger, hero, 'asking me');
  end(tale, {
    closes: [
      `the next day, ${stranger} was not shy anymore.`,
      `from that day on, ${hero} and ${stranger} were good friends.`,
      `now ${stranger} had a friend, and so did ${hero}.`,
    ],
    morals: [
      'one kind word can change a whole day.',
      'you can find a new friend anywhere.',
      'when you see someone alone, you can say hello.',
    ],
  });
}
