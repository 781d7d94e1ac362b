/** Do two sentences say the same? If not, they differ in one respect: who, what, where, how many, or what came first. */
import type { Random } from '@gpt-ts/core';
import { alterations } from '../alter.js';
import type { Deed } from '../event.js';
import { Page, STUCK } from '../page.js';
import { playScene } from '../scene.js';
import type { Split } from '../split.js';
import { statements } from '../statements.js';
import { promptOf, type TaskExample } from './example.js';

/** @param choice - Even for two sentences that say the same. */
export function paraphrase(random: Random, split: Split, choice: number): TaskExample {
  const same = (choice & 1) === 0;
  const scene = playScene(random, 3);
  const first = scene.deeds[random.int(2)];
  const second = scene.deeds[scene.deeds.indexOf(first) + 1];
  const page = new Page(random, split, scene.world.people);
  const order = random.int(4) === 0;
  page.say(twoDeeds(first, second, true));
  if (same) page.say(twoDeeds(first, second, order), '\n');
  else if (random.int(3) === 0) page.say(twoDeeds(second, first, order), '\n');
  else {
    const isFirst = random.int(2) === 0;
    const altered = alterations(isFirst ? first : second, scene);
    if (altered.length === 0) throw STUCK;
    const wrong = random.pick(altered);
    page.say(isFirst ? twoDeeds(wrong, second, order) : twoDeeds(first, wrong, order), '\n');
  }
  page.say(
    [
      '{do|did} {these|the} two {sentences|lines} {say|mean} the same{| thing}?',
      'question: Do both say the same?',
    ],
    '\n',
  );
  page.put([same ? 'Yes.' : 'No.']);
  const prompt = promptOf(page, [' Yes.', ' No.']);
  const [a, b] = [page.text(0, 1), page.text(1, 2)];
  if (a === b) throw STUCK;
  return { task: 'paraphrase', row: { a, b, label: same ? 'same' : 'different' }, prompt };
}

/** Two deeds, one after the other, told forwards or with the second first. */
function twoDeeds(first: Deed, second: Deed, forwards: boolean): string[] {
  const firsts = embeddable(first);
  const seconds = embeddable(second);
  return firsts.flatMap((one) =>
    seconds.flatMap((other) =>
      forwards
        ? [`${one}, and {then|after that|later} ${other}.`, `after ${one}, ${other}.`]
        : [`before ${other}, ${one}.`, `${other}, but {before that|first}, ${one}.`],
    ),
  );
}

/** Statements that can follow "after": those that do not begin with the place. */
function embeddable(deed: Deed): string[] {
  return statements(deed)
    .filter((text) => /^(\^|the |[A-Z])/.test(text))
    .map((text) => text.replaceAll('^', ''));
}
