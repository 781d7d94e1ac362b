/** Four sentences and two endings. One cannot be: both are said in the same words, of other people, things or places. */
import type { Random } from '@gpt-ts/core';
import type { WorldEvent } from '../event.js';
import { Narrator } from '../narrator.js';
import { Page, STUCK } from '../page.js';
import { playScene, type Scene } from '../scene.js';
import type { Split } from '../split.js';
import type { Thing } from '../thing.js';
import { promptOf, type TaskExample } from './example.js';

/** An ending, and whether it can be. */
interface Close {
  wordings: string[];
  /** Endings of one kind are said in the same words. */
  kind: string;
  thing: Thing;
  holds: boolean;
}

const UNTOLD: readonly string[] = ['feel', 'aged', 'lives', 'likes'];

/** @param choice - Even when ending A is the right one. */
export function cloze(random: Random, split: Split, choice: number): TaskExample {
  const label = (choice & 1) === 0 ? 'A' : 'B';
  const scene = playScene(random, 2);
  const { world } = scene;
  const idle = scene.things.filter(
    (thing) => !scene.deeds.some((deed) => 'thing' in deed && deed.thing === thing),
  );
  const isTold = (event: WorldEvent) =>
    !UNTOLD.includes(event.type) && !(event.type === 'have' && idle.includes(event.thing));
  if (world.events.filter(isTold).length !== 4) throw STUCK;
  const all = closes(scene).filter(({ thing }) => !idle.includes(thing));
  const rights = all.filter(({ holds }) => holds);
  if (rights.length === 0) throw STUCK;
  const right = random.pick(rights);
  const wrongs = all.filter(({ kind, holds }) => !holds && kind === right.kind);
  if (wrongs.length === 0) throw STUCK;
  const wrong = random.pick(wrongs);
  const page = new Page(random, split, world.people);
  const narrator = new Narrator(world, page);
  for (const event of world.events) {
    if (isTold(event)) narrator.tell(event);
    else narrator.pass(event);
  }
  const draft = new Page(random, split, world.people);
  draft.say(wrong.wordings);
  page.say(right.wordings);
  const prompt = promptOf(page);
  const { context } = prompt;
  const ends = [prompt.completion.slice(1), draft.text()];
  const [optionA, optionB] = label === 'A' ? ends : ends.toReversed();
  return {
    task: 'cloze',
    row: { context, optionA, optionB, label },
    prompt: { ...prompt, choices: [` ${optionA}`, ` ${optionB}`] },
  };
}

/** How it could go on, in truth or not. */
export function closes({ world, people, things, deeds }: Scene): Close[] {
  const { state } = world;
  return things.flatMap((thing) =>
    people.flatMap((who) => {
      const others = people.filter((person) => person !== who);
      const holds = state.holder(thing) === who;
      const gave = (other: typeof who) =>
        deeds.some(
          (deed) =>
            ['give', 'lend', 'return'].includes(deed.type) &&
            'to' in deed &&
            deed.to === who &&
            deed.who === other,
        );
      const list: Close[] = [
        {
          thing,
          kind: 'carry',
          holds,
          wordings: [
            `{in the evening|at last|in the end}, ${who} {took|carried} the ${thing} home.`,
            `${who} {put|hid} the ${thing} {away|in a safe place}.`,
          ],
        },
        {
          thing,
          kind: 'show',
          holds,
          wordings: [`${who} showed the ${thing} {to Mom|to Dad|to everyone} {that evening|at home}.`],
        },
        ...others.map((other) => ({
          thing,
          kind: 'thank',
          holds: gave(other),
          wordings: [`${who} {thanked ${other}|said thank you to ${other}} {for it|with a smile}.`],
        })),
      ];
      if (thing.kind?.breaks) {
        const broke = state.broken.has(thing) && holds;
        list.push({
          thing,
          kind: 'mend',
          holds: broke,
          wordings: [`{so|at home,|in the end,} ${who} {mended|fixed} the ${thing} {with glue|with string}.`],
        });
      }
      if (state.isLost(thing)) {
        list.push({
          thing,
          kind: 'miss',
          holds: state.owner.get(thing) === who,
          wordings: [`${who} missed {his|her} ${thing} {very much|a lot}.`.replace('{his|her}', who.his)],
        });
      }
      return list;
    }),
  );
}
