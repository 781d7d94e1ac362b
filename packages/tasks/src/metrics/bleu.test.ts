/** Golden values: Moses' multi-bleu.perl, sacreBLEU's rules in Python and its own tests; see test/golden. */
import { Random } from '@gpt-ts/core';
import { describe, expect, test } from 'vitest';
import { golden } from '../../test/golden/metrics.js';
import { type Bleu, bleu, MULTI_BLEU, SACRE_BLEU } from './bleu.js';
import { tokenize13a } from './tokenize-13a.js';

/** To 12 digits: multi-bleu was made to print 14. */
function expectBleu(received: Bleu, expected: Bleu): void {
  expect(received.score).toBeCloseTo(expected.score, 11); // measured 2.2e-13; precisions 4.6e-13
  expect(received.brevityPenalty).toBeCloseTo(expected.brevityPenalty, 13);
  received.precisions.forEach((precision, i) => {
    expect(precision).toBeCloseTo(expected.precisions[i], 11);
  });
  expect([received.predictionLength, received.referenceLength]).toEqual([
    expected.predictionLength,
    expected.referenceLength,
  ]);
}

describe.each(golden.bleu)('$name', ({ predictions, references, multiBleu, sacreBleu }) => {
  test('gives the score of multi-bleu.perl', () => {
    expectBleu(bleu(predictions, references, MULTI_BLEU), multiBleu);
  });
  test('gives the score of sacreBLEU', () => {
    expectBleu(bleu(predictions, references, SACRE_BLEU), sacreBleu);
  });
});

test.each(golden.tokens13a)('13a cuts $text into $tokens', ({ text, tokens }) => {
  expect(tokenize13a(text)).toEqual(tokens);
});

test("sacreBLEU's own tests: 48.530827, without its tokenizer 49.1919566, of nothing 0", () => {
  const predictions = ['The dog bit the man.', "It wasn't surprising.", 'The man had just bitten him.'];
  const references = [
    ['The dog bit the man.', 'The dog had bit the man.'],
    ['It was not unexpected.', 'No one was surprised.'],
    ['The man bit him first.', 'The man had bitten the dog.'],
  ];
  expect(bleu(predictions, references, SACRE_BLEU).score).toBeCloseTo(48.530827, 6);
  expect(bleu(predictions, references, { tokenize: '13a', smoothing: 'none' }).score).toBeCloseTo(
    48.530827,
    6,
  );
  const bare = { tokenize: 'white-space', smoothing: 'exp' } as const;
  expect(bleu(predictions, references, bare).score).toBeCloseTo(49.1919566, 7);
  expect(bleu(['', '', ''], references, SACRE_BLEU).score).toBe(0);
});

test('worked by hand: 5/6, 3/5, 2/4, 1/3 of n-grams, and too short by a sixth', () => {
  const { score, precisions } = bleu(['the cat sat on a mat'], [['the cat sat on the mat']], MULTI_BLEU);
  expect(precisions).toEqual([500 / 6, 300 / 5, 200 / 4, 100 / 3]);
  expect(score).toBeCloseTo(100 * ((5 / 6) * (3 / 5) * (2 / 4) * (1 / 3)) ** 0.25, 12);
  const short = bleu(['a b c d e'], [['a b c d e f']], MULTI_BLEU);
  expect(short.score).toBeCloseTo(100 * Math.exp(1 - 6 / 5), 12);
});

describe.each([
  { name: 'multi-bleu', options: MULTI_BLEU },
  { name: 'SacreBLEU', options: SACRE_BLEU },
])('$name', ({ options }) => {
  const random = new Random(0, 'bleu');
  const sentence = (shortest: number) =>
    Array.from({ length: shortest + random.int(6) }, () => random.pick([...'abcde.'])).join(' ');

  test('is 100 for the references themselves, and within [0, 100] in any order of items', () => {
    for (let round = 0; round < 200; round++) {
      const references = Array.from({ length: 4 }, () => [sentence(4), sentence(4)]);
      const own = references.map((each) => random.pick(each));
      expect(bleu(own, references, options).score).toBeCloseTo(100, 11);
      const predictions = references.map(() => sentence(0));
      const { score } = bleu(predictions, references, options);
      expect(score).toBeGreaterThanOrEqual(0);
      expect(score).toBeLessThanOrEqual(100);
      const order = random.shuffle([0, 1, 2, 3]);
      const permuted = bleu(
        order.map((i) => predictions[i]),
        order.map((i) => references[i].toReversed()),
        options,
      );
      expect(permuted.score).toBe(score);
    }
  });

  test('refuses items without a reference', () => {
    expect(() => bleu([], [], options)).toThrow('predictions must be one or more, got [].');
    expect(() => bleu(['a'], [], options)).toThrow(
      'references.length must be 1, a list for each prediction, got 0.',
    );
    expect(() => bleu(['a', 'b'], [['a'], []], options)).toThrow(
      'references[1] must be one or more, got [].',
    );
  });
});

test('no-break spaces part words for SacreBLEU alone', () => {
  expect(tokenize13a('a\u00a0b\u202fc')).toEqual(['a', 'b', 'c']);
  expect(bleu(['a\u00a0b'], [['a b']], MULTI_BLEU).predictionLength).toBe(1);
});
