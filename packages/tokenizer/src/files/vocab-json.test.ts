import { InvalidFileError } from '@gpt-ts/core';
import { describe, expect, test } from 'vitest';
import { BYTE_TOKENS } from '../bpe/byte-characters.js';
import { formatVocab, MAX_VOCAB, parseByteVocabIds, parseVocab, parseVocabIds } from './vocab-json.js';

describe('vocab.json', () => {
  test('lists tokens in id order, whatever the order in the file', () => {
    expect(parseVocab('{"b": 1, "a": 0}', 'vocab.json')).toEqual(['a', 'b']);
    const { tokens, ids } = parseVocabIds('{"b": 1, "a": 0}', 'vocab.json');
    expect(tokens.map((token) => ids.get(token))).toEqual([0, 1]);
  });

  test('keeps names that trip objects up', () => {
    const tokens = ['__proto__', 'constructor', '7', 'toString', '"\\', '\ud800', '":'];
    expect(formatVocab(['7', '__proto__'])).toBe('{"7": 0, "__proto__": 1}\n');
    expect(parseVocab(formatVocab(tokens), 'vocab.json')).toEqual(tokens);
  });

  const where = (column: number) => `vocab.json: line 1, column ${column}:`;
  test.each([
    ['', `${where(1)} expected a JSON object, got the end of the file.`],
    ['{"a": 0, "": 1}', `${where(10)} a token is empty.`],
    ['<html>', `${where(1)} expected a JSON object, got "<".`],
    ['{', `${where(2)} expected a string in double quotes, got the end of the file.`],
    ['{"a": 0, "b"', `${where(13)} expected ":", got the end of the file.`],
    ['{"a": 0, "b', `${where(12)} expected the closing quote of a string, got the end of the file.`],
    ['{"a": 0, "b": 1', `${where(16)} expected "," or "}", got the end of the file.`],
    ['{"a": 0,}', `${where(9)} expected a string in double quotes, got "}".`],
    ['{"a": 0} x', `${where(10)} expected the end of the file, got "x".`],
    ['{"a": 00}', `${where(8)} expected "," or "}", got "0".`],
    ['[]', `${where(1)} expected a JSON object, got "[".`],
    ['null', `${where(1)} expected a JSON object, got "n".`],
    ['{}', 'vocab.json: has no tokens.'],
    ['{"a": 0, "b": 0}', `${where(10)} "a" and "b" both have id 0.`],
    ['{"a": 0, "b": 1, "a": 2}', `${where(18)} the token "a" comes twice, with ids 0 and 2.`],
    ['{"a": 0, "\\u0061": 0}', `${where(10)} the token "a" comes twice, with ids 0 and 0.`],
    ['{"a": {"a": 7}, "a": 0}', `${where(2)} the id of "a" must be an integer, got {"a":7}.`],
    ['{"a": 0, "b": 2}', `${where(10)} no token has id 1, and "b" has id 2.`],
    ['{"a": 0, "c": 3, "b": 2}', `${where(18)} no token has id 1, and "b" has id 2.`],
    ['{"a": 0, "b": 5, "c": 5}', `${where(18)} "b" and "c" both have id 5.`],
    ['{"a": 1}', `${where(2)} no token has id 0, and "a" has id 1.`],
    ['{"a": -1}', `${where(2)} the id of "a" must be 0 to 1048575, got -1.`],
    ['{"a": 1048576}', `${where(2)} the id of "a" must be 0 to 1048575, got 1048576.`],
    ['{"a": 0.5}', `${where(2)} the id of "a" must be an integer, got 0.5.`],
    ['{"a": 1e99}', `${where(2)} the id of "a" must be an integer, got 1e+99.`],
    ['{"a": "0"}', `${where(2)} the id of "a" must be an integer, got "0".`],
    ['{"a": null}', `${where(2)} the id of "a" must be an integer, got null.`],
    ['{\n  "a": 0,\n  "b": x\n}', 'vocab.json: line 3, column 8: expected a value, got "x".'],
  ])('%s is refused', (json, message) => {
    expect(() => parseVocab(json, 'vocab.json')).toThrow(InvalidFileError);
    expect(() => parseVocab(json, 'vocab.json')).toThrow(message);
  });

  test('more tokens than anybody needs are refused', () => {
    const entries = Array.from({ length: MAX_VOCAB + 1 }, (_, i) => `"${i}":${i % MAX_VOCAB}`);
    expect(() => parseVocab(`{${entries}}`, 'vocab.json')).toThrow('more than 1048576 tokens.');
  });

  test('a byte-level vocabulary needs every byte', () => {
    const tokens = BYTE_TOKENS.filter((token) => token !== 'Ġ');
    expect(() => parseByteVocabIds(formatVocab(tokens), 'vocab.json')).toThrow(
      'vocab.json: "Ġ": byte 32 has no token.',
    );
    expect(parseByteVocabIds(formatVocab(BYTE_TOKENS), 'vocab.json').tokens).toEqual(BYTE_TOKENS);
  });
});
