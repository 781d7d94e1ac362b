import { Random } from '@gpt-ts/core';
import { expect, test } from 'vitest';
import { allCorrectBy } from './all-correct-by.js';

interface Judged {
  question: string;
  right: boolean;
}
const share = (judged: readonly Judged[]) =>
  allCorrectBy(
    judged,
    ({ question }) => question,
    ({ right }) => right,
  );

test('one wrong answer spoils its question, wherever it stands: 2 of 4 questions', () => {
  const judged = ['a+', 'b+', 'a+', 'c-', 'b-', 'd+', 'c+', 'b+'].map(([question, sign]) => ({
    question,
    right: sign === '+',
  }));
  expect(share(judged)).toBe(2 / 4);
  const random = new Random(0);
  for (let round = 0; round < 50; round++) expect(share(random.shuffle(judged))).toBe(2 / 4);
});

test('with a question each it is accuracy; all right is 1, all wrong 0', () => {
  const each = [true, false, true, true].map((right, i) => ({ question: `${i}`, right }));
  expect(share(each)).toBe(3 / 4);
  expect(share(each.filter(({ right }) => right))).toBe(1);
  expect(share(each.filter(({ right }) => !right))).toBe(0);
});

test('no items make no share', () => {
  expect(() => share([])).toThrow('items must be one or more, got [].');
});
