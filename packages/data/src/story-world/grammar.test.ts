import { expect, test } from 'vitest';
import { capitalise, list, plural, withArticle } from './grammar.js';

test.each([
  ['orange kite', 'an orange kite'],
  ['old hat', 'an old hat'],
  ['red apple', 'a red apple'],
])('%s gets its article', (phrase, expected) => {
  expect(withArticle(phrase)).toBe(expected);
});

test.each([
  ['plum', 'plums'],
  ['berry', 'berries'],
  ['toy', 'toys'],
  ['peach', 'peaches'],
  ['box', 'boxes'],
])('the plural of %s is %s', (noun, expected) => {
  expect(plural(noun)).toBe(expected);
});

test('a list has one "and", before the last item', () => {
  expect(list(['milk'])).toBe('milk');
  expect(list(['milk', 'eggs'])).toBe('milk and eggs');
  expect(list(['milk', 'eggs', 'flour'])).toBe('milk, eggs and flour');
});

test.each([
  ['it rained. they got wet.', 'It rained. They got wet.'],
  ['she said, "look! it is here."', 'She said, "Look! It is here."'],
  ['"we can share." then they ate.', '"We can share." Then they ate.'],
  ['"where?" asked Tom.', '"Where?" asked Tom.'],
  ['"stop!" she cried. "come back."', '"Stop!" she cried. "Come back."'],
])('capitals start the sentences of %s', (text, expected) => {
  expect(capitalise(text)).toBe(expected);
});
