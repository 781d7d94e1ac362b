/** Golden values: the rules of the official SQuAD v2.0, CoQA and DROP scripts, run in Python; see test/golden. */
import { Random } from '@gpt-ts/core';
import { describe, expect, test } from 'vitest';
import { golden } from '../../test/golden/metrics.js';
import { answerF1, coqaF1 } from './answer-f1.js';
import { dropF1 } from './drop-f1.js';
import { exactMatch, normaliseAnswer } from './exact-match.js';

const random = new Random(0, 'answers');
const VOCABULARY = ['the', 'a', 'red', 'barn', 'barn.', '7', '7.0', '1,000', 'old-new', '', '"'];
const draw = () => Array.from({ length: random.int(6) }, () => random.pick(VOCABULARY)).join(' ');

test.each([
  ['The  U.S. "dollar"', 'us dollar'],
  ['an apple a day', 'apple day'],
  ['Theatre, Anna & A.', 'theatre anna'],
  ['th\u00e9 \u00e9a a\u00e9 a_b', 'th\u00e9 \u00e9a a\u00e9 ab'], // no article inside a word of any script
  ['\u201cquoted\u201d\u2026\tthe\nend', '\u201cquoted\u201d\u2026 end'], // only ASCII punctuation goes
  ['A-a', 'aa'], // punctuation goes first
  [' the ', ''],
])('%j is normalised to %j', (text, normalised) => {
  expect(normaliseAnswer(text)).toBe(normalised);
});

test.each(golden.answers)(
  '$prediction against $references',
  ({ prediction, references, exactMatch: em, f1, coqa }) => {
    expect(exactMatch(prediction, references)).toBe(em);
    expect(answerF1(prediction, references)).toBeCloseTo(f1, 15);
    if (coqa !== null) expect(coqaF1(prediction, references)).toBeCloseTo(coqa, 15);
  },
);

test.each(golden.drop)('DROP: $prediction against $references', ({ prediction, references, f1 }) => {
  expect(dropF1(prediction, references)).toBe(f1);
});

test('worked by hand: precision 2/3 and recall 2/2; a word counts as often as both have it', () => {
  expect(answerF1('in the old barn', ['the barn', 'old barn'])).toBeCloseTo(0.8, 15);
  expect(answerF1('no no no', ['no no yes'])).toBeCloseTo(2 / 3, 15);
});

test('a question without an answer asks for an empty one', () => {
  for (const none of [[], [''], ['the', ' . ']]) {
    expect([exactMatch('a', none), answerF1('', none)]).toEqual([1, 1]);
    expect([exactMatch('barn', none), answerF1('barn', none)]).toEqual([0, 0]);
  }
  expect(() => coqaF1('barn', [])).toThrow('references must be one or more, got [].');
});

describe('over 2,000 random answers', () => {
  test('all scores lie in [0, 1], and are 1 for a reference itself', () => {
    for (let round = 0; round < 2000; round++) {
      const references = Array.from({ length: 1 + random.int(3) }, draw);
      const prediction = draw();
      for (const score of [
        exactMatch(prediction, references),
        answerF1(prediction, references),
        coqaF1(prediction, references),
        dropF1(
          prediction,
          references.map((each) => [each]),
        ),
      ]) {
        expect(score).toBeGreaterThanOrEqual(0);
        expect(score).toBeLessThanOrEqual(1);
      }
      expect(exactMatch(prediction, references)).toBeLessThanOrEqual(answerF1(prediction, references));
      const best = Math.max(...references.map((each) => coqaF1(prediction, [each])));
      expect(coqaF1(prediction, references)).toBeLessThan(best + 1e-12);
      expect(coqaF1(prediction, [prediction, prediction])).toBe(1);
      if (normaliseAnswer(prediction) === '') continue;
      expect(exactMatch(prediction, [...references, prediction])).toBe(1);
      expect(answerF1(prediction, [...references, prediction])).toBe(1);
      if (prediction.trim() !== '') expect(dropF1(prediction, [[prediction]])).toBe(1);
    }
  });

  test('the order of references and of words does not count', () => {
    for (let round = 0; round < 500; round++) {
      const references = Array.from({ length: 1 + random.int(3) }, draw);
      const prediction = draw();
      const shuffled = random.shuffle(prediction.split(' ')).join(' ');
      for (const score of [answerF1, coqaF1]) {
        expect(score(shuffled, random.shuffle(references))).toBeCloseTo(score(prediction, references), 14);
      }
    }
  });
});
