/** A fear overcome: a friend who was once afraid too lends a hand. */
import { end, meet, thank } from '../beats.js';
import { friends } from '../cast.js';
import type { Tale } from '../tale.js';

const fears = [
  {
    of: 'the big slide',
    why: 'it was so high',
    others: 'went down the slide',
    act: 'climbed up and went down the slide',
    found: 'It was fast, and it was fun!',
  },
  {
    of: 'the deep lake',
    why: 'the water was so dark',
    others: 'jumped into the lake',
    act: 'jumped into the lake',
    found: 'The water was cool and soft.',
  },
  {
    of: 'the old bridge',
    why: 'it moved in the wind',
    others: 'ran over the bridge',
    act: 'walked over the bridge',
    found: 'From up there, they could see fish in the water.',
  },
  {
    of: 'the deep cave',
    why: 'it was so dark inside',
    others: 'played in the cave',
    act: 'walked into the cave',
    found: 'Inside, the walls were full of shiny stones.',
  },
  {
    of: 'the tall tree',
    why: 'the ground looked so far away',
    others: 'climbed the tree',
    act: 'climbed to the top of the tree',
    found: 'From there, they could see the whole valley.',
  },
  {
    of: 'the big brown horse',
    why: 'it had such big teeth',
    others: 'fed the horse',
    act: 'gave the horse an apple',
    found: 'Its nose was warm and soft.',
  },
];

export function fear(tale: Tale): void {
  const [hero, friend] = friends(tale);
  const { of, why, others, act, found } = tale.pick(fears);

  meet(tale, hero);
  tale.say(
    `${hero} was afraid of ${of} because ${why}.`,
    `${hero} did not like ${of} because ${why}.`,
    `more than anything else, ${hero} was afraid of ${of}.`,
  );
  tale.say(
    `when the others ${others}, ${hero} only watched.`,
    `all ${hero.his} friends ${others}, but ${hero} stayed behind.`,
    `every time the others ${others}, ${hero} said no.`,
  );

  tale.turn();
  const when = tale.oneDay();
  tale.say(
    `${when}, ${hero}'s friend ${friend.title} sat down next to ${hero.him}.`,
    `${when}, ${hero}'s friend ${friend.title} asked ${hero.him} to come along.`,
    `${when}, ${hero}'s friend ${friend.title} saw ${hero.him} standing there alone.`,
  );
  tale.speak(
    hero,
    'I cannot do it. I am too afraid.',
    'What if something bad happens?',
    'I want to try, but I am afraid.',
  );
  tale.speak(
    friend,
    'I was afraid once, too. Take my hand.',
    'We can go slowly. I will stay right next to you.',
    'You can hold my hand. We will count to three.',
  );
  tale.maybe(
    `${hero}'s heart beat fast, but ${hero.he} took ${friend}'s hand.`,
    `${hero}'s legs shook, but ${hero.he} wanted to be brave.`,
    `${hero} closed ${hero.his} eyes and took a deep breath.`,
  );
  tale.say(
    `"One, two, three!" they counted. Then they ${act}.`,
    `step by step, they went on. Then they ${act}.`,
    `together, they ${act}.`,
  );
  tale.say(found);
  tale.speak(hero, 'I did it!', 'I did it! I am not afraid anymore.', 'That was not so bad!');

  tale.turn();
  if (tale.sometimes()) thank(tale, hero, friend, 'holding my hand');
  end(tale, {
    closes: [
      `from that day on, ${hero} was not afraid of ${of}.`,
      `${hero} was proud because ${hero.he} had been brave.`,
      `that night, ${hero} told ${hero.his} mom and dad all about it.`,
      `${hero} wanted to do it again and again.`,
    ],
    morals: [
      'to be brave is to be afraid and still try.',
      'many things are less scary with a friend.',
      `later, ${hero} helped others who were afraid.`,
    ],
  });
}
