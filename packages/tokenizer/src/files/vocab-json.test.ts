import { InvalidFileError } from '@gpt-ts/core';
import { describe, expect, test } from 'vitest';
import { BYTE_TOKENS } from '../bpe/byte-characters.js';
import { formatVocab, MAX_VOCAB, parseByteVocab, parseVocab } from './vocab-json.js';

describe('vocab.json', () => {
  test('lists tokens in id order, whatever the order in the file', () => {
    expect(parseVocab('{"b": 1, "a": 0}', 'vocab.json')).toEqual(['a', 'b']);
  });

  test('keeps names that trip objects up', () => {
    const tokens = ['__proto__', 'constructor', '7', 'toString', '"\\', '\ud800', ''];
    expect(formatVocab(['7', '__proto__'])).toBe('{"7": 0, "__proto__": 1}\n');
    expect(parseVocab(formatVocab(tokens), 'vocab.json')).toEqual(tokens);
  });

  test.each([
    ['{', 'vocab.json: is not valid JSON.'],
    ['[]', 'vocab.json: is not a JSON object.'],
    ['null', 'vocab.json: is not a JSON object.'],
    ['{}', 'vocab.json: has no tokens.'],
    ['{"a": 0, "b": 0}', 'vocab.json: "b": id 0 already belongs to "a".'],
    ['{"a": 0, "b": 2}', 'vocab.json: "b": 2 tokens need ids 0 to 1, got 2.'],
    ['{"a": -1}', 'vocab.json: "a": 1 tokens need ids 0 to 0, got -1.'],
    ['{"a": 0.5}', 'vocab.json: "a": the id must be an integer, got 0.5.'],
    ['{"a": 1e99}', 'vocab.json: "a": the id must be an integer, got 1e+99.'],
    ['{"a": "0"}', 'vocab.json: "a": the id must be an integer, got "0".'],
    ['{"a": null}', 'vocab.json: "a": the id must be an integer, got null.'],
  ])('%s is refused', (json, message) => {
    expect(() => parseVocab(json, 'vocab.json')).toThrow(InvalidFileError);
    expect(() => parseVocab(json, 'vocab.json')).toThrow(message);
  });

  test('more tokens than anybody needs are refused', () => {
    const json = formatVocab(Array.from({ length: MAX_VOCAB + 1 }, (_, id) => `${id}`));
    expect(() => parseVocab(json, 'vocab.json')).toThrow(
      'has 1048577 tokens, more than the limit of 1048576',
    );
  });

  test('a byte-level vocabulary needs every byte', () => {
    const tokens = BYTE_TOKENS.filter((token) => token !== 'Ġ');
    expect(() => parseByteVocab(formatVocab(tokens), 'vocab.json')).toThrow(
      'vocab.json: "Ġ": byte 32 has no token.',
    );
    expect(parseByteVocab(formatVocab(BYTE_TOKENS), 'vocab.json')).toEqual(BYTE_TOKENS);
  });
});
