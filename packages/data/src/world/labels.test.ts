/** Labels against programs that know nothing of how they were made: one reads event logs backwards, others read the text. */
import { Random } from '@gpt-ts/core';
import { describe, expect, test } from 'vitest';
import type { Person } from '../story-world/person.js';
import { alterations, isSame } from './alter.js';
import type { WorldEvent } from './event.js';
import { plots } from './plots/plots.js';
import { playScene } from './scene.js';
import { replay } from './state.js';
import { closes } from './tasks/cloze.js';
import type { TaskName } from './tasks/example.js';
import { questionsOf } from './tasks/question.js';
import { worldExample } from './tasks/tasks.js';
import type { Thing } from './thing.js';
import { looks, numbers, thingKinds } from './words/things.js';
import { World } from './world.js';

const N = 400;

const rows = (task: TaskName, count = N) =>
  Array.from({ length: count }, (_, index) => worldExample(task, { seed: 5, index, split: 'train' }).row);

/** Worlds of plots and of scenes. */
function worlds(): World[] {
  return Array.from({ length: N }, (_, i) => {
    const random = new Random(11, `world ${i}`);
    if (i % 2 === 0) return playScene(random, 4).world;
    const world = new World(random);
    random.pick(plots)(world);
    return world;
  });
}

/** Who holds a thing: the last event that moved it says so. */
function holderByLog(events: readonly WorldEvent[], thing: Thing): Person | undefined {
  for (const event of events.toReversed()) {
    if (!('thing' in event) || event.thing !== thing) continue;
    if (['have', 'make', 'grab', 'take', 'find'].includes(event.type)) return (event as { who: Person }).who;
    if (['give', 'lend', 'return'].includes(event.type)) return (event as { to: Person }).to;
    if (['put', 'lose', 'eat'].includes(event.type)) return undefined;
  }
  return undefined;
}

const isWhole = (type: string) => ['be', 'go', 'meet'].includes(type);

function placeByLog(events: readonly WorldEvent[], who: Person): string | undefined {
  for (const event of events.toReversed()) {
    if (!isWhole(event.type) || !('place' in event)) continue;
    const people = [event.who, 'whom' in event ? event.whom : []].flat();
    if (people.includes(who)) return event.place.at;
  }
  return undefined;
}

function fruitByLog(events: readonly WorldEvent[], who: Person): number {
  let count = 0;
  for (const event of events) {
    if (!('count' in event)) continue;
    if (event.who === who) count += event.type === 'pick' ? event.count : -event.count;
    if (event.type === 'share' && event.to === who) count += event.count;
  }
  return count;
}

describe('questions', { timeout: 120_000 }, () => {
  test('who holds, where, how many: as the log read backwards says', () => {
    const checked = { holder: 0, place: 0, number: 0 };
    for (const world of worlds()) {
      const { events } = world;
      const person = (text: string) => world.people.find(({ name }) => text.includes(name))!;
      for (const { wordings, answer, near } of questionsOf('holder', world, events, [])) {
        const thing = events
          .flatMap((event) => ('thing' in event ? [event.thing] : []))
          .find(({ noun }) => wordings[0].includes(`the ${noun} `))!;
        expect(answer).toBe(`${holderByLog(events, thing)}`);
        expect(near).not.toContain(answer);
        checked.holder++;
      }
      for (const { wordings, answer, near } of questionsOf('place', world, events, [])) {
        expect(answer).toBe(placeByLog(events, person(wordings[0])));
        expect(near).not.toContain(answer);
        checked.place++;
      }
      for (const { wordings, answer } of questionsOf('number', world, events, [])) {
        const count = fruitByLog(events, person(wordings[0]));
        expect(answer).toBe(count === 0 ? 'none' : numbers[count]);
        checked.number++;
      }
    }
    for (const count of Object.values(checked)) expect(count).toBeGreaterThan(50);
  });

  test('the answer is among four different options, at its letter, and each letter is as frequent', () => {
    const all = rows('questions');
    const counts: Record<string, number> = {};
    for (const row of all) {
      const options = [row.optionA, row.optionB, row.optionC, row.optionD];
      expect(new Set(options).size).toBe(4);
      counts[row.label] = (counts[row.label] ?? 0) + 1;
      const answer = row[`option${row.label}`];
      const colour = /^(?:What|And what|Which) .*colour.* the (\w+)/.exec(row.question)?.[1];
      if (colour === undefined) continue;
      expect(row.context).toMatch(new RegExp(`\\b${answer} (\\w+ )*${colour}\\b`, 'i'));
      expect(looks.colour).toContain(answer);
    }
    // a quarter of 400, within five standard deviations
    for (const count of Object.values(counts)) expect(Math.abs(count - N / 4)).toBeLessThan(44);
  });
});

describe('the world', { timeout: 120_000 }, () => {
  test('nothing happens that cannot: things are held by whom the log says at each moment', () => {
    for (const world of worlds()) {
      for (const [i, event] of world.events.entries()) {
        const before = world.events.slice(0, i);
        if (
          ['give', 'lend', 'return', 'lose', 'put', 'eat', 'use', 'break', 'mend', 'refuse'].includes(
            event.type,
          )
        ) {
          const { thing, who } = event as { thing: Thing; who: Person };
          expect(holderByLog(before, thing)).toBe(who);
        }
        if ('to' in event && ['give', 'lend', 'return', 'share'].includes(event.type)) {
          expect(placeByLog(before, event.who)).toBe(placeByLog(before, event.to));
        }
        if ('count' in event && event.type !== 'pick')
          expect(fruitByLog(before, event.who)).toBeGreaterThanOrEqual(event.count);
        if (event.type === 'feel') expect(before).toContain(event.cause);
      }
    }
  });

  test('the state at any moment is what the events before it make', () => {
    for (const world of worlds()) {
      const things = new Set(world.events.flatMap((event) => ('thing' in event ? [event.thing] : [])));
      for (let count = 0; count <= world.events.length; count++) {
        const before = world.events.slice(0, count);
        const state = replay(before);
        for (const thing of things) expect(state.holder(thing)).toBe(holderByLog(before, thing));
        for (const who of world.people) expect(state.at.get(who)?.at).toBe(placeByLog(before, who));
      }
    }
  });

  test('an altered deed did not happen and differs in who, in what, in where or in how many', () => {
    let checked = 0;
    for (let i = 0; i < N; i++) {
      const scene = playScene(new Random(12, `scene ${i}`), 4);
      for (const deed of scene.deeds) {
        for (const other of alterations(deed, scene)) {
          expect(scene.deeds.some((each) => isSame(each, other))).toBe(false);
          const fields = Object.keys(deed) as (keyof typeof deed)[];
          const differing = fields.filter(
            (name) => deed[name] !== other[name] && name !== ('spot' as string),
          );
          const swapped = differing.length === 2 && (differing as string[]).includes('who');
          expect(differing.length === 1 || swapped).toBe(true);
          checked++;
        }
      }
    }
    expect(checked).toBeGreaterThan(1000);
  });

  test('an ending holds when the log says so', () => {
    const holding = { true: 0, false: 0 };
    for (let i = 0; i < N; i++) {
      const scene = playScene(new Random(13, `scene ${i}`), 2);
      const { events } = scene.world;
      for (const { kind, thing, wordings, holds } of closes(scene)) {
        if (kind !== 'carry' && kind !== 'show') continue;
        const named = scene.people.find(({ name }) => wordings[0].includes(name));
        expect(holds).toBe(holderByLog(events, thing) === named);
        holding[`${holds}`]++;
      }
    }
    expect(holding.true).toBeGreaterThan(200);
    expect(holding.false).toBeGreaterThan(200);
  });
});

describe('sentiment', { timeout: 120_000 }, () => {
  const GOOD = 'good|lovely|wonderful|great|fine|very nice';
  const BAD = 'bad|poor|awful|dull|terrible|not nice';
  const isGoodWord = (word: string) => GOOD.split('|').includes(word);

  /** What a review says, read from its text alone. */
  function read(text: string): boolean | undefined {
    const heard = new RegExp(`(${GOOD}|${BAD}), (?:and|but) (.*?)\\.`).exec(text);
    if (heard !== null) return isGoodWord(heard[1]) === !/not|wrong/.test(heard[2]);
    if (/never seen a better|many worse/.test(text)) return true;
    if (/never seen a worse|many better/.test(text)) return false;
    const denied = new RegExp(`can say that it was (?:at all )?(${GOOD}|${BAD})`).exec(text)?.[1];
    return denied === undefined ? undefined : !isGoodWord(denied);
  }

  /** How the one who is asked about fares where things are lost, read from the text alone; finds and vain searches name their thing. */
  function fate(text: string): boolean | undefined {
    const who = /(?:how did (\w+) feel|(?:Think of|Look at) (\w+))/
      .exec(text)
      ?.slice(1)
      .find((name) => name !== undefined);
    if (who === undefined || !/in vain|not there|not find/.test(text)) return undefined;
    const nouns = thingKinds.map(({ noun }) => noun).join('|');
    const owned = new RegExp(
      `\\b${who}\\b[^.]*?\\b(${nouns})\\b|\\b(${nouns})\\b belonged to ${who}|that ${who} (?:had|owned) was an? (?:\\w+ )*(${nouns})`,
    ).exec(text.split('. ').find((each) => each.includes(who))!);
    const noun = owned?.slice(1).find((each) => each !== undefined);
    const last = text
      .split('. ')
      .filter((each) => new RegExp(`\\b${noun}\\b`).test(each))
      .at(-1)!;
    return !/in vain|not there|not find|was gone/.test(last);
  }

  test('a review says what its label says, and both labels are as frequent', () => {
    let reviews = 0;
    let fates = 0;
    let positive = 0;
    const all = rows('sentiment', 1000);
    for (const { text, label } of all) {
      if (label === 'positive') positive++;
      expect(['positive', 'negative']).toContain(label);
      const said = read(text) ?? fate(text);
      if (read(text) === undefined && said !== undefined) fates++;
      if (said === undefined) continue;
      reviews++;
      expect({ text, label: said ? 'positive' : 'negative' }).toEqual({ text, label });
    }
    expect(reviews).toBeGreaterThan(600);
    expect(fates).toBeGreaterThan(150);
    expect(Math.abs(positive - 500)).toBeLessThan(79); // five standard deviations
  });
});

describe('entailment', { timeout: 120_000 }, () => {
  const kinds = [
    ...looks.colour,
    ...looks.size,
    ...looks.age,
    ...new Set(thingKinds.flatMap(({ materials }) => materials)),
  ];
  const category = (value: string) =>
    Object.values(looks).find((values) => (values as readonly string[]).includes(value)) ?? 'material';

  test('what is claimed of looks, ages and likings is as the premise says', () => {
    const counts: Record<string, number> = { entailed: 0, contradicted: 0, neutral: 0 };
    for (const { premise, hypothesis, label } of rows('entailment', 1500)) {
      const look = new RegExp(
        `^(?:There was an? (${kinds.join('|')}) (\\w+)|The (\\w+) was (${kinds.join('|')}))\\.$`,
      ).exec(hypothesis);
      const aged = /^(\w+) was (?:only |already |just )?(\w+?)(?: years.*)?\.$/.exec(hypothesis);
      let expected: string | undefined;
      if (look !== null) {
        const [value, noun] = look[1] === undefined ? [look[4], look[3]] : [look[1], look[2]];
        const before =
          new RegExp(`\\ban? ((?:\\w+ )*?)${noun}\\b`, 'i').exec(premise)?.[1].trim().split(' ') ?? [];
        const told = before.find((word) => category(word) === category(value) && kinds.includes(word));
        expected = told === undefined ? 'neutral' : told === value ? 'entailed' : 'contradicted';
      } else if (aged !== null && numbers.includes(aged[2])) {
        const told = new RegExp(
          `\\b${aged[1]} (?:was|had) (?:only |already |just )?(?:turned )?(${numbers.join('|')})\\b`,
        ).exec(premise)?.[1];
        expected = told === undefined ? 'neutral' : told === aged[2] ? 'entailed' : 'contradicted';
        if (told === undefined && /\b(He|She) (was|had)/.test(premise)) continue; // said with a pronoun
      } else continue;
      counts[label]++;
      expect({ premise, hypothesis, label: expected }).toEqual({ premise, hypothesis, label });
    }
    for (const count of Object.values(counts)) expect(count).toBeGreaterThan(100);
  });
});

describe('summary', { timeout: 120_000 }, () => {
  test('names nobody and nothing that the story does not', () => {
    for (const { text, summary } of rows('summary')) {
      for (const name of summary.slice(1).match(/\b[A-Z][a-z]+/g) ?? []) expect(text).toContain(name);
      for (const { noun } of thingKinds)
        if (new RegExp(`\\b${noun}\\b`).test(summary)) expect(text).toMatch(new RegExp(`\\b${noun}\\b`));
    }
  });
});
