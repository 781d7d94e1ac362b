import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { ALPHA_LOWER } from './characters.js';
import { isUrl } from './url.js';

/** The rule as spaCy writes it, which takes quadratic time. */
const PATTERN = new RegExp(
  [
    String.raw`^(?:[\p{L}\p{N}_+\-.]{2,}://)?(?:.+(?::.*)?@)?(?:`,
    String.raw`(?!(?:10|127)(?:\.\p{Nd}{1,3}){3})(?!(?:169\.254|192\.168)(?:\.\p{Nd}{1,3}){2})`,
    String.raw`(?!172\.(?:1[6-9]|2\p{Nd}|3[0-1])(?:\.\p{Nd}{1,3}){2})`,
    String.raw`(?:[1-9]\p{Nd}?|1\p{Nd}\p{Nd}|2[01]\p{Nd}|22[0-3])(?:\.(?:1?\p{Nd}{1,2}|2[0-4]\p{Nd}|25[0-5])){2}`,
    String.raw`(?:\.(?:[1-9]\p{Nd}?|1\p{Nd}\p{Nd}|2[0-4]\p{Nd}|25[0-4]))|`,
    String.raw`(?:(?:[A-Za-z0-9\u00a1-\uffff][A-Za-z0-9\u00a1-\uffff_\-]{0,62})?[A-Za-z0-9\u00a1-\uffff]\.)+`,
    String.raw`[${ALPHA_LOWER}]{2,63})(?::\p{Nd}{2,5})?(?:[\/?#].*)?$`,
  ].join(''),
  'sv',
);

describe('isUrl', () => {
  test.each([
    ['www.example.com', true],
    ['http://example.com:8080/a_(b)?c#d', true],
    ['mailto:foo.bar@baz.com', true],
    ['me@example.org', true],
    ['142.42.1.1:8080/', true],
    ['a.b-c.de', true],
    ['bücher.example', true],
    ['10.1.1.1', false],
    ['192.168.0.1', false],
    ['224.1.1.1', false],
    ['1.1.1.1.1', false],
    ['a.b-.co', false],
    ['example.Com', false],
    ['www.example.com.', false],
    ['http://example', false],
    ['word', false],
  ])('%s: %s', (word, is) => {
    expect(isUrl(word)).toBe(is);
    expect(PATTERN.test(word)).toBe(is);
  });

  test('is the original rule', () => {
    const parts =
      'a B é 中 𝔘 1 10 127 192.168 172.16 255 254 9 . . . - _ : :// @ / ? # com de x:80 + ~ ٣'.split(' ');
    const long = ['a'.repeat(62), 'a'.repeat(63), 'a'.repeat(64)];
    const word = fc.array(fc.constantFrom(...parts, ...long), { maxLength: 9 }).map((list) => list.join(''));
    fc.assert(
      fc.property(word, (word) => {
        expect(isUrl(word), word).toBe(PATTERN.test(word));
      }),
      { numRuns: 20_000 },
    );
  });
});
