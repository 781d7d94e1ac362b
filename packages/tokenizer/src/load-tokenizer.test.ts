import { InvalidFileError, MemoryStorage, type Storage } from '@gpt-ts/core';
import { describe, expect, test } from 'vitest';
import { ByteBpeTokenizer } from './byte-bpe-tokenizer.js';
import { CharTokenizer } from './char-tokenizer.js';
import { formatTokenizerJson } from './files/format-tokenizer-json.js';
import { formatMerges } from './files/merges-txt.js';
import { MAX_FILE_BYTES } from './files/text-file.js';
import { parseTokenizerJson } from './files/tokenizer-json.js';
import { formatVocab } from './files/vocab-json.js';
import { Gpt1Tokenizer } from './gpt1/gpt1-tokenizer.js';
import { loadTokenizer } from './load-tokenizer.js';

const utf8 = new TextEncoder();

/** Files by name; `undefined` takes one away. */
type Files = Record<string, string | Uint8Array | undefined>;

function stored(files: Files, storage: MemoryStorage = new MemoryStorage()): MemoryStorage {
  for (const [name, content] of Object.entries(files)) {
    if (content === undefined) storage.files.delete(name);
    else storage.files.set(name, typeof content === 'string' ? utf8.encode(content) : content);
  }
  return storage;
}

async function saved(
  tokenizer: CharTokenizer | ByteBpeTokenizer | Gpt1Tokenizer,
  changes: Files = {},
): Promise<MemoryStorage> {
  const storage = new MemoryStorage();
  await tokenizer.save(storage);
  storage.files.delete('tokenizer.json'); // says the same, and would be read where a test takes another file away
  return stored(changes, storage);
}

const char = CharTokenizer.fromText('ab');
const bpe = ByteBpeTokenizer.fromMerges([['a', 'b']]);
const bpeVocab = formatVocab(bpe.tokens);
const bpeMerges = formatMerges(bpe.merges);
const bpeJson = formatTokenizerJson({
  kind: 'byte-bpe',
  tokens: bpe.tokens,
  merges: bpe.merges,
  specialTokens: ['<|endoftext|>'],
});

const gpt1Parts = {
  tokens: ['<unk>', 'a', 'b', 'a</w>', 'b</w>', 'ab</w>', '\n</w>'],
  merges: [['a', 'b</w>']] as const,
};
const gpt1Vocab = formatVocab(gpt1Parts.tokens);
const gpt1Merges = formatMerges(gpt1Parts.merges);
const gpt1Json = formatTokenizerJson({ kind: 'gpt1-bpe', ...gpt1Parts, specialTokens: ['<unk>'] });

const config = (fields: Record<string, unknown>): Files => ({
  'tokenizer_config.json': JSON.stringify(fields),
});

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
      const merges = [
        ['Ġ', 't'],
        ['o', 'n'],
        ['on', 'e'],
        ['ð', 'Ł'],
        ['2', '2'],
      ] as const;
      const tokenizer = ByteBpeTokenizer.fromMerges(merges, { specialTokens });
      const loaded = await loadTokenizer(await saved(tokenizer));
      expect(loaded).toBeInstanceOf(ByteBpeTokenizer);
      const { tokens, specialTokens: special, eotId } = tokenizer;
      expect(loaded).toMatchObject({ tokens, merges, specialTokens: special, eotId });
      expect(loaded.encode(text)).toEqual(tokenizer.encode(text));
      if (loaded.kind === 'byte-bpe') expect(loaded.encode('', { allowedSpecial: 'all' })).toEqual([]);
    }
  });

  test.each(['official', 'huggingface'] as const)('gives back a saved GPT-1, %s', async (pipeline) => {
    const { tokens, merges } = gpt1Parts;
    const tokenizer = await Gpt1Tokenizer.fromTokens(tokens, merges, { pipeline });
    const loaded = await loadTokenizer(await saved(tokenizer));
    expect(loaded).toBeInstanceOf(Gpt1Tokenizer);
    expect(loaded).toMatchObject({ tokens, merges, pipeline });
    expect(loaded.encode('ab ba\na')).toEqual(tokenizer.encode('ab ba\na'));
  });

  test('refuses a folder with tokens that the vocabulary does not have', async () => {
    const storage = await saved(bpe, { 'added_tokens.json': '{"<|endoftext|>": 257, "[PAD]": 258}' });
    await expect(loadTokenizer(storage)).rejects.toThrow(
      'added_tokens.json: "[PAD]": is not in the vocabulary.',
    );
    const complete = await saved(bpe, { 'added_tokens.json': '{"<|endoftext|>": 257}' });
    expect((await loadTokenizer(complete)).nVocab).toBe(258);
  });

  test("writes the files of Hugging Face's GPT2Tokenizer", async () => {
    const storage = new MemoryStorage();
    await bpe.save(storage);
    const read = (name: string) => new TextDecoder().decode(storage.files.get(name));
    const names = ['merges.txt', 'tokenizer.json', 'tokenizer_config.json', 'vocab.json'];
    expect([...storage.files.keys()].sort()).toEqual(names);
    expect(parseTokenizerJson(read('tokenizer.json'), 'tokenizer.json')).toMatchObject({
      kind: 'byte-bpe',
      tokens: bpe.tokens,
      merges: bpe.merges,
      specialTokens: ['<|endoftext|>'],
    });
    expect(read('merges.txt')).toBe('#version: 0.2\na b\n');
    expect(read('vocab.json')).toMatch(/^\{"!": 0, .*"Ń": 255, "ab": 256, "<\|endoftext\|>": 257\}\n$/);
    expect(JSON.parse(read('tokenizer_config.json'))).toMatchObject({
      tokenizer_class: 'GPT2Tokenizer',
      eos_token: '<|endoftext|>',
    });
  });

  test.each<[string, Files, object]>([
    ['GPT-2 without a config', { 'vocab.json': bpeVocab, 'merges.txt': bpeMerges }, bpe],
    [
      'GPT-2 with escaped tokens',
      { 'vocab.json': bpeVocab.replace('Ġ', '\\u0120'), 'merges.txt': bpeMerges, ...config({ n: 1024 }) },
      bpe,
    ],
    ['GPT-2 in one file', { 'tokenizer.json': bpeJson }, bpe],
    [
      'GPT-2 in one file, of that class',
      { 'tokenizer.json': bpeJson, ...config({ tokenizer_class: 'GPT2TokenizerFast' }) },
      bpe,
    ],
    ['GPT-2 of OpenAI', { 'encoder.json': bpeVocab, 'vocab.bpe': bpeMerges }, bpe],
    [
      'GPT-1 without a config',
      { 'vocab.json': gpt1Vocab, 'merges.txt': gpt1Merges },
      { ...gpt1Parts, pipeline: 'huggingface' },
    ],
    [
      'GPT-1 by its class',
      {
        'vocab.json': gpt1Vocab,
        'merges.txt': gpt1Merges,
        ...config({ tokenizer_class: 'OpenAIGPTTokenizerFast' }),
      },
      { ...gpt1Parts, pipeline: 'huggingface' },
    ],
    [
      'GPT-1 in one file',
      { 'tokenizer.json': gpt1Json, ...config({ tokenizer_class: 'OpenAIGPTTokenizer' }) },
      { ...gpt1Parts, pipeline: 'huggingface' },
    ],
    [
      'GPT-1 of OpenAI',
      { 'encoder_bpe_40000.json': gpt1Vocab, 'vocab_40000.bpe': gpt1Merges },
      { ...gpt1Parts, pipeline: 'official' },
    ],
    [
      'GPT-1 of OpenAI, but not its words',
      {
        'encoder_bpe_40000.json': gpt1Vocab,
        'vocab_40000.bpe': gpt1Merges,
        ...config({ pipeline: 'huggingface' }),
      },
      { ...gpt1Parts, pipeline: 'huggingface' },
    ],
  ])('reads %s', async (_, files, { tokens, merges, ...rest }: { tokens?: unknown; merges?: unknown }) => {
    const loaded = await loadTokenizer(stored(files));
    const isGpt1 = 'pipeline' in rest;
    expect(loaded).toBeInstanceOf(isGpt1 ? Gpt1Tokenizer : ByteBpeTokenizer);
    expect(loaded).toMatchObject(isGpt1 ? { tokens, merges, ...rest } : { tokens, merges });
    expect(loaded.encode('ab')).toEqual([isGpt1 ? 5 : 256]);
  });

  test('prefers vocab.json with merges.txt, then tokenizer.json, then the files of OpenAI', async () => {
    const other = ByteBpeTokenizer.fromMerges([]);
    const storage = stored(
      { 'tokenizer.json': bpeJson, 'encoder.json': bpeVocab, 'vocab.bpe': bpeMerges },
      await saved(other),
    );
    expect((await loadTokenizer(storage)).nVocab).toBe(257);
    stored({ 'merges.txt': undefined, 'encoder.json': '' }, storage);
    expect((await loadTokenizer(storage)).nVocab).toBe(258);
    stored({ 'tokenizer.json': undefined, 'encoder.json': bpeVocab, 'encoder_bpe_40000.json': '' }, storage);
    expect((await loadTokenizer(storage)).nVocab).toBe(258);
  });

  const all =
    'Looked for vocab.json with merges.txt, tokenizer.json, encoder.json with vocab.bpe, encoder_bpe_40000.json with vocab_40000.bpe.';
  const bpeFiles = { 'vocab.json': bpeVocab, 'merges.txt': bpeMerges };
  const gpt1Files = { 'encoder_bpe_40000.json': gpt1Vocab, 'vocab_40000.bpe': gpt1Merges };
  test.each<[string, Files, string]>([
    ['nothing', {}, `vocab.json: no such file. ${all}`],
    ['no merges.txt', { 'vocab.json': bpeVocab }, `merges.txt: no such file. ${all}`],
    ['no vocab.json', { 'merges.txt': bpeMerges }, `vocab.json: no such file. ${all}`],
    ['no vocab.bpe', { 'encoder.json': bpeVocab }, `vocab.bpe: no such file. ${all}`],
    ['no vocab_40000.bpe', { 'encoder_bpe_40000.json': gpt1Vocab }, `vocab_40000.bpe: no such file. ${all}`],
    [
      'files of the other model',
      { ...gpt1Files, ...config({ tokenizer_class: 'GPT2Tokenizer' }) },
      'vocab.json: no such file. Looked for vocab.json with merges.txt, tokenizer.json, encoder.json with vocab.bpe.',
    ],
    [
      'one file of the other model',
      { 'tokenizer.json': gpt1Json, ...config({ tokenizer_class: 'GPT2Tokenizer' }) },
      'tokenizer_config.json: tokenizer_class: must be the class of tokenizer.json, which is a gpt1-bpe, got "GPT2Tokenizer".',
    ],
    [
      'a character tokenizer without its file',
      config({ tokenizer_class: 'CharTokenizer' }),
      'vocab.json: no such file. A character tokenizer has its vocabulary there.',
    ],
    [
      'bytes that are no text',
      { ...bpeFiles, 'merges.txt': Uint8Array.of(0x61, 0xff) },
      'merges.txt: byte 1: is not UTF-8 text.',
    ],
    [
      'a broken config',
      { 'tokenizer_config.json': '{"a"' },
      'tokenizer_config.json: line 1, column 5: expected ":"',
    ],
    [
      'a config that is no object',
      { 'tokenizer_config.json': '[]' },
      'tokenizer_config.json: line 1, column 1: expected a JSON object',
    ],
    [
      'another class',
      { ...bpeFiles, ...config({ tokenizer_class: 'T5Tokenizer' }) },
      'tokenizer_config.json: tokenizer_class: must be "CharTokenizer", "GPT2Tokenizer" or "OpenAIGPTTokenizer", got "T5Tokenizer".',
    ],
    [
      'a class that is no text',
      { ...bpeFiles, ...config({ tokenizer_class: null }) },
      'tokenizer_config.json: tokenizer_class: must be "CharTokenizer", "GPT2Tokenizer" or "OpenAIGPTTokenizer", got null.',
    ],
    [
      'a prefix space',
      { ...bpeFiles, ...config({ add_prefix_space: true }) },
      'tokenizer_config.json: add_prefix_space: must be false, got true.',
    ],
    [
      'a token before every text',
      { ...bpeFiles, ...config({ add_bos_token: true }) },
      'tokenizer_config.json: add_bos_token: must be false, got true.',
    ],
    [
      'another pipeline',
      { ...gpt1Files, ...config({ pipeline: 'nltk' }) },
      'tokenizer_config.json: pipeline: must be "official" or "huggingface", got "nltk".',
    ],
    [
      'a broken vocab.json',
      { ...bpeFiles, 'vocab.json': '{"a": 0' },
      'vocab.json: line 1, column 8: expected "," or "}"',
    ],
    ['a broken merges.txt', { ...bpeFiles, 'merges.txt': 'a\n' }, 'merges.txt: line 1: must be two tokens'],
    [
      'a broken tokenizer.json',
      { 'tokenizer.json': '{"model": 7}' },
      'tokenizer.json: line 1, column 11: expected a JSON object',
    ],
    [
      'a broken encoder.json',
      { 'encoder.json': '{"a": 1}', 'vocab.bpe': '' },
      'encoder.json: line 1, column 2: no token has id 0',
    ],
    [
      'a broken vocab.bpe',
      { 'encoder.json': bpeVocab, 'vocab.bpe': 'a b\na c' },
      'vocab.bpe: line 2: the merge makes "ac"',
    ],
    [
      'a broken encoder_bpe_40000.json',
      { ...gpt1Files, 'encoder_bpe_40000.json': '{\n"a": 0,\n"a": 1}' },
      'encoder_bpe_40000.json: line 3, column 1: the token "a" comes twice',
    ],
    [
      'a broken vocab_40000.bpe',
      { ...gpt1Files, 'vocab_40000.bpe': 'a b</w>\na b</w>' },
      'vocab_40000.bpe: line 2: repeats',
    ],
    [
      'too large a file',
      { ...bpeFiles, 'vocab.json': new Uint8Array(MAX_FILE_BYTES + 1) },
      'vocab.json: has 67108865 bytes, more than the limit of 67108864.',
    ],
  ])('refuses %s', async (_, files, message) => {
    const loading = loadTokenizer(stored(files));
    await expect(loading).rejects.toThrow(InvalidFileError);
    await expect(loading).rejects.toThrow(message);
  });

  test.each<[string, Files, string]>([
    ['a long character', { 'vocab.json': '{"ab": 0}' }, 'vocab.json: "ab": is not one character.'],
    [
      'an unk that is no character',
      config({ tokenizer_class: 'CharTokenizer', unk_token: 'z' }),
      'tokenizer_config.json: unk_token: must be a character of the vocabulary, got "z".',
    ],
  ])('refuses a character tokenizer with %s', async (_, changes, message) => {
    const loading = loadTokenizer(await saved(char, changes));
    await expect(loading).rejects.toThrow(InvalidFileError);
    await expect(loading).rejects.toThrow(message);
  });

  test('holds to the limit also with a storage that knows none', async () => {
    const storage: Storage = {
      read: async () => new Uint8Array(MAX_FILE_BYTES + 1),
      open: async () => undefined,
      write: async () => {},
      append: async () => {},
      list: async () => [],
      remove: async () => {},
    };
    await expect(loadTokenizer(storage)).rejects.toThrow('tokenizer_config.json: has 67108865 bytes');
  });
});
