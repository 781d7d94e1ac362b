import { InvalidArgumentError } from '@gpt-ts/core';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { SpecialSplitter } from './split-special.js';

/** Plain text and special tokens in turns; the text may come in several strings. */
function split(
  texts: readonly string[],
  names: readonly string[],
  refused: readonly string[] = [],
): string[] {
  const parts = [''];
  const splitter = new SpecialSplitter(names, refused);
  for (const [i, text] of texts.entries()) {
    splitter.write(text, i === texts.length - 1, {
      text: (part, ends) => {
        parts[parts.length - 1] += part;
        if (ends) parts.push('');
      },
      special: (name) => {
        parts[parts.length - 1] = name;
        parts.push('');
      },
    });
  }
  expect(parts.pop()).toBe('');
  return parts;
}

test.each<[string, string[], string[]]>([
  ['a<|x|>b', [], ['a<|x|>b']],
  ['a<|x|>b', ['<|x|>'], ['a', '<|x|>', 'b']],
  ['<|x|><|x|>', ['<|x|>'], ['', '<|x|>', '', '<|x|>', '']],
  ['ab abc', ['ab', 'abc'], ['', 'ab', ' ', 'abc', '']], // the longer one wins
  ['a.b$(c', ['.', '$('], ['a', '.', 'b', '$(', 'c']], // names are not patterns
  ['aaaaab', ['aa', 'aab'], ['', 'aa', '', 'aa', 'ab']], // leftmost first
])('%j at %j', (text, names, parts) => {
  expect(split([text], names)).toEqual(parts);
});

test('borders between strings are invisible, wherever they are', () => {
  const names = fc.uniqueArray(
    fc.string({ unit: fc.constantFrom('a', 'b', '<'), minLength: 1, maxLength: 4 }),
  );
  const text = fc.array(fc.string({ unit: fc.constantFrom('a', 'b', '<', ' '), maxLength: 6 }), {
    minLength: 1,
  });
  const property = fc.property(names, text, (names, texts) => {
    expect(split(texts, names)).toEqual(split([texts.join('')], names));
  });
  fc.assert(property, { numRuns: 2000 });
});

test('a refused token is an error that says where it is', () => {
  for (const texts of [['one <|x|>'], ['on', 'e <|', 'x|>']]) {
    expect(() => split(texts, [], ['<|x|>'])).toThrow(InvalidArgumentError);
    expect(() => split(texts, [], ['<|x|>'])).toThrow('<|x|> at position 4');
  }
  expect(split(['one <|x'], [], ['<|x|>'])).toEqual(['one <|x']);
});
