import { InvalidFileError, MemoryStorage } from '@gpt-ts/core';
import { describe, expect, test } from 'vitest';
import { ByteBpeTokenizer } from './byte-bpe-tokenizer.js';
import { CharTokenizer } from './char-tokenizer.js';
import { loadTokenizer } from './load-tokenizer.js';
import { trainByteBpe } from './train/train-byte-bpe.js';

const utf8 = new TextEncoder();

async function saved(
  tokenizer: CharTokenizer | ByteBpeTokenizer,
  changes: Record<string, string | Uint8Array | undefined> = {},
): Promise<MemoryStorage> {
  const storage = new MemoryStorage();
  await tokenizer.save(storage);
  for (const [name, content] of Object.entries(changes)) {
    if (content === undefined) storage.files.delete(name);
    else storage.files.set(name, typeof content === 'string' ? utf8.encode(content) : content);
  }
  return storage;
}

const char = CharTokenizer.fromText('ab');
const bpe = ByteBpeTokenizer.fromMerges([['a', 'b']]);

describe('loadTokenizer', () => {
  test('gives back a saved character tokenizer', async () => {
    for (const unk of [undefined, '?']) {
      const tokenizer = CharTokenizer.fromText('7 😀"\\\n', { unk });
      const loaded = await loadTokenizer(await saved(tokenizer));
      expect(loaded).toBeInstanceOf(CharTokenizer);
      expect(loaded).toMatchObject({ characters: tokenizer.characters, unk });
    }
  });

  test('gives back a saved byte-level BPE', async () => {
    const text = 'one two three 1 22 333 😀 '.repeat(5);
    for (const specialTokens of [undefined, [], ['<a>', '<b>']]) {
      const tokenizer = await trainByteBpe(text, { nVocab: 280, specialTokens });
      const loaded = await loadTokenizer(await saved(tokenizer));
      expect(loaded).toBeInstanceOf(ByteBpeTokenizer);
      const { tokens, merges, specialTokens: special, eotId } = tokenizer;
      expect(loaded).toMatchObject({ tokens, merges, specialTokens: special, eotId });
      expect(loaded.encode(text)).toEqual(tokenizer.encode(text));
      if (loaded.kind === 'byte-bpe') expect(loaded.encode('', { allowedSpecial: 'all' })).toEqual([]);
    }
  });

  test("writes the files of Hugging Face's GPT2Tokenizer", async () => {
    const storage = await saved(bpe);
    const read = (name: string) => new TextDecoder().decode(storage.files.get(name));
    expect([...storage.files.keys()]).toEqual(['vocab.json', 'merges.txt', 'tokenizer_config.json']);
    expect(read('merges.txt')).toBe('#version: 0.2\na b\n');
    expect(read('vocab.json')).toMatch(/^\{"!": 0, .*"Ń": 255, "ab": 256, "<\|endoftext\|>": 257\}\n$/);
    expect(JSON.parse(read('tokenizer_config.json'))).toMatchObject({
      tokenizer_class: 'GPT2Tokenizer',
      eos_token: '<|endoftext|>',
    });
  });

  test('takes a folder without tokenizer_config.json or without a class for a byte-level BPE', async () => {
    for (const config of [undefined, '{"model_max_length": 1024}']) {
      const loaded = await loadTokenizer(await saved(bpe, { 'tokenizer_config.json': config }));
      expect(loaded.kind).toBe('byte-bpe');
    }
  });

  test.each<
    [string, CharTokenizer | ByteBpeTokenizer, Record<string, string | Uint8Array | undefined>, string]
  >([
    ['no vocab.json', bpe, { 'vocab.json': undefined }, 'vocab.json: no such file. A saved tokenizer has'],
    ['no merges.txt', bpe, { 'merges.txt': undefined }, 'merges.txt: no such file.'],
    ['bytes that are no text', bpe, { 'merges.txt': Uint8Array.of(0xff) }, 'merges.txt: is not UTF-8 text.'],
    ['a broken config', bpe, { 'tokenizer_config.json': '{' }, 'tokenizer_config.json: is not valid JSON.'],
    [
      'another class',
      bpe,
      { 'tokenizer_config.json': '{"tokenizer_class": "T5Tokenizer"}' },
      'tokenizer_config.json: tokenizer_class: must be "CharTokenizer" or "GPT2Tokenizer", got "T5Tokenizer".',
    ],
    [
      'a prefix space',
      bpe,
      { 'tokenizer_config.json': '{"add_prefix_space": true}' },
      'tokenizer_config.json: add_prefix_space: must be false, got true.',
    ],
    ['a long character', char, { 'vocab.json': '{"ab": 0}' }, 'vocab.json: "ab": is not one character.'],
    [
      'an unk that is no character',
      char,
      { 'tokenizer_config.json': '{"tokenizer_class": "CharTokenizer", "unk_token": "z"}' },
      'tokenizer_config.json: unk_token: must be a character of the vocabulary, got "z".',
    ],
  ])('refuses %s', async (_, tokenizer, changes, message) => {
    const loading = loadTokenizer(await saved(tokenizer, changes));
    await expect(loading).rejects.toThrow(InvalidFileError);
    await expect(loading).rejects.toThrow(message);
  });
});
