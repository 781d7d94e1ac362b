import { Random } from '@gpt-ts/core';
import { describe, expect, test } from 'vitest';
import { naiveWords, randomText } from '../../test/support/naive-overlap.js';
import { normaliseWords, type WordRule, wordSpans } from './words.js';

describe('normaliseWords', () => {
  test.each<[string, string, string]>([
    ["Don't STOP - now!", 'don t stop now', 'dont stop now'],
    ['  a\tb\r\n\n c  ', 'a b c', 'a b c'],
    ['3.14 1,000 $5 50%', '3 14 1 000 5 50', '314 1000 5 50'],
    ['well-known e.g. "x"', 'well known e g x', 'wellknown eg x'],
    ['-- ... ~ "" 😀', '', ''],
    ['', '', ''],
    ['ÉCOLE École e\u0301cole', 'école école e\u0301cole', 'école école e\u0301cole'],
    ['𝐀𐐀😀b', '𝐀𐐨 b', '𝐀𐐨b'], // letters beyond 16 bits; the second has a small form
    ['東京、大阪。', '東京 大阪', '東京大阪'],
    ['a\u00a0b\u2003c\ufeffd\u200be', 'a b c d e', 'a b c d\u200be'], // a zero-width space is no white space
    ['x\ud800y\udc00z', 'x y z', 'xyz'], // halves of characters are none
    ['İ', 'i\u0307', 'i\u0307'],
  ])('%j', (text, gpt2, gpt3) => {
    expect(normaliseWords(text, 'gpt2')).toBe(gpt2);
    expect(normaliseWords(text, 'gpt3')).toBe(gpt3);
  });

  test.each<WordRule>(['gpt2', 'gpt3'])('%s: 2,000 random texts as regular expressions see them', (rule) => {
    const random = new Random(7, rule);
    for (let i = 0; i < 2000; i++) {
      const text = randomText(random, 60);
      const words = naiveWords(text, rule);
      expect(normaliseWords(text, rule)).toBe(words.join(' '));
      const { begins, ends } = wordSpans(text, rule);
      const found = begins.map((begin, k) => naiveWords(text.slice(begin, ends[k]), rule));
      expect(found).toEqual(words.map((word) => [word]));
    }
  });

  test('refuses another rule', () => {
    expect(() => normaliseWords('a', 'gpt4' as WordRule)).toThrow(
      "rule must be 'gpt2' or 'gpt3', got \"gpt4\"",
    );
  });
});
