import { Random } from '@gpt-ts/core';
import { expect, test } from 'vitest';
import { mix, wordHashes } from './word-hashes.js';

test('there is a hash for each word that lower-casing and splitting at white space give', () => {
  const random = new Random(1);
  const pieces = [
    'a',
    'B',
    'Éa',
    'İ',
    '中文',
    '𝒳',
    ' ',
    '\t',
    '\n',
    '\u00a0',
    '\u3000',
    '\ufeff',
    '\u200b',
    '.',
  ];
  for (let round = 0; round < 500; round++) {
    const text = Array.from({ length: random.int(30) }, () => random.pick(pieces)).join('');
    const words = text.toLowerCase().split(/\s+/).filter(Boolean);
    const hashes = wordHashes(text);
    expect(hashes.length).toBe(words.length);
    expect(hashes).toEqual(Uint32Array.from(words.flatMap((word) => [...wordHashes(word)])));
  }
});

test('every white space that JavaScript knows separates words, and no other character does', () => {
  for (let code = 0; code < 0x10000; code++) {
    const expected = /\s/.test(String.fromCharCode(code)) ? 2 : 1;
    if (wordHashes(`a${String.fromCharCode(code)}b`).length !== expected) expect(code).toBe(expected);
  }
});

test('different words have different hashes', () => {
  const hashes = new Set(Array.from({ length: 50_000 }, (_, i) => wordHashes(`word${i}`)[0]));
  expect(hashes.size).toBeGreaterThan(49_995); // 0.3 collisions are expected; measured: 0
});

test("the mixer is MurmurHash3's finalizer", () => {
  // Published vectors: MurmurHash3_x86_32 of the empty string, with these seeds, is its finalizer alone.
  expect([0, 1, 0xffffffff].map((x) => mix(x) >>> 0)).toEqual([0, 0x514e28b7, 0x81f16f39]);
});

test('a long text costs no more than its length', () => {
  expect(wordHashes('x'.repeat(1_000_000)).length).toBe(1);
  expect(wordHashes(' '.repeat(1_000_000)).length).toBe(0);
});
