/** The same deed with one thing wrong: other people, another thing, place or number. */
import type { Deed } from './event.js';
import type { Scene } from './scene.js';
import { places } from './words/places.js';

/** Deeds that differ from this one in one respect and did not happen. */
export function alterations(deed: Deed, { world, people, things, deeds }: Scene): Deed[] {
  const { random } = world;
  const altered: Deed[] = [];
  if ('to' in deed) altered.push({ ...deed, who: deed.to, to: deed.who });
  if ('whom' in deed) altered.push({ ...deed, who: deed.whom, whom: deed.who });
  if ('from' in deed) altered.push({ ...deed, who: deed.from, from: deed.who });
  if (!('to' in deed || 'whom' in deed || 'from' in deed)) {
    for (const other of people) {
      if (Array.isArray(deed.who)) continue;
      if (other !== deed.who) altered.push({ ...deed, who: other } as Deed);
    }
  }
  if ('thing' in deed) {
    for (const thing of things) {
      const fits = deed.type === 'eat' ? thing.kind === undefined : thing.kind !== undefined;
      if (thing !== deed.thing && (fits || deed.type === 'give')) altered.push({ ...deed, thing });
    }
  }
  if ('place' in deed)
    altered.push({ ...deed, place: random.pick(places.filter((place) => place !== deed.place)) });
  if ('count' in deed) altered.push({ ...deed, count: deed.count > 3 ? deed.count - 1 : deed.count + 1 });
  return altered.filter((other) => !deeds.some((happened) => isSame(other, happened)));
}

/** Whether two deeds say the same. Where something lay is not part of it. */
export function isSame(deed: Deed, other: Deed): boolean {
  const key = ({ type, ...rest }: Deed) =>
    [
      type,
      ...Object.entries(rest).map(([name, value]) => (name === 'spot' ? '' : `${name} ${noun(value)}`)),
    ].join();
  return key(deed) === key(other);
}

function noun(value: unknown): string {
  return typeof value === 'object' && value !== null && 'at' in value ? String(value.at) : String(value);
}
