import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { splitEnglish } from './split-english.js';

describe('splitEnglish', () => {
  test.each([
    ['', []],
    ['word', ['word']],
    ['The end.', ['The', 'end', '.']],
    ['(It\'s "so".)', ['(', 'It', "'s", '"', 'so', '"', '.', ')']],
    ["I don't, can't, won't've", ['I', 'do', "n't", ',', 'ca', "n't", ',', 'wo', "n't", "'ve"]],
    ["It’s dog's, dogs'", ['It', '’s', 'dog', "'s", ',', 'dogs', "'"]],
    ["Dont DON'T its Its", ['Do', 'nt', "DON'T", 'its', 'Its']],
    ['Mr. Smith, Ph.D., U.S.', ['Mr.', 'Smith', ',', 'Ph.D.', ',', 'U.S.']],
    ['at 9am or 10:30p.m.', ['at', '9', 'am', 'or', '10:30p.m', '.']],
    ['$5m 20km² 5% US$7', ['$', '5', 'm', '20', 'km²', '5', '%', 'US$', '7']],
    [
      'well-known 2-3 a/b x=1 1*2',
      ['well', '-', 'known', '2', '-', '3', 'a', '/', 'b', 'x=1', '1', '*', '2'],
    ],
    ['wait...what.. end.Next v1.2', ['wait', '...', 'what', '..', 'end', '.', 'Next', 'v1.2']],
    [':) :-( <3 xD (^_^)', [':)', ':-(', '<3', 'xD', '(^_^)']],
    ['see www.example.com/a,b?c, ok', ['see', 'www.example.com/a,b?c', ',', 'ok']],
    ['☺☺yes', ['☺', '☺', 'yes']],
    ["gonna gotta y'all c'mon", ['gon', 'na', 'got', 'ta', "y'", 'all', "c'm", 'on']],
  ])('cuts %j', (text, tokens) => {
    expect(splitEnglish(text)).toEqual(tokens);
  });

  test('gives the one space between tokens to neither, and keeps all other white space', () => {
    expect(splitEnglish('a \n b')).toEqual(['a', '\n ', 'b']);
    expect(splitEnglish('a  b')).toEqual(['a', ' ', 'b']);
    expect(splitEnglish(' a ')).toEqual([' ', 'a']);
    expect(splitEnglish('a\u00a0\x1cb')).toEqual(['a', '\u00a0\x1c', 'b']);
  });

  test('finds special cases among finished tokens, the longest first', () => {
    expect(splitEnglish('Dr.Ben')).toEqual(['Dr.', 'Ben']);
    expect(splitEnglish('robot:o')).toEqual(['robot', ':o']);
    expect(splitEnglish('x:)')).toEqual(['x', ':)']);
    expect(splitEnglish('Dr .Ben')).toEqual(['Dr', '.Ben']);
    expect(splitEnglish('_<333')).toEqual(['_', '<333']);
  });

  test('loses and adds nothing but single spaces', () => {
    const parts =
      "a B é 中 . , : ; ' ’ \" ( ) < - — … .. ... 3 12 km $ € % ° @ / www. .com :) Dr. don't 's 😀 _ # ^ =".split(
        ' ',
      );
    const word = fc.array(fc.constantFrom(...parts), { maxLength: 8 }).map((list) => list.join(''));
    const text = fc.array(word, { maxLength: 5 }).map((list) => list.join(' '));
    fc.assert(
      fc.property(text, (text) => {
        const tokens = splitEnglish(text);
        expect(tokens.join('').replaceAll(' ', '')).toBe(text.replaceAll(' ', ''));
        expect(tokens).not.toContain('');
        expect(splitEnglish(text)).toEqual(tokens); // from the cache
      }),
      { numRuns: 1000 },
    );
  });
});
