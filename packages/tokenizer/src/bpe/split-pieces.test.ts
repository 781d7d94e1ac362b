import fc from 'fast-check';
import { expect, test } from 'vitest';
import { referenceSplit } from '../../test/support/reference.js';
import { numRuns, unicode } from '../../test/support/unicode.js';
import { isFinal, pieceEnd } from './split-pieces.js';

const utf8 = new TextEncoder();

function split(text: string): string[] {
  const bytes = utf8.encode(text);
  const pieces: string[] = [];
  for (let start = 0; start < bytes.length; ) {
    const end = pieceEnd(bytes, start, bytes.length);
    pieces.push(new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes.subarray(start, end)));
    start = end;
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
  ['\ufffd\ufffda\ufffd', ['\ufffd\ufffd', 'a', '\ufffd']], // what lone surrogates become
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
      if (code >= 0xd800 && code < 0xe000) continue; // surrogates are no characters
      const character = String.fromCodePoint(code);
      text += `x${character} ${character}`;
    }
    expect(split(text).join('|') === referenceSplit(text).join('|')).toBe(true);
  }
});

test('agrees with the pattern on any text', () => {
  const property = fc.property(unicode, (text) => {
    expect(split(text)).toEqual(referenceSplit(text));
  });
  fc.assert(property, { numRuns });
});

test('takes runs that overflow the stack of a regular expression', () => {
  const text = '中'.repeat(5_000_000);
  expect(() => referenceSplit(text)).toThrow(RangeError);
  expect(pieceEnd(utf8.encode(text), 0, 3 * text.length)).toBe(3 * text.length);
});

test('any bytes are cut, each once, and the valid parts as they are alone', () => {
  const property = fc.property(fc.uint8Array({ maxLength: 40 }), (bytes) => {
    let start = 0;
    while (start < bytes.length) {
      const end = pieceEnd(bytes, start, bytes.length);
      expect(end).toBeGreaterThan(start);
      expect(end).toBeLessThanOrEqual(bytes.length);
      start = end;
    }
  });
  fc.assert(property, { numRuns });
});

test('a piece that ends before the last bytes seen ends there whatever follows', () => {
  const property = fc.property(unicode, unicode, (text, more) => {
    const known = utf8.encode(text);
    const all = utf8.encode(text + more);
    for (let start = 0; start < known.length; ) {
      const end = pieceEnd(known, start, known.length);
      if (!isFinal(start, end, known.length)) break;
      expect(pieceEnd(all, start, all.length)).toBe(end);
      start = end;
    }
  });
  fc.assert(property, { numRuns: 5 * numRuns });
});
