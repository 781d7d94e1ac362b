import { expect, test } from 'vitest';
import { commonBeginning } from './common-beginning.js';

test('the beginning ends before the space of the word that differs', () => {
  expect(commonBeginning(['Ann is here.', "Ann isn't."])).toEqual({
    context: 'Ann',
    choices: [' is here.', " isn't."],
  });
  expect(commonBeginning(['"Bob," said', '"Bill," said'], 'It was so.')).toEqual({
    context: 'It was so.',
    choices: [' "Bob," said', ' "Bill," said'],
  });
  expect(commonBeginning(['One.', 'On.'])).toEqual({ context: '', choices: ['One.', 'On.'] });
  expect(commonBeginning(['a b', 'a c'])).toEqual({ context: 'a', choices: [' b', ' c'] });
});

test('texts that are the same still have something to score', () => {
  expect(commonBeginning(['a b', 'a b'])).toEqual({ context: 'a', choices: [' b', ' b'] });
});
