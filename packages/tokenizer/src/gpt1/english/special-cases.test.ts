import { describe, expect, test } from 'vitest';
import { MAX_SPECIAL_LENGTH, SPECIAL_CASES } from './special-cases.js';

describe('SPECIAL_CASES', () => {
  test('are words and what they are cut into', () => {
    for (const [word, tokens] of SPECIAL_CASES) {
      expect(tokens.join('')).toBe(word);
      expect(tokens).not.toContain('');
      expect(word.length).toBeLessThanOrEqual(MAX_SPECIAL_LENGTH);
    }
  });

  test.each([
    ["I'm", ['I', "'m"]],
    ["i'ma", ['i', "'m", 'a']],
    ['Theyve', ['They', 've']],
    ["who'd've", ['who', "'d", "'ve"]],
    ['Thisll', ['This', 'll']],
    ["Shan't've", ['Sha', "n't", "'ve"]],
    ['aint', ['ai', 'nt']],
    ['12p.m.', ['12', 'p.m.']],
    ['Cannot', ['Can', 'not']],
    ["how'd'y", ['how', "'d", "'y"]],
    ["o'clock", ["o'clock"]],
    ['don’t', ['do', 'n’t']],
    ['ü.', ['ü.']],
    ['¯\\(ツ)/¯', ['¯\\(ツ)/¯']],
    ['\\")', ['\\")']],
  ])('%s', (word, tokens) => {
    expect(SPECIAL_CASES.get(word)).toEqual(tokens);
  });

  test.each(['were', 'its', 'Well', 'hell', "that've", "this've", 'May.', "Y'all", '13am'])(
    '%s is none',
    (word) => {
      expect(SPECIAL_CASES.has(word)).toBe(false);
    },
  );
});
