import { describe, expect, test } from 'vitest';
import { bertWords } from './bert-words.js';

describe('bertWords', () => {
  test.each([
    ['', []],
    ["I don't know.", ['i', 'don', "'", 't', 'know', '.']],
    ['Naïve?!\n3.14', ['naive', '?', '!', '3', '.', '14']],
    ['a$b+c<d^e`f|g~h', ['a', '$', 'b', '+', 'c', '<', 'd', '^', 'e', '`', 'f', '|', 'g', '~', 'h']],
    ['€5 «a» 中文x', ['€5', '«', 'a', '»', '中', '文', 'x']],
    ['a\0b\ufffdc\u200bd\x07\x0be\tf\rg', ['abcde', 'f', 'g']],
    ['ΟΔΟΣ İ', ['οδοσ', 'i']],
  ])('cuts %j', (text, words) => {
    expect(bertWords(text)).toEqual(words);
  });
});
