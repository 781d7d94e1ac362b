/**
 * Good or bad? Half of the examples are reviews, half are scenes of two people whose luck differs.
 *
 * No single word gives it away: a verdict is said through somebody else's, through a comparison or through a negation, beside
 * remarks that count for nothing; and of two people one is glad and one is sad.
 */
import type { Random } from '@gpt-ts/core';
import type { Deed } from '../event.js';
import { Narrator } from '../narrator.js';
import { Page } from '../page.js';
import type { Split } from '../split.js';
import { isGood } from '../words/feelings.js';
import { places } from '../words/places.js';
import { foods, thingKinds } from '../words/things.js';
import { World } from '../world.js';
import { promptOf, type TaskExample } from './example.js';

const GOOD = '{good|lovely|wonderful|great|fine|very nice}';
const BAD = '{bad|poor|awful|dull|terrible|not nice}';
const word = (good: boolean) => (good ? GOOD : BAD);

/** @param choice - Even for a positive example; the next bit is for a review. */
export function sentiment(random: Random, split: Split, choice: number): TaskExample {
  const positive = (choice & 1) === 0;
  return (choice & 2) === 0 ? review(random, split, positive) : twoFates(random, split, positive);
}

function review(random: Random, split: Split, positive: boolean): TaskExample {
  const world = new World(random);
  const [friend, other] = world.people;
  const page = new Page(random, split, world.people);
  const [what, did, about] = subject(random);
  const remarks = [
    `{${other}|my friend ${other}} {said|thought|wrote|told me} that the ${about} was ${word(world.chance(1, 2))}`,
    `the {colour|smell|sound|price|look} of it was {${world.chance(1, 2) ? 'lovely|fine|nice' : 'ugly|strange|bad'}}`,
    `the {way there|weather|day before|waiting} was ${word(world.chance(1, 2))}`,
  ];
  page.say([
    `{yesterday|last week|this morning|on Sunday|on Monday|last summer|on my birthday}, {I|we} ${did} ${what} {with|together with|because of} ${friend}.`,
    `${friend} and I ${did} ${what} {yesterday|last week|this morning|on Sunday|on Monday|last summer}.`,
    `{here is|this is} what I {think of|have to say about} the ${about} {that ${friend} showed me|of ${friend}}.`,
  ]);
  const lines = random.shuffle([
    ...random.shuffle(remarks).slice(0, 2),
    verdict(world, positive, `${friend}`),
  ]);
  for (const line of lines) page.say([`${line}.`, `{also, |well, |oh, |by the way, }${line}.`]);
  return finish(page, positive, 'it was');
}

function subject(random: Random): [what: string, did: string, about: string] {
  const kind = random.int(3);
  if (kind === 0) {
    const food = random.pick(foods);
    return [`the new ${food}`, '{tried|ate}', food];
  }
  if (kind === 1) {
    const { noun } = random.pick(thingKinds);
    return [`the new ${noun}`, '{got|bought|tried}', noun];
  }
  const { noun } = random.pick(places);
  return [`the ${noun}`, '{saw|visited}', noun];
}

/** A sentence that says the verdict to who reads all of it. */
function verdict(world: World, positive: boolean, friend: string): string {
  const heard = world.chance(1, 2);
  const agree = heard === positive;
  const said = `${friend} {said|thought|told me} {that it was|it was|it would be} ${word(heard)}`;
  switch (world.random.int(3)) {
    case 0:
      return agree
        ? `${said}, and {that is right|I say so, too|so it was|it is true}`
        : `${said}, {but|and} {that is wrong|I do not say so|so it was not|it is not true}`;
    case 1:
      return agree === heard
        ? `I have {|really |certainly }{never seen a better one|seen many worse ones}`
        : `I have {|really |certainly }{never seen a worse one|seen many better ones}`;
    default:
      return agree
        ? `{nobody|no one} can say that it was {|at all }${word(!heard)}`
        : `{nobody|no one} can say that it was {|at all }${word(heard)}`;
  }
}

function twoFates(random: Random, split: Split, positive: boolean): TaskExample {
  const world = new World(random);
  const [hero, friend, other] = world.people;
  const page = new Page(random, split, world.people);
  const narrator = new Narrator(world, page);
  const mine = world.thing();
  const yours = world.thing();
  const place = world.place();
  const found = (who: typeof hero, thing: typeof mine): Deed => {
    return { type: 'find', who, thing, place, spot: random.pick(place.spots) };
  };
  const fates: [Deed[], Deed[]] = [[], []];
  if (world.chance(1, 2)) {
    world.know({ type: 'have', who: hero, thing: mine }, { type: 'have', who: friend, thing: yours });
    world.know({ type: 'be', who: [hero, friend], place });
    for (const [i, [who, thing]] of (
      [
        [hero, mine],
        [friend, yours],
      ] as const
    ).entries()) {
      fates[i] = [
        { type: 'lose', who, thing, place },
        (i === 0) === positive ? found(who, thing) : { type: 'seek', who, thing, place },
      ];
    }
  } else {
    world.know({ type: 'have', who: other, thing: mine }, { type: 'have', who: other, thing: yours });
    world.know({ type: 'be', who: [hero, friend, other], place });
    for (const [i, [who, thing]] of (
      [
        [hero, mine],
        [friend, yours],
      ] as const
    ).entries()) {
      fates[i] = [
        { type: 'ask', who, whom: other, thing },
        (i === 0) === positive
          ? { type: 'give', who: other, to: who, thing }
          : { type: 'refuse', who: other, whom: who, thing },
      ];
    }
  }
  const [first, second] = world.chance(1, 2) ? fates : [fates[1], fates[0]];
  world.happen(first[0], second[0], ...(world.chance(1, 2) ? [first[1], second[1]] : [second[1], first[1]]));
  for (const event of world.events) {
    if (event.type === 'feel') narrator.pass(event);
    else narrator.tell(event);
  }
  page.say([
    `{and|so} how did ${hero} feel {then|in the end|after that}?`,
    `{what do you think|can you say|do you know}, how did ${hero} feel?`,
    `{think of|look at} ${hero} {now|in the end}.`,
  ]);
  const feels = isGood(world.state.feeling.get(hero)!);
  return finish(page, feels, `${hero} was`);
}

/** "I thought it was very good." or "Sentiment: positive". */
function finish(page: Page, positive: boolean, it: string): TaskExample {
  const person = it !== 'it was';
  const label = positive ? 'positive' : 'negative';
  const length = page.length;
  const words = person ? ['happy', 'sad'] : ['good', 'bad'];
  page.say(
    person
      ? [`{I think|I would say|I guess|to my mind,} ${it} very`]
      : [`{I thought|all in all,|in short,|to my mind,|I say} ${it} very`],
  );
  page.put([`${words[positive ? 0 : 1]}.`]);
  const prompt = promptOf(
    page,
    words.map((each) => ` ${each}.`),
  );
  return { task: 'sentiment', row: { text: page.text(0, length), label }, prompt };
}
