import fc from 'fast-check';
import { expect, test } from 'vitest';
import { referenceSplit } from '../../test/support/reference.js';
import { numRuns, unicode } from '../../test/support/unicode.js';
import { pieceEnd } from './split-pieces.js';

function split(text: string): string[] {
  const pieces: string[] = [];
  for (let start = 0; start < text.length; start = pieceEnd(text, start)) {
    pieces.push(text.slice(start, pieceEnd(text, start)));
  }
  return pieces;
}

test.each<[string, string[]]>([
  ['', []],
  ["it's  2 pm", ['it', "'s", ' ', ' 2', ' pm']],
  ["I'll we'Re 's", ['I', "'ll", ' we', "'", 'Re', " '", 's']], // lower case only, and not after a space
  ['x  \n\t y', ['x', '  \n\t', ' y']],
  ['x \ny', ['x', ' ', '\n', 'y']], // only U+0020 leads a word
  ['x  ', ['x', '  ']],
  ['a\u0085b\ufeffc', ['a', '\u0085', 'b', '\ufeff', 'c']],
  ['\ufeff!\u001c ', ['\ufeff!\u001c', ' ']], // neither is white space here
  ['½x² ٣e\u0301', ['½', 'x', '²', ' ٣', 'e', '\u0301']],
  ['𝔘x 😀!', ['𝔘x', ' 😀!']],
  ['\ud800\ud800a\udc00', ['\ud800\ud800', 'a', '\udc00']], // lone surrogates are symbols
])('%j', (text, pieces) => {
  expect(split(text)).toEqual(pieces);
  expect(referenceSplit(text)).toEqual(pieces);
});

test('agrees with the pattern on every code point, after a letter and after a space', {
  timeout: 60_000,
}, () => {
  for (let plane = 0; plane < 0x110000; plane += 0x10000) {
    let text = '';
    for (let code = plane; code < plane + 0x10000; code++) {
      const character = String.fromCodePoint(code);
      text += `x${character} ${character}`;
    }
    expect(split(text).join('|') === referenceSplit(text).join('|')).toBe(true);
  }
});

test('agrees with the pattern on any text', () => {
  const unit = fc.integer({ min: 0, max: 0xffff }).map((code) => String.fromCharCode(code));
  const property = fc.property(fc.oneof(unicode, fc.string({ unit })), (text) => {
    expect(split(text)).toEqual(referenceSplit(text));
  });
  fc.assert(property, { numRuns });
});

test('takes runs that overflow the stack of a regular expression', () => {
  const text = '中'.repeat(5_000_000);
  expect(() => referenceSplit(text)).toThrow(RangeError);
  expect(pieceEnd(text, 0)).toBe(text.length);
});
