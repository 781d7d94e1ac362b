import { Random } from '@gpt-ts/core';
import { describe, expect, test } from 'vitest';
import { Person } from './person.js';
import { Tale } from './tale.js';
import { feminine, masculine } from './words/people.js';

const mia = new Person('Mia', 'girl', feminine);
const tom = new Person('Tom', 'fox', masculine, true);
const mom = new Person('Mom', 'mom', feminine);

/** The different texts that many seeds give. */
function tellings(plot: (tale: Tale) => void): Set<string> {
  const texts = new Set<string>();
  for (let seed = 0; seed < 300; seed++) {
    const tale = new Tale(new Random(seed));
    for (const person of [mia, tom, mom]) tale.enter(person);
    plot(tale);
    texts.add(tale.text());
  }
  return texts;
}

describe('pronouns', () => {
  test('a name becomes a pronoun when the sentence before was about the same person', () => {
    const texts = tellings((tale) => {
      tale.say('Mia ran home.');
      tale.say(`Mia's hat was wet.`);
    });
    expect(texts).toEqual(new Set([`Mia ran home. Mia's hat was wet.`, 'Mia ran home. Her hat was wet.']));
  });

  test.each([
    ['somebody else was named who has the same pronoun', 'Mom saw Mia.'],
    ['the sentence before was about two', 'Mia and Tom ran.'],
    ['the sentence before was about nobody', 'It rained.'],
  ])('the name stays when %s', (_, before) => {
    const texts = tellings((tale) => {
      tale.say(before);
      tale.say('Mia sat down.');
    });
    expect(texts).toEqual(new Set([`${before} Mia sat down.`]));
  });

  test('the name stays at the start of a paragraph', () => {
    const texts = tellings((tale) => {
      tale.say('Mia ran home.');
      tale.turn();
      tale.say('Mia sat down.');
    });
    expect(texts).toEqual(new Set(['Mia ran home.\nMia sat down.']));
  });
});

test('speech is quoted before, after or around its speaker', () => {
  expect(tellings((tale) => tale.speak(tom, 'It is here. Look!'))).toEqual(
    new Set([
      '"It is here," said Tom. "Look!"',
      'Tom said, "It is here. Look!"',
      'Tom cried, "It is here. Look!"',
    ]),
  );
  expect(tellings((tale) => tale.speak(tom, 'Where is it?'))).toEqual(
    new Set(['"Where is it?" asked Tom.', 'Tom asked, "Where is it?"']),
  );
});

test('a feeling comes with its cause, and the cause names the person when it comes first', () => {
  expect(tellings((tale) => tale.feel(mia, 'sad', 'she was lost'))).toEqual(
    new Set([
      'Mia was sad because she was lost.',
      'Mia felt sad because she was lost.',
      'Mia was lost, so she was sad.',
      'Mia was lost, and she felt sad.',
    ]),
  );
});

test('a day is told once', () => {
  const tale = new Tale(new Random(0));
  const day = tale.tellDay();
  expect(tale.oneDay()).toBe(`that ${day.split(' ')[1]}`);
  expect(tale.oneNight()).toBe('that night');
});

test('a talking animal is introduced with its kind', () => {
  expect(tom.title).toBe('Tom the fox');
  expect(mia.title).toBe('Mia');
});
