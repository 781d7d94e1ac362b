import { InvalidArgumentError, InvalidFileError, MemoryStorage, TokenRangeError } from '@gpt-ts/core';
import { describe, expect, test } from 'vitest';
import type { Merge } from '../bpe/merge-ranks.js';
import { type Gpt1Pipeline, Gpt1Tokenizer } from './gpt1-tokenizer.js';

const letters = [...'abn.'];
const merges: Merge[] = [
  ['a', 'n'],
  ['an', 'a</w>'],
  ['b', 'an'],
];
const tokens = [
  '<unk>',
  ...letters,
  ...letters.map((letter) => `${letter}</w>`),
  ...merges.map(([left, right]) => left + right),
  '\n</w>',
];
const AN = 9; // then 'ana</w>', 'ban', and the line break

const build = (pipeline?: Gpt1Pipeline) => Gpt1Tokenizer.fromTokens(tokens, merges, { pipeline });

describe('Gpt1Tokenizer', () => {
  test('joins characters within words', async () => {
    const gpt1 = await build();
    expect(gpt1).toMatchObject({
      kind: 'gpt1-bpe',
      nVocab: 13,
      unkId: 0,
      newlineId: 12,
      pipeline: 'official',
    });
    expect(gpt1.specialTokens).toEqual(new Map([['<unk>', 0]]));
    // b an an a, b an ana, ban ana; the n of ban is another symbol
    expect(gpt1.encode('Banana a ban')).toEqual([AN + 2, AN + 1, 5, 2, 1, 7]);
    expect(gpt1.encode('Banana a ban')).toEqual([AN + 2, AN + 1, 5, 2, 1, 7]); // from the cache
    expect(gpt1.encode('ban.')).toEqual([2, 1, 7, 8]);
    expect(gpt1.encode('bann')).toEqual([AN + 2, 7]);
  });

  test('puts <unk> in place of each unknown character, across which nothing merges', async () => {
    const gpt1 = await build();
    expect(gpt1.encode('anxan')).toEqual([AN, 0, 1, 7]);
    expect(gpt1.encode('a𝔘 zz')).toEqual([1, 0, 0, 0]);
    expect(gpt1.encode('<unk>')).toEqual([0, 0, 3, 0, 0]); // < unk >
  });

  test('keeps line breaks, as one token', async () => {
    const gpt1 = await build();
    expect(gpt1.encode('a\n\nb')).toEqual([5, 12, 6]);
    expect(gpt1.words('A\r\nB')).toEqual(['a', '\n ', 'b']);
    expect(gpt1.decode([5, 12, 6])).toBe('a\nb');
  });

  test('decodes to lower case with spaces between words', async () => {
    const gpt1 = await build();
    expect(gpt1.decode(gpt1.encode('Banana. Ban'))).toBe('banana . ban');
    expect(gpt1.decode([])).toBe('');
    expect(gpt1.decode([2, AN])).toBe('ban');
    expect(() => gpt1.decode([13])).toThrow(TokenRangeError);
  });

  test('counts what it encodes', async () => {
    const gpt1 = await build();
    for (const text of ['', 'Banana a ban', 'zz\nan'])
      expect(gpt1.count(text)).toBe(gpt1.encode(text).length);
  });

  test('names the character when there is no <unk>', async () => {
    const gpt1 = await Gpt1Tokenizer.fromTokens(tokens.slice(1, -1), merges);
    expect(gpt1).toMatchObject({ unkId: undefined, newlineId: undefined });
    expect(gpt1.encode('ban')).toEqual([1, 0, 6]);
    expect(() => gpt1.encode('bax')).toThrow(InvalidArgumentError);
    expect(() => gpt1.encode('bax')).toThrow('has no <unk>, got "x"');
    expect(() => gpt1.encode('a\nb')).toThrow('got "\\n"');
  });

  test('has a pipeline without line breaks', async () => {
    const gpt1 = await build('huggingface');
    expect(gpt1.encode('Bän\n.')).toEqual([2, 1, 7, 8]);
    expect(gpt1.words("Bän'a\nb")).toEqual(['ban', "'", 'a', 'b']);
    await expect(build('other' as Gpt1Pipeline)).rejects.toThrow(
      "pipeline must be 'official' or 'huggingface'",
    );
  });

  test('is saved in files that Hugging Face knows', async () => {
    const storage = new MemoryStorage();
    const gpt1 = await build();
    await gpt1.save(storage);
    const read = async (file: string) => new TextDecoder().decode(await storage.read(file));
    expect(JSON.parse(await read('tokenizer_config.json'))).toEqual({
      tokenizer_class: 'OpenAIGPTTokenizer',
      unk_token: '<unk>',
      pipeline: 'official',
    });
    const files = { vocab: await read('vocab.json'), merges: await read('merges.txt') };
    const again = await Gpt1Tokenizer.fromFiles(files);
    expect(again.tokens).toEqual(tokens);
    expect(again.merges).toEqual(merges);
    expect(again.encode('Banana\nx')).toEqual(gpt1.encode('Banana\nx'));
  });

  test('refuses merges of tokens that are not there', async () => {
    await expect(Gpt1Tokenizer.fromTokens(tokens, [['a', 'b']])).rejects.toThrow(InvalidArgumentError);
    const vocab = JSON.stringify(Object.fromEntries(tokens.map((token, id) => [token, id])));
    await expect(Gpt1Tokenizer.fromFiles({ vocab, merges: 'a b\n' })).rejects.toThrow(InvalidFileError);
  });
});
