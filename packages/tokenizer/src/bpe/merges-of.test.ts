import { InvalidArgumentError } from '@gpt-ts/core';
import { expect, test } from 'vitest';
import { BYTE_TOKENS } from './byte-characters.js';
import { mergesOf } from './merges-of.js';

test('finds the two parts of each token', () => {
  const tokens = [...BYTE_TOKENS, 'ab', 'Ġab', 'ba', 'Ġabba'];
  const parts = ['a', 'b', 'ab', 'Ġ', 'ab', 'Ġab', 'b', 'a', 'ba', 'Ġab', 'ba', 'Ġabba'];
  expect(mergesOf(tokens).map((id) => tokens[id])).toEqual(parts);
});

test.each([
  ['abc', 'made of three'],
  ['a', 'a byte again'],
  ['a b', 'not in byte characters'],
  ['', 'nothing'],
])('refuses %j: %s', (token) => {
  expect(() => mergesOf([...BYTE_TOKENS, token])).toThrow(InvalidArgumentError);
});

test('refuses tokens that do not begin with the bytes', () => {
  expect(() => mergesOf(['ab', ...BYTE_TOKENS.slice(1)])).toThrow('all 256 bytes first');
});
