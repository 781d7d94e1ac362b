/** Which files a corpus is made of. */
import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { InvalidFileError } from '@gpt-ts/core';
import { unreadable } from '@gpt-ts/data/node';

const DOCUMENTS = /\.(jsonl(\.gz|\.zst)?|txt(\.gz|\.zst)?|parquet)$/;
const KINDS = '.jsonl or .txt (also .gz, .zst), or .parquet';

/**
 * The files in the order given; of a folder those directly in it that have documents, by name.
 *
 * @throws {@link InvalidFileError} when one is missing or of another kind, or a folder has none.
 */
export async function corpusFiles(paths: readonly string[]): Promise<string[]> {
  const files: string[] = [];
  for (const path of paths) {
    if (await isFolder(path)) {
      const names = (await readdir(path)).filter((name) => DOCUMENTS.test(name)).sort();
      if (names.length === 0) throw new InvalidFileError({ file: path, problem: `has no file ${KINDS}` });
      files.push(...names.map((name) => join(path, name)));
    } else if (DOCUMENTS.test(path)) files.push(path);
    else throw new InvalidFileError({ file: path, problem: `must be ${KINDS}` });
  }
  return files;
}

async function isFolder(path: string): Promise<boolean> {
  try {
    return (await stat(path)).isDirectory();
  } catch (error) {
    throw unreadable(path, error);
  }
}
