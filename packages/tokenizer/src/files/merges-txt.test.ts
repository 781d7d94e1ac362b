import { InvalidFileError } from '@gpt-ts/core';
import { describe, expect, test } from 'vitest';
import { BYTE_TOKENS } from '../bpe/byte-characters.js';
import { characterSymbols } from './character-symbols.js';
import { formatMerges, parseMergeList, parseMerges } from './merges-txt.js';

const tokens = [...BYTE_TOKENS, '##', '##a', '###', '<|endoftext|>', '<|endoftext|>a'];
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
    expect(parse('#version: 0.2')).toEqual([]);
    expect(parse('')).toEqual([]);
  });

  test('gives ids where ids are wanted', () => {
    const ids = new Map(tokens.map((token, id) => [token, id]));
    const { triples } = parseMergeList('# #\n## a\n', { tokens, ids }, 'merges.txt');
    expect(triples.map((id) => tokens[id])).toEqual(['#', '#', '##', '##', 'a', '##a']);
  });

  test('may lack the version line and the last newline, or have Windows line ends', () => {
    expect(parse('# #\r\n## a')).toEqual(parse('#version: 0.2 - Trained by somebody\n# #\n## a\n'));
    expect(parse('#version: 0.2\r\n# #\r\n## a\r\n')).toEqual(parse('# #\n## a'));
  });

  test('may make one token in two ways', () => {
    expect(parse('# #\n## #\n# ##\n')).toHaveLength(3);
  });

  test('may use a token that a later merge makes', () => {
    expect(parse('## a\n# #\n')).toHaveLength(2);
  });

  test('ends lines at line feeds only', () => {
    const words = ['\u2028', 'a', '\u2028a'];
    expect(parseMerges('\u2028 a\n', words, 'merges.txt', words)).toEqual([['\u2028', 'a']]);
  });

  test.each([
    ['#version: 0.2\n# # #\n', 'line 2: must be two tokens with one space between, got "# # #".'],
    ['#version: 0.2\n\n# #\n', 'line 2: must be two tokens with one space between, got "".'],
    ['# #\n\n', 'line 2: must be two tokens with one space between, got "".'],
    ['# #\n#  \n', 'line 2: must be two tokens with one space between, got "#  ".'],
    ['# #\n #\n', 'line 2: must be two tokens with one space between, got " #".'],
    ['# #\n##\n## a\n', 'line 2: must be two tokens with one space between, got "##".'],
    ['##', 'line 1: must be two tokens with one space between, got "##".'],
    ['# #\n# #\n', 'line 2: repeats the merge "# #".'],
    ['# #\n## #\n# ##\n## a\n## #\n', 'line 5: repeats the merge "## #".'],
    ['# #\n# ##\n## #\n# ##\n', 'line 4: repeats the merge "# ##".'],
    ['#version: 0.2\nzz a\n', 'line 2: "zz" is not in the vocabulary.'],
    ['#version: 0.2\na zz\n', 'line 2: "zz" is not in the vocabulary.'],
    ['#version: 0.2\na b\n', 'line 2: the merge makes "ab", which is not in the vocabulary.'],
    ['## a\n', 'line 1: "##" is neither a base symbol nor made by a merge.'],
    ['# #\n<|endoftext|> a\n', 'line 2: "<|endoftext|>" is neither a base symbol nor made by a merge.'],
    ['# #\n#version: 0.2\n', 'line 2: "#version:" is not in the vocabulary.'],
  ])('%j is refused', (text, message) => {
    expect(() => parse(text)).toThrow(InvalidFileError);
    expect(() => parse(text)).toThrow(`merges.txt: ${message}`);
  });

  test('of GPT-1 start from characters, also at the end of a word', () => {
    const words = ['<unk>', 'a', 'b', 'a</w>', 'b</w>', 'ab', 'ab</w>', 'aab</w>', '\n</w>'];
    const text = 'a b\na b</w>\na ab</w>\n';
    expect(characterSymbols(words)).toEqual(['a', 'b', 'a</w>', 'b</w>', '\n</w>']);
    expect(parseMerges(text, words, 'merges.txt', characterSymbols(words))).toHaveLength(3);
    expect(() => parseMerges(text, words, 'merges.txt')).toThrow(
      'merges.txt: line 2: "b</w>" is neither a base symbol',
    );
  });
});
