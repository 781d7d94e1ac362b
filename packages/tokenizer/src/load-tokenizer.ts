/** Reads back what `save` wrote, Hugging Face's folders of GPT-2 and GPT-1, and OpenAI's own files of both. */
import type { Storage } from '@gpt-ts/core';
import type { ByteBpeTokenizer } from './byte-bpe-tokenizer.js';
import type { CharTokenizer } from './char-tokenizer.js';
import type { Gpt1Tokenizer } from './gpt1/gpt1-tokenizer.js';

/** What {@link loadTokenizer} gives; the field `kind` tells which. */
export type AnyTokenizer = CharTokenizer | ByteBpeTokenizer | Gpt1Tokenizer;

/**
 * The tokenizer saved in a storage.
 *
 * Looks for `vocab.json` with `merges.txt`, then `tokenizer.json`, then `encoder.json` with `vocab.bpe`, then
 * `encoder_bpe_40000.json` with `vocab_40000.bpe`. A GPT-1 splits words as the field `pipeline` of
 * `tokenizer_config.json` says; without it as OpenAI did for OpenAI's file names, else as Hugging Face does.
 *
 * @throws {@link InvalidFileError} when a file is missing or wrong, naming the file and the place in it.
 * @example
 * const tokenizer = await loadTokenizer(new FolderStorage('gpt2'));
 * if (tokenizer.kind === 'byte-bpe') tokenizer.encode(prompt, { allowedSpecial: 'all' });
 */
export async function loadTokenizer(storage: Storage): Promise<AnyTokenizer> {
  const { readTokenizer } = await import('./read-tokenizer.js');
  return readTokenizer(storage);
}
