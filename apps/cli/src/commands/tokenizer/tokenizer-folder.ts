/** Where a tokenizer is written, checked before the work that leads to it. */
import { constants } from 'node:fs';
import { access } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { InvalidArgumentError, InvalidFileError, type Storage } from '@gpt-ts/core';

/** What the folder of a tokenizer may hold; one of them is enough to be careful. */
const FILES = ['vocab.json', 'merges.txt', 'tokenizer.json', 'encoder.json', 'encoder_bpe_40000.json'];

/**
 * Throws where a tokenizer could not be written to a folder.
 *
 * @param options - `force`: also over another one.
 * @throws InvalidArgumentError when the folder holds a tokenizer.
 * @throws InvalidFileError when this user may not write there.
 */
export async function checkFolder(
  out: string,
  storage: Storage,
  { force = false }: { force?: boolean },
): Promise<void> {
  for (const name of FILES) {
    if ((await storage.read(name)) === undefined || force) continue;
    throw new InvalidArgumentError({
      argument: '--out',
      expected: 'a folder without a tokenizer',
      received: out,
      hint: `It has ${name}. Choose another folder, or overwrite it with --force.`,
    });
  }
  await checkWritable(resolve(out));
}

/** Throws when neither the folder nor, where it is not there yet, the one it will be in can be written to. */
async function checkWritable(folder: string): Promise<void> {
  try {
    await access(folder, constants.W_OK);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT' && dirname(folder) !== folder) return await checkWritable(dirname(folder));
    throw new InvalidFileError({ file: folder, problem: `cannot be written to (${code})`, cause: error });
  }
}
