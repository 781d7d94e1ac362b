/**
 * Lists of solved examples of a task that exists in this list alone. What a rule, a word or a label means is drawn anew for each
 * list, so nothing but reading the examples helps with the next one (GPT-3 section 1, "in-context learning").
 */
import type { Random } from '@gpt-ts/core';
import { plural } from '../story-world/grammar.js';
import { talkingAnimals } from '../story-world/words/people.js';
import { type Draw, draw } from './draw.js';
import { Page } from './page.js';
import { foods, fruits, looks, thingKinds } from './words/things.js';

/** Kinds of lists. */
export const IN_CONTEXT_KINDS = ['words', 'phrases', 'letters', 'labels', 'numbers'] as const;
export type InContextKind = (typeof IN_CONTEXT_KINDS)[number];

/** A list: input and output of each example. The last one can be asked. */
export interface InContextList {
  kind: InContextKind;
  examples: { input: string; output: string }[];
  /** Stands between input and output. */
  sign: string;
}

/** Draws examples of one task, again and again. */
type Rule = () => { input: string; output: string };

/**
 * List `index` of a world.
 *
 * @param options - `kind`: default each in turn at random. `length`: examples in the list, from 2 to 64; default 8.
 */
export function inContextList(
  at: Draw,
  options: { kind?: InContextKind; length?: number } = {},
): InContextList {
  const { length = 8 } = options;
  return draw('in-context', at, (random, choice) => {
    const kind = options.kind ?? IN_CONTEXT_KINDS[choice % IN_CONTEXT_KINDS.length];
    const sign = random.pick([' =', ' =>', ':']);
    const rule = RULES[kind](random);
    const page = new Page(random, at.split);
    const drawn = new Map<string, { input: string; output: string }>();
    for (let i = 0; i < length; i++) {
      const options = Array.from({ length: 6 }, rule).map(
        (each) => [`${each.input}${sign} ${each.output}`, each] as const,
      );
      for (const [line, each] of options) drawn.set(line, each);
      page.put(
        options.map(([line]) => line),
        '\n',
      );
    }
    const examples = page
      .finish()
      .split('\n')
      .map((line) => drawn.get(line)!);
    return { kind, examples, sign };
  });
}

/** The list as a text. */
export function inContextText({ examples, sign }: InContextList): string {
  return examples.map(({ input, output }) => `${input}${sign} ${output}`).join('\n');
}

const RULES: Record<InContextKind, (random: Random) => Rule> = {
  words: wordRule,
  phrases: phraseRule,
  letters: letterRule,
  labels: labelRule,
  numbers: numberRule,
};

/** Few words, each with a new meaning, so that most come again. */
function wordRule(random: Random): Rule {
  const words = random.shuffle([...looks.colour, ...talkingAnimals, ...fruits]).slice(0, 4 + random.int(3));
  const meanings = new Map(words.map((word) => [word, nonsense(random)]));
  return () => {
    const input = random.pick(words);
    return { input, output: meanings.get(input)! };
  };
}

/** Two words together: parts that were seen, in new pairs. The order may turn. */
function phraseRule(random: Random): Rule {
  const adjectives = new Map(
    random
      .shuffle(looks.colour)
      .slice(0, 3)
      .map((word) => [word, nonsense(random)]),
  );
  const nouns = new Map(
    random
      .shuffle(talkingAnimals)
      .slice(0, 3)
      .map((word) => [word, nonsense(random)]),
  );
  const turned = random.int(2) === 0;
  return () => {
    const [adjective, first] = random.pick([...adjectives]);
    const [noun, second] = random.pick([...nouns]);
    return { input: `${adjective} ${noun}`, output: turned ? `${second} ${first}` : `${first} ${second}` };
  };
}

/** Letters apart, so that every tokenizer sees them: reversed, turned, doubled, one added, one changed, the first, the last. */
function letterRule(random: Random): Rule {
  const letters = random.shuffle([...'abcdefghijklmnopqrstuvwxyz']);
  const extra = letters[0];
  const rules: ((word: string[]) => string[])[] = [
    (word) => word.toReversed(),
    ([first, ...rest]) => [...rest, first],
    (word) => [word.at(-1)!, ...word.slice(0, -1)],
    (word) => [...word, ...word],
    (word) => [...word, extra],
    (word) => [extra, ...word],
    (word) => [word[0], extra, ...word.slice(1)],
    (word) => word.slice(1),
    (word) => word.slice(0, -1),
    (word) => [word[0], word.at(-1)!],
    ([first, second, ...rest]) => [second, first, ...rest],
    (word) => word.flatMap((letter) => [letter, letter]),
  ];
  const rule = random.pick(rules);
  return () => {
    const word = random.shuffle(letters.slice(1)).slice(0, 3 + random.int(3));
    return { input: word.join(' '), output: rule(word).join(' ') };
  };
}

/** Two classes of words under new names. */
function labelRule(random: Random): Rule {
  const things = thingKinds.map(({ noun }) => noun);
  const eaten = [...foods, ...fruits];
  const [one, other] = random.shuffle([
    looks.colour,
    talkingAnimals,
    eaten,
    things,
    ['big', 'small', 'old', 'new'],
  ]);
  const labels = [nonsense(random), nonsense(random)];
  const many = random.int(3) === 0;
  return () => {
    const which = random.int(2);
    const word = random.pick(which === 0 ? one : other);
    const spoken =
      many && (which === 0 ? one : other) !== looks.colour && word.length > 3 ? plural(word) : word;
    return { input: spoken, output: labels[which] };
  };
}

/** Arithmetic under a new name. */
function numberRule(random: Random): Rule {
  const name = nonsense(random);
  const constant = 1 + random.int(9);
  const rules: ((a: number, b: number) => number)[] = [
    (a, b) => a + b,
    (a, b) => a + b + constant,
    (a, b) => Math.max(a, b),
    (a, b) => Math.min(a, b),
    (a) => a + constant,
    (_, b) => b + constant,
    (a) => a,
    (_, b) => b,
    (a, b) => Math.abs(a - b),
    (a, b) => 10 * a + b,
  ];
  const rule = random.pick(rules);
  return () => {
    const [a, b] = [random.int(10), random.int(10)];
    return { input: `${a} ${name} ${b}`, output: `${rule(a, b)}` };
  };
}

/** "zuvip" */
function nonsense(random: Random): string {
  const consonant = () => random.pick([...'bdfgklmnprstvz']);
  const vowel = () => random.pick([...'aeiou']);
  return consonant() + vowel() + consonant() + (random.int(2) === 0 ? '' : vowel() + consonant());
}
