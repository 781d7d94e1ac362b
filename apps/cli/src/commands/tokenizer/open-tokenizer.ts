/** Which tokenizer a command works with. */
import { InvalidArgumentError } from '@gpt-ts/core';
import { FolderStorage } from '@gpt-ts/core/node';
import { type AnyTokenizer, type ByteBpeTokenizer, loadTokenizer } from '@gpt-ts/tokenizer';
import { Option } from 'commander';
import { inFolder } from '../../run-folder.js';

/** `--tokenizer` */
export const tokenizerOption = (): Option =>
  new Option('--tokenizer <name>', "gpt2, or a folder with a tokenizer's files").default('gpt2');

/**
 * The tokenizer of that name: GPT-2's own, or what a folder holds (`./gpt2` for a folder of that name).
 *
 * @throws InvalidFileError naming the file that is missing or wrong.
 */
export async function openTokenizer(name: string): Promise<AnyTokenizer> {
  if (name === 'gpt2') return (await import('@gpt-ts/tokenizer/gpt2')).gpt2(); // a megabyte: only when asked for
  return await inFolder(name, () => loadTokenizer(new FolderStorage(name)));
}

/** The tokenizer, when it is a byte-level BPE; else an error that says which flag needs one. */
export function needsByteBpe(tokenizer: AnyTokenizer, flag: string): ByteBpeTokenizer {
  if (tokenizer.kind === 'byte-bpe') return tokenizer;
  const expected = 'used with a byte-level BPE';
  const hint = `Leave it out, or name another tokenizer, such as --tokenizer gpt2.`;
  throw new InvalidArgumentError({ argument: flag, expected, received: tokenizer.kind, hint });
}
