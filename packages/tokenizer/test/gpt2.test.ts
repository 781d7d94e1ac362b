/** Agreement with GPT-2: recorded vectors, two independent implementations, and the released files. */
import { createHash } from 'node:crypto';
import { readdirSync, statSync } from 'node:fs';
import fc from 'fast-check';
import { encode as npmEncode } from 'gpt-tokenizer/encoding/r50k_base';
import { get_encoding } from 'tiktoken';
import { afterAll, describe, expect, test } from 'vitest';
import { ByteBpeTokenizer } from '../src/byte-bpe-tokenizer.js';
import { formatMerges } from '../src/files/merges-txt.js';
import { gpt2 as gpt2Preset } from '../src/gpt2.js';
import { dataPath, readData, testWithData } from './support/shared-data.js';
import { numRuns, unicode } from './support/unicode.js';

const gpt2 = gpt2Preset();

const rust = get_encoding('gpt2'); // OpenAI's own, in WebAssembly: the same white space as Python's
afterAll(() => rust.free());

/** Compares with tiktoken, and with gpt-tokenizer without the two characters that are white space in one of JavaScript and Python. */
function expectAgreement(text: string): void {
  const ids = gpt2.encode(text);
  // One comparison of a large array each: toEqual takes seconds.
  expect(
    Buffer.from(Uint32Array.from(ids).buffer).equals(Buffer.from(rust.encode_ordinary(text).buffer)),
  ).toBe(true);
  const plain = text.replace(/[\u0085\ufeff]/g, '');
  const theirs = npmEncode(plain, { disallowedSpecial: new Set() });
  const ours = plain === text ? ids : gpt2.encode(plain);
  expect(ours.length === theirs.length && ours.every((id, i) => id === theirs[i])).toBe(true);
  expect(gpt2.decode(ids) === text).toBe(true);
}

/** The text of every file in a folder of the data, by path; a byte order mark is kept. */
function* textsIn(folder: string): Generator<[path: string, text: string]> {
  for (const name of readdirSync(dataPath(folder)).sort()) {
    const path = `${folder}/${name}`;
    if (statSync(dataPath(path)).isDirectory()) yield* textsIn(path);
    else yield [path, readData(path)];
  }
}

describe('GPT-2', () => {
  test('has 50257 tokens, the last of them <|endoftext|>', () => {
    expect(gpt2).toMatchObject({ nVocab: 50257, eotId: 50256 });
    expect([198, 220, 256, 257, 258].map((id) => gpt2.tokens[id])).toEqual(['Ċ', 'Ġ', 'Ġt', 'Ġa', 'he']);
    expect(gpt2.encode('<|endoftext|>', { allowedSpecial: 'all' })).toEqual([50256]);
  });

  // Computed with OpenAI's encoder.py and the released merges.
  test.each<[string, number[]]>([
    ['Hello world', [15496, 995]],
    ['Hello, world!', [15496, 11, 995, 0]],
    [' the', [262]],
    ['\n', [198]],
    ['\n\n', [628]],
    ['TL;DR:', [14990, 26, 7707, 25]],
    ['Q: What is 48 plus 76?\n\nA:', [48, 25, 1867, 318, 4764, 5556, 8684, 30, 198, 198, 32, 25]],
    [' 124', [19755]],
    ["I'll  go\t now", [40, 1183, 220, 467, 197, 783]],
    ["don't DON'T", [9099, 470, 23917, 6, 51]],
    ['naïve café 你好 😀', [2616, 38776, 40304, 220, 19526, 254, 25001, 121, 30325, 222]],
    ['    indented', [220, 220, 220, 773, 4714]],
    ['3.14159 1000000', [18, 13, 1415, 19707, 1802, 2388]],
    ['a\u0085b', [64, 126, 227, 65]],
    ['<|endoftext|>', [27, 91, 437, 1659, 5239, 91, 29]],
  ])('%j', (text, ids) => {
    expect(gpt2.encode(text)).toEqual(ids);
    expect(gpt2.decode(ids)).toBe(text);
  });

  test.each([
    ...[
      '',
      ' ',
      'a',
      '\0',
      '\u001c',
      '\r\n',
      '   \n  x',
      '__proto__',
      'toString',
      "'s 'S ''s x's",
      '½²٣',
      '한국어',
      'مرحبا',
    ],
    ...[
      '👩‍👩‍👧‍👦🏳️‍🌈',
      'e\u0301\u0327',
      '\u200b\u200d',
      '𝔘𝔫𝔦',
      'ﬁ ǅ',
      '--------',
      '\u3000\u00a0x',
      'x'.repeat(300),
    ],
    ...['if (a) {\n\t\treturn  b;\n}\n', '!@#$%^&*()'.repeat(50), 'antidisestablishmentarianism '.repeat(20)],
  ])('agrees with tiktoken and gpt-tokenizer on %j', expectAgreement);

  test('agrees with tiktoken and gpt-tokenizer on any text', () => {
    fc.assert(fc.property(unicode, expectAgreement), { numRuns });
  });

  test('the preset is what OpenAI released', () => {
    const sha256 = createHash('sha256').update(formatMerges(gpt2.merges)).digest('hex');
    expect(sha256).toBe('1ce1664773c50f3e0cc8842619a93edc4624525b728b188a9e0be33b7726adc5'); // of vocab.bpe
  });

  test.each([
    ['a', 1_000_000],
    ['_', 100_000],
    [' ', 1_000_000],
    ['中', 300_000],
    ['😀', 300_000],
    ['ab', 500_000],
  ])('%j %i times', { timeout: 60_000 }, (text, count) => {
    const long = text.repeat(count);
    expect(gpt2.decode(gpt2.encode(long)) === long).toBe(true); // not toBe: no diff of megabytes
  });

  testWithData('the released files give the same tokens and merges', ['tok-gpt2'], () => {
    const vocab = readData('tok-gpt2/encoder.json');
    const merges = readData('tok-gpt2/vocab.bpe');
    const released = ByteBpeTokenizer.fromFiles({ vocab, merges });
    expect(released.nVocab).toBe(50257);
    expect(released.eotId).toBe(50256);
    expect(released.tokens.join('\n') === gpt2.tokens.join('\n')).toBe(true);
    expect(released.merges.join('\n') === gpt2.merges.join('\n')).toBe(true);
  });

  testWithData('all recorded r50k_base encodings', ['tok-gold'], () => {
    const plans = readData('tok-gold/TestPlans.r50k.txt');
    const blocks = [...plans.matchAll(/^Sample: ([\s\S]*?)\nEncoded: (\[.*\])$/gm)];
    expect(blocks).toHaveLength(64);
    for (const [, sample, encoded] of blocks) {
      expect(gpt2.encode(sample)).toEqual(JSON.parse(encoded));
      expect(gpt2.decode(JSON.parse(encoded))).toBe(sample);
    }
  });

  testWithData('agrees on every naughty string', ['tok-torture'], () => {
    const naughty: string[] = JSON.parse(readData('tok-torture/blns.json'));
    expect(naughty.length).toBeGreaterThan(500);
    for (const text of naughty) expectAgreement(text);
  });

  for (const folder of [
    'tok-torture',
    'tok-gold',
    'tok-gpt1',
    'tok-gpt2',
    'lm-gutenberg-novels',
    'lm-wikitext2',
  ]) {
    testWithData(`agrees on every file of ${folder}`, [folder], () => {
      const paths: string[] = [];
      for (const [path, text] of textsIn(folder)) {
        expectAgreement(text);
        paths.push(path);
      }
      expect(paths.length).toBeGreaterThan(1);
    });
  }
});
