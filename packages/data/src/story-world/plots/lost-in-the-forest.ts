/** Lost in the forest: something pretty leads the way in, and an old piece of advice leads the way out. */
import { end, meet } from '../beats.js';
import { children, grownUp } from '../cast.js';
import { withArticle } from '../grammar.js';
import type { Tale } from '../tale.js';
import { colours } from '../words/things.js';

const lures = [
  { noun: 'butterfly', did: 'flew from tree to tree' },
  { noun: 'bird', did: 'flew deeper into the forest' },
  { noun: 'frog', did: 'jumped from stone to stone' },
  { noun: 'bug', did: 'flew from leaf to leaf' },
];

const rules = [
  { rule: 'If you are lost, follow the stream. It flows to our house.', did: 'followed the stream' },
  {
    rule: 'If you are lost, walk to the sound of the bell.',
    did: 'listened for the bell and walked to the sound',
  },
  { rule: 'If you are lost, stay by a big tree and call.', did: 'sat down by a big tree and called' },
  { rule: 'If you are lost, look for the smoke of our fire.', did: 'looked for the smoke and walked to it' },
];

export function lostInTheForest(tale: Tale): void {
  const [hero] = children(tale);
  const elder = grownUp(tale);
  const lure = tale.pick(lures);
  const { rule, did } = tale.pick(rules);
  const creature = withArticle(`${tale.pick(colours)} ${lure.noun}`);

  meet(tale, hero);
  const when = tale.oneDay();
  tale.say(
    `${when}, ${hero} was playing near the forest.`,
    `${when}, ${hero} walked along the edge of the forest.`,
    `${when}, ${hero} picked berries in the forest.`,
  );
  tale.say(
    `then ${hero} saw ${creature}. It was so pretty that ${hero.he} followed it.`,
    `${creature} came by, and ${hero} ran after it.`,
  );
  tale.maybe(`the ${lure.noun} ${lure.did}, and ${hero} did not look at the path.`);
  tale.say(
    'all at once, it was gone, and there was no path anymore.',
    `when it was gone, ${hero} looked around. Every tree looked the same.`,
  );

  tale.turn();
  tale.feel(hero, 'afraid', tale.pick([`${hero.he} was lost`, 'it was getting dark']));
  if (tale.sometimes()) tale.speak(hero, 'Where am I?', 'I want to go home!', 'Hello? Can anyone hear me?');
  tale.maybe('only the wind answered.', `nobody answered, and ${hero} began to cry.`);
  tale.say(
    `then ${hero} remembered ${elder}'s words: "${rule}"`,
    `${hero} took a deep breath and thought of ${elder}'s words: "${rule}"`,
  );

  tale.turn();
  tale.say(`so ${hero} ${did}.`, `${hero} was still afraid, but ${hero.he} ${did}.`);
  tale.maybe(
    `it took a long time, but ${hero} did not give up.`,
    `${hero} sang a little song to feel brave.`,
  );
  tale.say(
    `at last, ${hero.he} saw ${elder} with a lamp!`,
    `and then ${hero} saw ${elder} between the trees!`,
  );
  if (tale.sometimes())
    tale.speak(
      elder,
      'You remembered what I told you!',
      'I am so glad that you are safe.',
      'I looked for you everywhere.',
    );
  end(tale, {
    closes: [
      'they walked home hand in hand.',
      `at home, ${hero} got hot soup and a warm bed.`,
      `that night, ${hero} was glad to be in ${hero.his} own bed.`,
    ],
    morals: [
      `from then on, ${hero} stayed on the path.`,
      'it is good to remember good advice.',
      'when you are afraid, stop and think.',
    ],
  });
}
