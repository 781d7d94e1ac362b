import { InvalidFileError } from '@gpt-ts/core';
import { describe, expect, test } from 'vitest';
import { BYTE_TOKENS } from '../bpe/byte-characters.js';
import { formatMerges, parseMerges } from './merges-txt.js';

const tokens = [...BYTE_TOKENS, '##', '##a', '<|endoftext|>', '<|endoftext|>a'];
const parse = (text: string) => parseMerges(text, tokens, 'merges.txt');

describe('merges.txt', () => {
  test('is a version line and one merge a line', () => {
    const text = '#version: 0.2\n# #\n## a\n';
    expect(parse(text)).toEqual([
      ['#', '#'],
      ['##', 'a'],
    ]);
    expect(formatMerges(parse(text))).toBe(text);
    expect(formatMerges([])).toBe('#version: 0.2\n');
    expect(parse('#version: 0.2\n')).toEqual([]);
  });

  test('may lack the version line and the last newline, or have Windows line ends', () => {
    expect(parse('# #\r\n## a')).toEqual(parse('#version: 0.2 - Trained by somebody\n# #\n## a\n'));
  });

  test.each([
    ['#version: 0.2\n# # #\n', 'merges.txt: line 2: must be two tokens with one space between, got "# # #".'],
    ['#version: 0.2\n\n# #\n', 'merges.txt: line 2: must be two tokens with one space between, got "".'],
    ['# #\n#  \n', 'merges.txt: line 2: must be two tokens with one space between, got "#  ".'],
    ['# #\n# #\n', 'merges.txt: line 2: repeats the merge "# #".'],
    ['#version: 0.2\nzz a\n', 'merges.txt: line 2: "zz" is not in the vocabulary.'],
    ['#version: 0.2\na b\n', 'merges.txt: line 2: "ab" is not in the vocabulary.'],
    ['## a\n', 'merges.txt: line 1: "##" is neither a byte nor made by a merge.'],
    ['# #\n<|endoftext|> a\n', 'merges.txt: line 2: "<|endoftext|>" is neither a byte nor made by a merge.'],
  ])('%j is refused', (text, message) => {
    expect(() => parse(text)).toThrow(InvalidFileError);
    expect(() => parse(text)).toThrow(message);
  });
});
