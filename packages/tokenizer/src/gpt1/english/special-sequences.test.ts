import { describe, expect, test } from 'vitest';
import { SpecialSequences } from './special-sequences.js';

// Each character is a token, and ':' and ')' are affixes.
const cases = new Map([
  [':)', [':)']],
  [':)))', [':)))']],
  ['x:', ['x', ':']],
  ['word', ['wo', 'rd']],
]);
const sequences = new SpecialSequences(cases, (word) => [...word]);
const apply = (...words: string[]) =>
  sequences.apply(
    [...words.join('')],
    words.flatMap((word, chunk) => [...word].map(() => chunk)),
  );

describe('SpecialSequences', () => {
  test('puts special cases in place of their tokens', () => {
    expect(apply('a:)b')).toEqual(['a', ':)', 'b']);
    expect(apply('abc')).toEqual(['a', 'b', 'c']);
    expect(apply()).toEqual([]);
  });

  test('takes the longest, of equals the first', () => {
    expect(apply(':))))')).toEqual([':)))', ')']);
    expect(apply('x:)')).toEqual(['x', ':', ')']); // x: comes before :)
  });

  test('leaves what white space interrupts, which also hides what it overlaps', () => {
    expect(apply(':', ')')).toEqual([':', ')']);
    expect(apply('x', ':)')).toEqual(['x', ':', ')']);
    expect(apply(':)', '))')).toEqual([':', ')', ')', ')']);
  });

  test('ignores special cases without affixes', () => {
    expect(apply('word')).toEqual(['w', 'o', 'r', 'd']);
  });
});
