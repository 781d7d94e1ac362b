import fc from 'fast-check';
import { expect, test } from 'vitest';
import { compareCodePoints } from './compare-code-points.js';

test('orders strings by code points', () => {
  expect(['ab', '\u{10000}', 'b', '\uffff', '', 'a'].sort(compareCodePoints)).toEqual([
    '',
    'a',
    'ab',
    'b',
    '\uffff',
    '\u{10000}',
  ]);
});

test('is the order of the strings in UTF-32', () => {
  const utf32 = (text: string) => [...text].map((c) => c.codePointAt(0)!.toString(16).padStart(6)).join('');
  const text = fc.string({ unit: fc.constantFrom('a', 'b', '\uffff', '\ue000', '😀', '😁'), maxLength: 6 });
  fc.assert(
    fc.property(text, text, (a, b) => {
      const [x, y] = [utf32(a), utf32(b)];
      expect(Math.sign(compareCodePoints(a, b))).toBe(x < y ? -1 : x > y ? 1 : 0);
    }),
  );
});
