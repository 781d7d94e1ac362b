/**
 * Sentences of the world's invented language and what they mean, as a traveller notes them down.
 *
 * A world has one language, so what one text teaches helps with the next. Lines are `english = invented` or the other way
 * round, as GPT-2's prompts are (section 3.7).
 */
import type { Random } from '@gpt-ts/core';
import {
  ADJECTIVES,
  BEINGS,
  type Clause,
  english,
  englishPhrase,
  GIVING,
  NOUNS,
  type NounPhrase,
  PLACES,
  VERBS,
} from '../language/clause.js';
import type { Language } from '../language/language.js';
import { Page } from '../page.js';
import type { Split } from '../split.js';
import { boys, girls } from '../words/names.js';
import { promptOf, type TaskExample } from './example.js';

/** A clause with all its words drawn. */
export function drawClause(random: Random): Clause {
  const phrase = (nouns: readonly string[]): NounPhrase => ({
    noun: random.pick(nouns),
    adjectives: random.int(2) === 0 ? [] : [random.pick(ADJECTIVES)],
    plural: random.int(3) === 0,
  });
  const name = (): NounPhrase => ({ noun: random.pick([...girls, ...boys]), adjectives: [], plural: false });
  const someone = () => (random.int(2) === 0 ? name() : phrase(BEINGS));
  const verb = random.pick(Object.keys(VERBS));
  const clause: Clause = {
    subject: someone(),
    verb,
    object: phrase(NOUNS.slice(BEINGS.length)),
    negated: random.int(5) === 0,
  };
  if (GIVING.includes(verb)) clause.recipient = someone();
  if (random.int(3) === 0) clause.place = random.pick(PLACES);
  return clause;
}

/** @param choice - Even for a translation from English. */
export function translation(random: Random, split: Split, choice: number, language: Language): TaskExample {
  const fromEnglish = (choice & 1) === 0;
  const page = new Page(random, split);
  const pair = (a: string, b: string) => (fromEnglish ? [a, b] : [b, a]);
  page.say([
    `{some|a few|these} {words|lines} {of|in} ${language.name}{:| that I heard:| that I wrote down:| for travellers:}`,
    `{how to speak|how they speak|lessons in|notes on} ${language.name}{:|, as I heard it:|, for travellers:}`,
  ]);
  for (let i = random.int(3); i > 0; i--) {
    const phrases = Array.from({ length: 12 }, () => drawClause(random).object);
    page.put(
      phrases.map((phrase) => pair(englishPhrase(phrase), language.phrase(phrase)).join(' = ')),
      '\n',
    );
  }
  for (let i = 1 + random.int(3); i > 0; i--) {
    const clauses = Array.from({ length: 12 }, () => drawClause(random));
    page.put(
      clauses.map((clause) => pair(sentence(english(clause)), sentence(language.say(clause))).join(' = ')),
      '\n',
    );
  }
  const clauses = Array.from({ length: 12 }, () => drawClause(random));
  const length = page.length;
  const asks = random.int(4) === 0;
  const from = (clause: Clause) => pair(sentence(english(clause)), sentence(language.say(clause)))[0];
  const goal = fromEnglish ? language.name : 'English';
  page.put(
    clauses.map((clause) => (asks ? `Q: What is the ${goal} translation of ${from(clause)}` : from(clause))),
    '\n',
  );
  const asked = page.text(length);
  const source = asked.replace(/^Q: What is the \w+ translation of /, '');
  const clause = clauses.find((each) => from(each) === source)!;
  const target = pair(sentence(english(clause)), sentence(language.say(clause)))[1];
  page.put([`${asks ? 'A:' : '='} ${target}`]);
  const prompt = promptOf(page);
  const isSame = page.text(length, length + 1) === asked;
  if (!isSame) return translation(random, split, choice, language);
  const cut = prompt.completion.indexOf(target) - 1;
  return {
    task: 'translation',
    row: { source, target, to: goal },
    prompt: {
      context: prompt.context + prompt.completion.slice(0, cut),
      completion: prompt.completion.slice(cut),
    },
  };
}

const sentence = (text: string) => `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;
