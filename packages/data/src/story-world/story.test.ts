import { describe, expect, test } from 'vitest';
import { plots } from './plots/plots.js';
import { promise } from './plots/promise.js';
import { STORY_KINDS, stories, story, storyCorpus } from './story.js';
import { boys, girls, talkingAnimals, traits } from './words/people.js';
import { homes, lands } from './words/places.js';
import { fairWeather, times } from './words/weather.js';

const sample = Array.from({ length: 5_000 }, (_, index) => story(1, index));

const wordsOf = (text: string) => text.toLowerCase().match(/[a-z]+/g) ?? [];

/** Asserts that no story of the sample has a match, and shows the first few that do. */
function expectNone(pattern: RegExp): void {
  expect(sample.flatMap((text) => text.match(pattern) ?? []).slice(0, 5)).toEqual([]);
}

describe('language', () => {
  test('only letters, spaces, newlines and , . ! ? : \' " occur', () => expectNone(/[^A-Za-z \n,.!?:'"]/));

  test('"an" stands before vowels and "a" before consonants', () => {
    expectNone(/\ba [aeiou]\w*/i);
    expectNone(/\ban [^aeiou]\w*/i);
  });

  test('no space is doubled or out of place, and no word is said twice', () => {
    expectNone(/ {2}|^[ \n]|[ \n]$| \n|\n | [,.!?]/);
    expectNone(/\b(\w+) \1\b/i);
    expectNone(/[,.!?:][,.!?:]/);
  });

  test('no slot is left empty', () => expectNone(/undefined|null|NaN|\[object|[${}]/));

  test('sentences start with a capital and paragraphs end with a full stop', () => {
    expectNone(/(^|\n|[.!?] )"?[^A-Z"\n][^.]*/);
    expectNone(/\." [^A-Z"][^.]*/);
    expectNone(/[!?]" (?!said|asked|cried|shouted|thought|they|he |she |["A-Z])[^.]*/);
    expectNone(/[^.!?"](\n|$)/);
    expectNone(/[^.!?]"(\n|$)/);
  });

  test('quotation marks are balanced in every paragraph', () => {
    const odd = sample.flatMap((text) => text.split('\n')).filter((part) => part.split('"').length % 2 === 0);
    expect(odd).toEqual([]);
  });

  test('verbs agree', () => {
    expectNone(/\b(he|she|it) (are|were|have)\b/i);
    expectNone(/\b(they|we|you) (is|was|has)\b/i);
    expectNone(/\bI (is|are|has)\b/);
  });

  test('the vocabulary has 500 to 900 words', () => {
    const vocabulary = new Set(sample.flatMap(wordsOf));
    expect(vocabulary.size).toBeGreaterThan(500);
    expect(vocabulary.size).toBeLessThan(900);
  });
});

describe('sense', () => {
  const women = new Set([...girls, 'Mom', 'Grandma']);
  const men = new Set([...boys, 'Dad', 'Grandpa']);

  test('nobody is "she" in a story of boys, nor "he" in a story of girls', () => {
    let checked = 0;
    for (const text of sample) {
      const words = text.match(/[A-Za-z]+/g)!;
      const hasWoman = words.some((word) => women.has(word));
      const hasMan = words.some((word) => men.has(word));
      if (hasWoman && hasMan) continue;
      checked++;
      expect(text).not.toMatch(hasWoman ? /\b(he|him|his)\b/i : /\b(she|her)\b/i);
    }
    expect(checked).toBeGreaterThan(300);
  });

  test('what was lost is what is found', () => {
    let checked = 0;
    for (const text of sample) {
      const lost = /the ([a-z ]+) was gone/i.exec(text)?.[1];
      if (lost === undefined) continue;
      checked++;
      expect(text).toMatch(new RegExp(`(there was|It was|found) the ${lost}\\b`));
    }
    expect(checked).toBeGreaterThan(100);
  });

  test('who gets wet in the rain gets dry again', () => {
    const rainy = sample.filter((text) => text.includes('began to rain'));
    expect(rainy.length).toBeGreaterThan(50);
    for (const text of rainy) expect(text).toMatch(/wet[\s\S]*dry/);
  });

  test('nobody thanks themselves', () => {
    const thanks = sample.flatMap((text) => [
      ...text.matchAll(/"Thank you[^"]* (\w+)[.,!][^"]*" (?:said|cried) (\w+)/g),
    ]);
    expect(thanks.length).toBeGreaterThan(500);
    for (const [, thanked, speaker] of thanks) expect(thanked).not.toBe(speaker);
  });

  test('as much was eaten as is owned up to', () => {
    let checked = 0;
    for (const text of sample) {
      const owned = /I ate (\w+) of them/.exec(text)?.[1];
      if (owned === undefined) continue;
      checked++;
      expect(text).toMatch(new RegExp(`had eaten ${owned}!|oon ${owned} of the`));
    }
    expect(checked).toBeGreaterThan(50);
  });
});

describe('variety', () => {
  test('there are at least 20 plots', () => expect(plots.length).toBeGreaterThanOrEqual(20));

  test('a story has 75 to 180 words, 110 to 130 on average', () => {
    const lengths = sample.map((text) => wordsOf(text).length);
    const mean = lengths.reduce((sum, length) => sum + length, 0) / lengths.length;
    expect(mean).toBeGreaterThan(110);
    expect(mean).toBeLessThan(130);
    expect(Math.min(...lengths)).toBeGreaterThanOrEqual(75);
    expect(Math.max(...lengths)).toBeLessThanOrEqual(180);
  });

  test('a story has three paragraphs', () => {
    for (const text of sample) expect(text.split('\n')).toHaveLength(3);
  });

  test('20,000 stories are all but all different', () => {
    const texts = new Set(Array.from({ length: 20_000 }, (_, index) => story(2, index)));
    expect(texts.size).toBeGreaterThan(19_980);
  });

  test('no opening is used by more than 15 % of stories', () => {
    const slots: [string, readonly string[]][] = [
      ['NAME', [...girls, ...boys]],
      ['HOME', homes],
      ['LAND', [...lands.people, ...lands.animals]],
      ['KIND', [...talkingAnimals, 'girl', 'boy']],
      ['LOOK', [...traits, 'little', 'good', 'best', 'old']],
      ['WEATHER', [...fairWeather, 'windy', 'cold']],
      ['TIME', times],
      ['HIS', ['his', 'her']],
    ];
    const counts = new Map<string, number>();
    for (const text of sample) {
      let opening = /^[^.!?]*/.exec(text)![0];
      for (const [slot, words] of slots)
        opening = opening.replace(new RegExp(`\\b(${words.join('|')})\\b`, 'g'), slot);
      opening = opening.replace(/(LOOK )+/g, '').replace('NAME the KIND', 'NAME');
      counts.set(opening, (counts.get(opening) ?? 0) + 1);
    }
    expect(Math.max(...counts.values()) / sample.length).toBeLessThan(0.15);
    expect(counts.size).toBeGreaterThan(20);
  });
});

describe('stories by number', () => {
  test('are the same on every machine and for ever', () => {
    expect(story(0, 0)).toMatchInlineSnapshot(`
      "There was once a quiet girl named Anna. One night, Anna woke up because of a noise. "Tap, tap, tap!" It came again and again. Anna felt afraid because it was very dark.
      Then Anna ran to Mom's room. Anna said, "There is something at the window!" Mom said, "Come, we will look together." They took a lamp and walked slowly through the dark house. Then they saw it. It was a branch that moved in the wind!
      "And I was so afraid!" said Anna. They both laughed. Then they tied the branch back with a rope. Anna closed her eyes with a smile. Things are less scary when you know what they are."
    `);
    expect(story(0, 1)).toMatchInlineSnapshot(`
      "Once upon a time, there was a kind boy named Ben. In three days, it would be Mom's birthday. Ben looked for money, but he only had one small coin. Ben sat down and thought for a long time. "I know!" said Ben. "I will make a gift."
      So Ben cut some long grass by the lake. Then he made a basket from the grass. Two times it went wrong, and two times he started again.
      On Mom's birthday, Ben came in with the basket. "Happy birthday!" said Ben. "This is for you, Mom." Mom gave Ben a big hug. She said, "This is the best gift of all, because you made it." After that, Mom carried bread and fruit in it every day. A gift from the heart does not need money."
    `);
    expect(story(7, 3)).toMatchInlineSnapshot(`
      "Long ago, a polite little fox named Lucy lived in a white house next to the forest. Lucy was afraid of the big slide because it was so high. When the others went down the slide, Lucy only watched.
      One afternoon, Lucy's friend Max the hedgehog sat down next to her. Lucy said, "I want to try, but I am afraid." "You can hold my hand," said Max. "We will count to three." Together, they climbed up and went down the slide. It was fast, and it was fun! Lucy said, "I did it! I am not afraid anymore."
      "Thank you, Max!" cried Lucy. "You are a good friend." Lucy was proud because she had been brave. Later, Lucy helped others who were afraid."
    `);
  });

  test('come in order from the generator', () => {
    const generator = stories({ seed: 5 });
    expect([generator.next().value, generator.next().value]).toEqual([story(5, 0), story(5, 1)]);
    expect(stories().next().value).toBe(story(0, 0));
  });

  test.each([-1, 0.5, Number.NaN])('refuse the index %s', (index) => {
    expect(() => story(0, index)).toThrow(`index must be an integer from 0 to 2^53 - 1, got ${index}.`);
  });

  test('of fewer kinds are drawn from the first plots only', () => {
    const seen = (kinds?: number) =>
      new Set(
        Array.from({ length: 200 }, (_, i) => story(2, i, kinds)).filter((text) => /promise/i.test(text)),
      );
    expect(plots.indexOf(promise)).toBeGreaterThanOrEqual(3);
    expect(seen().size).toBeGreaterThan(seen(3).size);
    expect(storyCorpus({ seed: 2, stories: 1, kinds: 3, separator: '' })).toBe(story(2, 0, 3));
    for (const kinds of [0, 1.5, STORY_KINDS + 1]) {
      expect(() => story(0, 0, kinds)).toThrow(`kinds must be an integer from 1 to ${STORY_KINDS}`);
    }
  });

  test('refuse a seed that is no integer', () => {
    expect(() => story(0.5, 0)).toThrow('seed must be an integer from 0 to 2^53 - 1, got 0.5.');
  });
});

describe('storyCorpus', () => {
  test('puts the separator after every story', () => {
    expect(storyCorpus({ seed: 3, stories: 2 })).toBe(
      `${story(3, 0)}<|endoftext|>${story(3, 1)}<|endoftext|>`,
    );
    expect(storyCorpus({ stories: 1, separator: '\n\n' })).toBe(`${story(0, 0)}\n\n`);
  });

  test('stops with the story that reaches the wanted number of characters', () => {
    const one = storyCorpus({ stories: 1 });
    expect(storyCorpus({ characters: 1 })).toBe(one);
    expect(storyCorpus({ characters: one.length })).toBe(one);
    expect(storyCorpus({ characters: one.length + 1 })).toBe(storyCorpus({ stories: 2 }));
  });

  test.each([
    [{ stories: 0 }, 'stories must be a positive integer, got 0.'],
    [{ characters: 1.5 }, 'characters must be a positive integer, got 1.5.'],
  ])('refuses %j', (options, message) => {
    expect(() => storyCorpus(options)).toThrow(message);
  });

  test('refuses both sizes or none', () => {
    const message = 'must be a number of stories or a number of characters';
    expect(() => storyCorpus({ stories: 1, characters: 1 } as never)).toThrow(message);
    expect(() => storyCorpus({} as never)).toThrow(message);
  });
});
