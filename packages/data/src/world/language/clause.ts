/** Simple clauses, which English and the invented languages can say: "Mia gave the two red cups to Tom in the park." */
import { plural } from '../../story-world/grammar.js';
import { places } from '../words/places.js';
import { looks, thingKinds } from '../words/things.js';

/** "the big red cups" */
export interface NounPhrase {
  noun: string;
  adjectives: readonly string[];
  plural: boolean;
}

/** Who did what, to or for whom, where. Names are nouns that begin with a capital. */
export interface Clause {
  subject: NounPhrase;
  /** In the present form: "see". */
  verb: string;
  object: NounPhrase;
  /** Only with verbs of giving. */
  recipient?: NounPhrase;
  place?: string;
  negated: boolean;
}

/** Verbs and their past; those of {@link GIVING} have a recipient. */
export const VERBS: Readonly<Record<string, string>> = {
  see: 'saw',
  find: 'found',
  take: 'took',
  like: 'liked',
  lose: 'lost',
  hold: 'held',
  hide: 'hid',
  give: 'gave',
  show: 'showed',
  bring: 'brought',
};
export const GIVING: readonly string[] = ['give', 'show', 'bring'];
export const BEINGS: readonly string[] = ['girl', 'boy', 'cat', 'fox', 'bear', 'rabbit', 'pig', 'hedgehog'];
export const NOUNS: readonly string[] = [...BEINGS, ...thingKinds.slice(0, 24).map(({ noun }) => noun)];
export const ADJECTIVES: readonly string[] = [...looks.size, ...looks.age, ...looks.colour];
export const PLACES: readonly string[] = places.map(({ noun }) => noun);

const isName = (noun: string) => /^[A-Z]/.test(noun);

/** "the big red cups"; "Mia" */
export function englishPhrase({ noun, adjectives, plural: many }: NounPhrase): string {
  return isName(noun) ? noun : ['the', ...adjectives, many ? plural(noun) : noun].join(' ');
}

/** The clause in English, without a full stop. */
export function english({ subject, verb, object, recipient, place, negated }: Clause): string {
  const words = [englishPhrase(subject), negated ? `did not ${verb}` : VERBS[verb], englishPhrase(object)];
  if (recipient !== undefined) words.push('to', englishPhrase(recipient));
  if (place !== undefined) words.push(places.find(({ noun }) => noun === place)!.at);
  return words.join(' ');
}

/** The clause an English sentence says, or undefined when it is none of these. */
export function parseEnglish(sentence: string): Clause | undefined {
  const words = sentence.split(' ');
  let at = 0;
  const phrase = (): NounPhrase | undefined => {
    if (isName(words[at] ?? '')) return { noun: words[at++], adjectives: [], plural: false };
    if (words[at++] !== 'the') return undefined;
    const adjectives: string[] = [];
    while (ADJECTIVES.includes(words[at])) adjectives.push(words[at++]);
    const word = words[at++];
    const noun = NOUNS.find((each) => each === word || plural(each) === word);
    return noun === undefined ? undefined : { noun, adjectives, plural: noun !== word };
  };
  const subject = phrase();
  const negated = words[at] === 'did' && words[at + 1] === 'not';
  if (negated) at += 2;
  const spoken = words[at++];
  const verb = Object.keys(VERBS).find((each) => (negated ? each : VERBS[each]) === spoken);
  const object = phrase();
  if (subject === undefined || verb === undefined || object === undefined) return undefined;
  const clause: Clause = { subject, verb, object, negated };
  if (words[at] === 'to') {
    at++;
    const recipient = phrase();
    if (recipient === undefined) return undefined;
    clause.recipient = recipient;
  }
  if (at < words.length) {
    const rest = words.slice(at).join(' ');
    const place = places.find((each) => each.at === rest);
    if (place === undefined) return undefined;
    clause.place = place.noun;
  }
  return clause;
}
