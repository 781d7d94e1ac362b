import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { hasInfix, prefixLength, splitInfixes, suffixLength } from './affixes.js';

const prefix = (word: string) => word.slice(0, prefixLength(word, 0, word.length));
const suffix = (word: string) => word.slice(word.length - suffixLength(word, 0, word.length));

describe('affixes', () => {
  test.each([
    ['word', ''],
    ['(word', '('],
    ['...word', '...'],
    ['.word', ''],
    ['US$5', 'US$'],
    ['₿5', '₿'],
    ['+5', ''],
    ['+a', '+'],
    ['😀a', '😀'],
    ['-a', ''],
  ])('%s begins with %j', (word, is) => {
    expect(prefix(word)).toBe(is);
  });

  test.each([
    ['word', ''],
    ['word.', '.'],
    ['Word.', '.'],
    ['W.', ''],
    ['WW.', '.'],
    ['5.', '.'],
    ['(.', '.'],
    ['|.', '.'],
    ['-.', '.'],
    ['=.', ''],
    ['20°C.', '.'],
    ['20°X.', ''],
    ['word...', '...'],
    ['a……', '……'],
    ["dog's", "'s"],
    ['5km', 'km'],
    ['5km²', 'km²'],
    ['5US$', 'US$'],
    ['xkm', ''],
    ['٥km', ''],
    ['5+', '+'],
    ['а.', '.'],
    ['中.', '.'],
    ['ა.', ''],
  ])('%s ends with %j', (word, is) => {
    expect(suffix(word)).toBe(is);
  });

  test.each([
    ['word', ['word']],
    ['well-known', ['well', '-', 'known']],
    ['a--b---c', ['a', '--', 'b', '---', 'c']],
    ['-a', ['-a']],
    ['a-', ['a-']],
    ['5-a', ['5', '-', 'a']],
    ['a-5', ['a-5']],
    ['1-2*-3', ['1', '-', '2', '*', '-3']],
    ['end.Next', ['end', '.', 'Next']],
    ['end.next', ['end.next']],
    ['a,b', ['a', ',', 'b']],
    ['1,b', ['1,b']],
    ['a=b:c<d>e/f', ['a', '=', 'b', ':', 'c', '<', 'd', '>', 'e', '/', 'f']],
    ['..a..b', ['..a', '..', 'b']],
    ['a☺b', ['a', '☺', 'b']],
  ])('%s is cut inside', (word, parts) => {
    expect(splitInfixes(word)).toEqual(parts);
    expect(hasInfix(word)).toBe(parts.length > 1);
  });

  test('an infix at the beginning is one, but cuts nothing', () => {
    expect(hasInfix('..a')).toBe(true);
    expect(splitInfixes('..a')).toEqual(['..a']);
  });

  test('what is beyond the two indices makes no difference', () => {
    const unit = fc.constantFrom(..."..a5A+$€°C….-'s😀k²m(中|".split(/(?:)/u), '……', 'US$', 'km²', 'اكواب');
    const word = fc.array(unit, { maxLength: 8 }).map((units) => units.join(''));
    fc.assert(
      fc.property(word, word, word, (before, inside, after) => {
        const text = before + inside + after;
        const [start, end] = [before.length, before.length + inside.length];
        expect(prefixLength(text, start, end)).toBe(prefixLength(inside, 0, inside.length));
        expect(suffixLength(text, start, end)).toBe(suffixLength(inside, 0, inside.length));
      }),
      { numRuns: 5000 },
    );
  });
});
