import { describe, expect, test } from 'vitest';
import { readData, testWithData } from '../../test/support/shared-data.js';
import { originalUnits } from './original-units.js';

describe('originalUnits', () => {
  test.each([
    ['', 0, 0],
    ['a b\n', 3, 4],
    ['a b', 3, 3],
    ['\n\n', 2, 2],
    [' \n = T = \n', 5, 10],
    ['é 東京 😀\n', 4, 15],
    ['a\u00a0b\tc\r\n', 4, 8],
  ])('%j has %i words and %i bytes', (text, words, bytes) => {
    expect(originalUnits(text)).toEqual({ words, bytes });
  });

  // Merity et al. 2016, table 1: WikiText-2 has 217,646 tokens for validation.
  testWithData(
    "WikiText-2's validation split has as many words as its paper says",
    ['lm-wikitext2/valid.txt'],
    () => {
      const { text } = readData('lm-wikitext2/valid.txt');
      expect(originalUnits(text)).toEqual({ words: 217_646, bytes: 1_121_681 });
    },
  );
});
