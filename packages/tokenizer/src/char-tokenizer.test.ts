import { InvalidArgumentError, TokenRangeError } from '@gpt-ts/core';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readData, testWithData } from '../test/support/shared-data.js';
import { numRuns, unicode } from '../test/support/unicode.js';
import { CharTokenizer } from './char-tokenizer.js';
import { UnknownCharacterError } from './errors/unknown-character-error.js';

describe('CharTokenizer', () => {
  test('numbers the distinct characters in code-point order', () => {
    const tokenizer = CharTokenizer.fromText('hello');
    expect(tokenizer.characters).toEqual(['e', 'h', 'l', 'o']);
    expect(tokenizer.encode('hole')).toEqual([1, 3, 2, 0]);
    expect(tokenizer.decode([1, 3, 2, 0])).toBe('hole');
    expect(tokenizer).toMatchObject({ kind: 'char', nVocab: 4, eotId: undefined });
  });

  test('counts code points, not UTF-16 units, and sorts by them', () => {
    // U+FF01 comes before U+1F600, whose first unit, D83D, is smaller
    expect(CharTokenizer.fromText('😀！a').characters).toEqual(['a', '！', '😀']);
  });

  test('says which character is unknown, and where', () => {
    const encode = () => CharTokenizer.fromText('ab😀').encode('a😀é');
    expect(encode).toThrow(UnknownCharacterError);
    expect(encode).toThrow(
      'character "é" (U+00E9) at position 3 is not one of the 3 in the vocabulary. Build the vocabulary from a text',
    );
    try {
      encode();
    } catch (error) {
      expect(error).toMatchObject({
        code: 'unknown-character',
        character: 'é',
        codePoint: 'U+00E9',
        position: 3,
      });
    }
  });

  test('replaces unknown characters by unk', () => {
    const tokenizer = CharTokenizer.fromText('ab', { unk: '?' });
    expect(tokenizer.characters).toEqual(['?', 'a', 'b']);
    expect(tokenizer.decode(tokenizer.encode('a😀b'))).toBe('a?b');
  });

  test('takes a vocabulary in any order', () => {
    expect(new CharTokenizer(['b', 'a']).encode('ab')).toEqual([1, 0]);
  });

  test('refuses a vocabulary that is empty, repeats or holds more than characters', () => {
    const wrong = [() => CharTokenizer.fromText(''), () => new CharTokenizer(['a', 'a'])];
    wrong.push(
      () => new CharTokenizer(['ab']),
      () => new CharTokenizer(['']),
    );
    wrong.push(
      () => new CharTokenizer(['a'], { unk: 'b' }),
      () => CharTokenizer.fromText('a', { unk: 'no' }),
    );
    for (const make of wrong) expect(make).toThrow(InvalidArgumentError);
  });

  test('refuses ids outside the vocabulary', () => {
    const tokenizer = CharTokenizer.fromText('ab');
    for (const id of [2, -1, 0.5, Number.NaN])
      expect(() => tokenizer.decode([0, id])).toThrow(TokenRangeError);
  });

  test('decode undoes encode, lone surrogates included', () => {
    expect(CharTokenizer.fromText('\ud800a').encode('a\ud800')).toEqual([0, 1]);
    const property = fc.property(unicode, (text) => {
      fc.pre(text !== '');
      const tokenizer = CharTokenizer.fromText(text);
      expect(tokenizer.decode(tokenizer.encode(text))).toBe(text);
    });
    fc.assert(property, { numRuns });
  });

  testWithData('tinyshakespeare has the well-known 65 symbols', ['lm-tinyshakespeare/input.txt'], () => {
    const tokenizer = CharTokenizer.fromText(readData('lm-tinyshakespeare/input.txt'));
    expect(tokenizer.characters.join('')).toBe(
      "\n !$&',-.3:;?ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz",
    );
    expect(tokenizer.encode('hii there')).toEqual([46, 47, 47, 1, 58, 46, 43, 56, 43]); // as in nanoGPT's lecture
  });
});
