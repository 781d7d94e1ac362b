/**
 * What follows from a text, what is against it, and what stays open.
 *
 * A text tells all that happens in it and some of how things and people are. So a deed that was told follows; one that
 * differs from it in one respect is against it; the next deed, not told, is open. A look or a fact about someone that was told
 * follows, another value is against it, and what was not told is open. All three ask in the same words.
 */
import type { Random } from '@gpt-ts/core';
import type { Person } from '../../story-world/person.js';
import { alterations } from '../alter.js';
import type { Fact, WorldEvent } from '../event.js';
import { Page, STUCK } from '../page.js';
import { isLike, playScene, type Scene } from '../scene.js';
import type { Split } from '../split.js';
import { statements } from '../statements.js';
import type { Look, Thing } from '../thing.js';
import { places } from '../words/places.js';
import { fruits, looks } from '../words/things.js';
import { promptOf, type TaskExample } from './example.js';
import { tellScene } from './premise.js';

const LABELS = ['entailed', 'contradicted', 'neutral'] as const;
type Label = (typeof LABELS)[number];

/** @param choice - Modulo 3, the label; divided by 3, the kind of claim. */
export function entailment(random: Random, split: Split, choice: number): TaskExample {
  const label = LABELS[choice % 3];
  const kind = Math.floor(choice / 3) % 3;
  const scene = playScene(random, 4);
  const { world, deeds } = scene;
  const end = world.events.indexOf(deeds[3]);
  const claims = [deedClaim, lookClaim, factClaim][kind](scene, world.events.slice(0, end), label);
  const page = new Page(random, split, world.people);
  tellScene(page, scene, end);
  const hypothesis = page.length;
  const format = random.int(3);
  if (format === 0) {
    page.put(
      claims.map((claim) => `Question: ${capital(claim)}. True, False, or Neither?`),
      '\n',
    );
    page.put([`Answer: ${ANSWERS[label]}`], '\n');
  } else {
    page.put([`Is it true that ${one(random, claims)}?`, `Do we know that ${one(random, claims)}?`], '\n');
    page.put([SPOKEN[label]]);
  }
  const answers = LABELS.map((each) => (format === 0 ? `\nAnswer: ${ANSWERS[each]}` : ` ${SPOKEN[each]}`));
  const prompt = promptOf(page, answers);
  const text = page.text(hypothesis, hypothesis + 1);
  const claim = text
    .replace(/^(Question: |Is it true that |Do we know that )/, '')
    .replace(/(\. True, False, or Neither)?\?$/, '');
  const row = { premise: page.text(0, hypothesis), hypothesis: sentence(claim), label };
  return { task: 'entailment', row, prompt };
}

const ANSWERS: Record<Label, string> = { entailed: 'True', contradicted: 'False', neutral: 'Neither' };
const SPOKEN: Record<Label, string> = {
  entailed: 'Yes, it is true.',
  contradicted: 'No, it is not true.',
  neutral: 'Maybe, nobody says so.',
};

function deedClaim(scene: Scene, _: readonly WorldEvent[], label: Label): string[] {
  const { random } = scene.world;
  const told = scene.deeds.slice(0, 3);
  const next = scene.deeds[3];
  if (label === 'neutral') {
    if (told.some((deed) => deed.type === next.type || isLike(deed, next))) throw STUCK;
    return statements(next);
  }
  const deed = random.pick(told);
  if (label === 'entailed') return statements(deed);
  const altered = alterations(deed, scene);
  if (altered.length === 0) throw STUCK;
  return statements(random.pick(altered));
}

function lookClaim(scene: Scene, _: readonly WorldEvent[], label: Label): string[] {
  const { random } = scene.world;
  const options = scene.things.flatMap((thing) =>
    (Object.keys(thing.looks) as Look[])
      .filter((look) => thing.told.has(look) === (label !== 'neutral') && values(thing, look).length > 1)
      .map((look) => ({ thing, look })),
  );
  if (options.length === 0) throw STUCK;
  const { thing, look } = random.pick(options);
  const others = values(thing, look).filter((value) => value !== thing.looks[look]);
  const value =
    label === 'entailed'
      ? thing.looks[look]
      : random.pick(label === 'neutral' ? values(thing, look) : others);
  return [
    `the ${thing} was {|a }${value}`.replace('{|a }', ''),
    `there was a ${value} ${thing}`.replace(/ a ([aeiou])/, ' an $1'),
  ];
}

function values(thing: Thing, look: Look): readonly string[] {
  return look === 'material' ? thing.kind!.materials : looks[look];
}

function factClaim(scene: Scene, told: readonly WorldEvent[], label: Label): string[] {
  const { random } = scene.world;
  const kinds = ['aged', 'lives', 'likes'] as const;
  const options = scene.people.flatMap((who) =>
    kinds.map((type) => ({
      who,
      type,
      fact: told.find((event) => event.type === type && event.who === who) as Fact,
    })),
  );
  const fitting = options.filter(({ fact }) => (fact === undefined) === (label === 'neutral'));
  if (fitting.length === 0) throw STUCK;
  const { who, type, fact } = random.pick(fitting);
  if (label === 'entailed') return statements(fact);
  const drawn = drawFact(random, type, who);
  if (fact !== undefined && statements(fact)[0] === statements(drawn)[0]) throw STUCK;
  return statements(drawn);
}

function drawFact(random: Random, type: 'aged' | 'lives' | 'likes', who: Person): Fact {
  if (type === 'aged') return { type, who, years: 4 + random.int(7) };
  if (type === 'lives') return { type, who, place: random.pick(places) };
  return { type, who, fruit: random.pick(fruits) };
}

function one(random: Random, wordings: readonly string[]): string {
  return random.pick(wordings);
}

const capital = (text: string) =>
  text.replace(/^(\^?)([a-z])/, (_, mark, letter) => mark + letter.toUpperCase());
const sentence = (text: string) => `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;
