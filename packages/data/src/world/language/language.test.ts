import { Random } from '@gpt-ts/core';
import { describe, expect, test } from 'vitest';
import { drawClause } from '../tasks/translation.js';
import { english, englishPhrase, NOUNS, parseEnglish } from './clause.js';
import { Language } from './language.js';

describe.each([0, 1, 2, 3, 4, 5, 6, 7])('language %i', (seed) => {
  const language = new Language(seed);

  test('says and understands every clause, and so does English', () => {
    const random = new Random(seed, 'clauses');
    for (let i = 0; i < 2000; i++) {
      const clause = drawClause(random);
      const said = language.say(clause);
      expect({ said, clause: language.understand(said) }).toEqual({ said, clause });
      expect(parseEnglish(english(clause))).toEqual(clause);
      expect(said).toMatch(/^[A-Za-z -]+$/);
    }
  });

  test('has one word for each noun, repeated in part for more than one', () => {
    const words = NOUNS.map((noun) => language.phrase({ noun, adjectives: [], plural: false }));
    expect(new Set(words).size).toBe(NOUNS.length);
    for (const [i, noun] of NOUNS.entries()) {
      expect(language.phrase({ noun, adjectives: [], plural: true })).toBe(words[i].slice(0, 2) + words[i]);
    }
  });
});

test('languages differ in words and in order', () => {
  const clause = parseEnglish('Mia gave the red cups to Tom in the park')!;
  expect(englishPhrase(clause.object)).toBe('the red cups');
  const sayings = Array.from({ length: 20 }, (_, seed) => new Language(seed).say(clause));
  expect(new Set(sayings).size).toBe(20);
  expect(
    new Set(sayings.map((said) => said.split(' ').findIndex((word) => word.startsWith('Mia')))).size,
  ).toBeGreaterThan(1);
});

test('refuses what is none of its sentences', () => {
  const language = new Language(0);
  for (const text of ['', 'xyzzy', 'Mia', 'Mia-q Tom']) expect(language.understand(text)).toBeUndefined();
  for (const text of ['Mia', 'Mia saw', 'Mia saw the xyzzy', 'the cat saw the ball on Mars']) {
    expect(parseEnglish(text)).toBeUndefined();
  }
});
