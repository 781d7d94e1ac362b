/** Moments that many plots share: meeting the hero, thanking, and the end. */
import { withArticle } from './grammar.js';
import type { Person } from './person.js';
import type { Tale } from './tale.js';
import { traits } from './words/people.js';
import { homes, lands } from './words/places.js';

/** "kind girl", "little girl" or "kind little girl". */
function portrait(tale: Tale, who: Person): string {
  return tale.pick([
    `${tale.pick(traits)} ${who.kind}`,
    `little ${who.kind}`,
    `${tale.pick(traits)} little ${who.kind}`,
  ]);
}

/** Where people or talking animals of this kind live. */
function land(tale: Tale, who: Person): string {
  return tale.pick(who.isAnimal ? lands.animals : lands.people);
}

/** Opens the story with one hero. */
export function meet(tale: Tale, hero: Person): void {
  const home = tale.pick(homes);
  const someone = withArticle(portrait(tale, hero));
  if (tale.chance(1, 5)) {
    const day = withArticle(tale.tellDay());
    tale.say(
      `it was ${day} in ${land(tale, hero)} where ${hero.title} lived.`,
      `it was ${day}. ${hero.title} looked out of the window and smiled.`,
    );
    return;
  }
  tale.say(
    `once upon a time, there was ${someone} named ${hero}.`,
    `there was once ${someone} named ${hero}.`,
    `${hero} was ${someone}.`,
    `${hero} was ${someone} who lived in ${home}.`,
    `in ${home} lived ${someone} named ${hero}.`,
    `this is the story of ${someone} named ${hero}.`,
    `long ago, ${someone} named ${hero} lived in ${home}.`,
    `${hero.title} lived with ${hero.his} mom and dad in ${home}.`,
    `everyone in ${land(tale, hero)} liked ${hero}, ${someone}.`,
  );
}

/** Opens the story with two friends. */
export function meetBoth(tale: Tale, hero: Person, friend: Person): void {
  const good = tale.pick(['good', 'best', 'old']);
  if (tale.chance(1, 5)) {
    const day = withArticle(tale.tellDay());
    tale.say(
      `it was ${day} in ${land(tale, hero)} where ${hero.title} and ${friend.title} lived.`,
      `it was ${day}, and ${hero.title} was with ${hero.his} friend ${friend.title}.`,
    );
    return;
  }
  const pair = `${withArticle(hero.kind)} named ${hero} and ${withArticle(friend.kind)} named ${friend}`;
  tale.say(
    `${hero.title} and ${friend.title} were ${good} friends.`,
    `${hero.title} had a good friend named ${friend.title}.`,
    `once upon a time, there were two friends, ${pair}.`,
    `there were once two ${good} friends, ${pair}.`,
    `${hero.title} and ${friend.title} did everything together.`,
    `in ${land(tale, hero)} lived ${pair}. They were ${good} friends.`,
    `this is the story of two friends, ${pair}.`,
    `${hero.title} lived next door to ${hero.his} friend ${friend.title}.`,
  );
}

/** Someone thanks a helper by name. `deed` finishes "Thank you for": "helping me look". */
export function thank(tale: Tale, who: Person, helper: Person, deed: string): void {
  tale.speak(
    who,
    `Thank you for ${deed}, ${helper}.`,
    `Thank you, ${helper}! You are a good friend.`,
    `Thank you so much, ${helper}.`,
  );
}

/** What a plot offers for its last lines. */
export interface Ending {
  /** How this plot closes. */
  closes: string[];
  /** What it teaches, said one time in two. */
  morals: string[];
}

/** Ends the story. */
export function end(tale: Tale, { closes, morals }: Ending): void {
  tale.say(...closes);
  tale.maybe(...morals);
}
