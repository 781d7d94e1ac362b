import { expect, test } from 'vitest';
import { splitSpecial } from './split-special.js';

test.each<[string, string[], string[]]>([
  ['a<|x|>b', [], ['a<|x|>b']],
  ['a<|x|>b', ['<|x|>'], ['a', '<|x|>', 'b']],
  ['<|x|><|x|>', ['<|x|>'], ['', '<|x|>', '', '<|x|>', '']],
  ['ab abc', ['ab', 'abc'], ['', 'ab', ' ', 'abc', '']], // the longer one wins
  ['a.b$(c', ['.', '$('], ['a', '.', 'b', '$(', 'c']], // names are not patterns
])('%j at %j', (text, names, parts) => {
  expect(splitSpecial(text, names)).toEqual(parts);
});
