import { describe, expect, test } from 'vitest';
import { worldCorpus, worldDocument, worldDocuments, worldStory } from './documents.js';
import { boys, girls } from './words/names.js';

const sample = Array.from({ length: 2_000 }, (_, index) => worldStory({ seed: 1, index, split: 'train' }));
const mixed = Array.from({ length: 2_000 }, (_, index) => worldDocument(index, { seed: 1, tasks: true }));

const wordsOf = (text: string) => text.toLowerCase().match(/[a-z]+/g) ?? [];

function expectNone(pattern: RegExp, texts: readonly string[] = sample): void {
  expect(texts.flatMap((text) => text.match(pattern) ?? []).slice(0, 5)).toEqual([]);
}

describe('language', { timeout: 60_000 }, () => {
  test('only letters, spaces, newlines and , . ! ? : \' " occur in stories', () =>
    expectNone(/[^A-Za-z \n,.!?:'"]/));

  test('"an" stands before vowels and "a" before consonants', () => {
    expectNone(/\ba [aeiou]\w*/i);
    expectNone(/\ban [^aeiou]\w*/i);
  });

  test('no space is doubled or out of place, and no word is said twice', () => {
    expectNone(/ {2}|^[ \n]|[ \n]$| \n|\n | [,.!?]/);
    expectNone(/\b(\w+) \1\b/i);
    expectNone(/[,.!?:][,.!?:]/);
  });

  test('no slot and no choice is left open', () => {
    expectNone(/undefined|null|NaN|\[object|[${}^|]/);
    expectNone(/undefined|null|NaN|\[object|[${}^|]/, mixed);
  });

  test('sentences start with a capital and paragraphs end with a full stop', () => {
    expectNone(/(^|\n|[.!?] )"?[^A-Z"\n][^.]*/);
    expectNone(/[!?]" (?!called|said|asked|cried|shouted|thought|they|he |she |["A-Z])[^.]*/);
    expectNone(/[^.!?"](\n|$)/);
  });

  test('quotation marks are balanced in every paragraph', () => {
    const odd = sample.flatMap((text) => text.split('\n')).filter((part) => part.split('"').length % 2 === 0);
    expect(odd).toEqual([]);
  });

  test('verbs agree', () => {
    expectNone(/\b(he|she|it) (are|were|have)\b/i);
    expectNone(/\b(they|we|you) (is|was|has)\b/i);
    expectNone(/\b[A-Z]\w+ and [A-Z]\w+ was\b/);
  });

  test('a sentence that starts with "she" or "he" follows one about a single person who can be meant', () => {
    let checked = 0;
    for (const paragraph of sample.flatMap((text) => text.split('\n'))) {
      const sentences = paragraph.split(/(?<=\."?) /);
      for (const [i, sentence] of sentences.entries()) {
        const pronoun = /^(She|He)\b/.exec(sentence)?.[1];
        if (pronoun === undefined) continue;
        const before = sentences[i - 1];
        const named = (pronoun === 'She' ? girls : boys).filter((name) =>
          new RegExp(`\\b${name}\\b`).test(before),
        );
        const carried = new RegExp(`\\b(${pronoun}|${pronoun === 'She' ? 'Her' : 'His'})\\b`, 'i').test(
          before,
        );
        expect({
          before,
          sentence,
          fine: named.length === 1 || (named.length === 0 && carried),
        }).toMatchObject({ fine: true });
        checked++;
      }
    }
    expect(checked).toBeGreaterThan(2000);
  });

  test('stories have 550 to 750 words among them, all documents less than 1,000 but for invented ones', () => {
    const vocabulary = new Set(sample.flatMap(wordsOf));
    expect(vocabulary.size).toBeGreaterThan(550);
    expect(vocabulary.size).toBeLessThan(750);
  });
});

describe('variety', { timeout: 60_000 }, () => {
  test('all documents are different, and so are stories without their names', () => {
    expect(new Set(mixed).size).toBe(mixed.length);
    const nameless = sample.map((text) => text.replace(new RegExp([...girls, ...boys].join('|'), 'g'), 'N'));
    expect(new Set(nameless).size).toBe(sample.length);
  });

  test('a story has 60 to 240 words, 125 to 145 on average', () => {
    const lengths = sample.map((text) => wordsOf(text).length);
    const mean = lengths.reduce((sum, length) => sum + length, 0) / lengths.length;
    expect(mean).toBeGreaterThan(125);
    expect(mean).toBeLessThan(145);
    expect(Math.min(...lengths)).toBeGreaterThanOrEqual(60);
    expect(Math.max(...lengths)).toBeLessThanOrEqual(240);
  });

  test('half of the mixed documents are stories; quizzes, summaries, reviews and lists occur', () => {
    for (const sign of [
      /^A: /m,
      /TL;DR: /,
      /very (good|bad|happy|sad)\.$/,
      / = /,
      / => /,
      /Is it true that/,
    ]) {
      expect(mixed.filter((text) => sign.test(text)).length).toBeGreaterThan(10);
    }
    const stories = mixed.filter((text, index) => text === worldStory({ seed: 1, index, split: 'train' }));
    expect(Math.abs(stories.length - 1000)).toBeLessThan(112); // five standard deviations
  });
});

describe('stability', { timeout: 60_000 }, () => {
  test('a document depends on its numbers alone', () => {
    expect(worldDocument(77, { seed: 1, tasks: true })).toBe(mixed[77]);
    expect(worldDocument(5, { seed: 1 })).toBe(sample[5]);
    expect(worldDocument(5, { seed: 2 })).not.toBe(sample[5]);
    const [first, second] = worldDocuments({ seed: 1 });
    expect([first, second]).toEqual(sample.slice(0, 2));
  });

  test('two stories are kept word for word', () => {
    expect(worldStory({ seed: 0, index: 0, split: 'train' })).toMatchInlineSnapshot(`
      "This is a story of Vera, a very polite hedgehog. Nick the squirrel was so cheerful, and everybody liked him. Nick's house was near the forest. He loved plums most. Vera had a big silver mirror. She had a good friend named Gus the bear. Vera, Gus and Nick had run to the island. One sunny day, Vera put down her mirror on the island. She hurried to the park together with Gus. Next, Nick took the mirror on the island.
      Vera and Gus wandered side by side to the island. On the island, Vera looked for her mirror in vain. She was so gloomy about it. After that, she asked Nick for her mirror.
      Nick looked at Vera and said, "I am so sorry." The mirror was brought back to Vera by Nick. That made Vera very cheerful. Vera said thank you to Nick."
    `);
    expect(worldStory({ seed: 0, index: 1, split: 'test' })).toMatchInlineSnapshot(`
      "Finn was a quiet boy. He was just seven. Finn truly loved carrots most. His close friend was called Emma. Near the valley, Emma had a lovely house. Finn was already at the harbour. Next door lived Leo, a funny boy. Emma was on the farm with Leo. One clear morning, Finn gathered nine carrots at the harbour.
      Soon Finn strolled to the farm. On the farm, Finn met Emma. He slowly handed Emma five carrots. That made Emma glad. Soon Emma thanked Finn.
      Finn handed Leo three carrots. That made Leo glad. Leo thanked Finn. There is enough for all who share."
    `);
  });

  test('a corpus has the separator after every document', () => {
    expect(worldCorpus({ documents: 2, seed: 1, separator: '|' })).toBe(`${sample[0]}|${sample[1]}|`);
    expect(worldCorpus({ documents: 1 })).toMatch(/<\|endoftext\|>$/);
  });

  test.each([
    [() => worldDocument(-1), 'index must be an integer from 0 to 2^53 - 1, got -1.'],
    [() => worldDocument(0, { seed: 0.5 }), 'seed must be an integer from 0 to 2^53 - 1, got 0.5.'],
    [
      () => worldDocument(0, { split: 'dev' as never }),
      'split must be one of train, validation, test, got "dev".',
    ],
    [() => worldCorpus({ documents: 0 }), 'documents must be a positive integer, got 0.'],
  ])('refuses what is none', (call, message) => {
    expect(call).toThrow(message);
  });
});
