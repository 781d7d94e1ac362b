/**
 * Reads back what `save` wrote, and GPT-2 folders from Hugging Face.
 *
 * `tokenizer_class` in `tokenizer_config.json` says which tokenizer it is. Where there is no such file or field,
 * as in the published GPT-2, it is a byte-level BPE.
 */
import { InvalidFileError, type Storage, show } from '@gpt-ts/core';
import { ByteBpeTokenizer } from './byte-bpe-tokenizer.js';
import { CharTokenizer, isCharacter } from './char-tokenizer.js';
import { parseJsonObject, readRequiredText, readText } from './files/text-file.js';
import { parseVocab } from './files/vocab-json.js';

const CONFIG = 'tokenizer_config.json';
const BYTE_BPE_CLASSES: readonly unknown[] = ['GPT2Tokenizer', 'GPT2TokenizerFast', undefined];

/**
 * The tokenizer saved in a storage.
 *
 * @throws {@link InvalidFileError} when a file is missing or wrong, naming the file and the field.
 * @example
 * const tokenizer = await loadTokenizer(new FolderStorage('gpt2'));
 * if (tokenizer.kind === 'byte-bpe') tokenizer.encode(prompt, { allowedSpecial: 'all' });
 */
export async function loadTokenizer(storage: Storage): Promise<CharTokenizer | ByteBpeTokenizer> {
  const config = parseJsonObject((await readText(storage, CONFIG)) ?? '{}', CONFIG);
  const vocab = await readRequiredText(storage, 'vocab.json');
  if (config.tokenizer_class === 'CharTokenizer') return loadChar(vocab, config.unk_token);
  if (!BYTE_BPE_CLASSES.includes(config.tokenizer_class)) {
    throw wrongConfig('tokenizer_class', '"CharTokenizer" or "GPT2Tokenizer"', config.tokenizer_class);
  }
  // With this option Hugging Face encodes text as if a space came before it.
  if (config.add_prefix_space === true) throw wrongConfig('add_prefix_space', 'false', true);
  return ByteBpeTokenizer.fromFiles({ vocab, merges: await readRequiredText(storage, 'merges.txt') });
}

function loadChar(vocab: string, unk: unknown): CharTokenizer {
  const characters = parseVocab(vocab, 'vocab.json');
  const long = characters.find((character) => !isCharacter(character));
  if (long !== undefined) {
    throw new InvalidFileError({ file: 'vocab.json', field: show(long), problem: 'is not one character' });
  }
  if (unk !== undefined && !(typeof unk === 'string' && characters.includes(unk))) {
    throw wrongConfig('unk_token', 'a character of the vocabulary', unk);
  }
  return new CharTokenizer(characters, { unk });
}

function wrongConfig(field: string, expected: string, received: unknown): InvalidFileError {
  return new InvalidFileError({
    file: CONFIG,
    field,
    problem: `must be ${expected}, got ${show(received)}`,
  });
}
