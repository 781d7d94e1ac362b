/** The files of a data set in a folder. */
import { join } from 'node:path';
import { InvalidFileError } from '@gpt-ts/core';
import { glob } from 'tinyglobby';

/**
 * The files in a folder that match: those of the first pattern in the order of their names, then those of the next; packed ones, too.
 *
 * @param patterns - Relative to the folder; `*` stands for any file name.
 * @throws InvalidFileError when there is none, unless `maybeNone`.
 */
export async function filesIn(
  folder: string,
  patterns: readonly string[],
  { maybeNone = false }: { maybeNone?: boolean } = {},
): Promise<string[]> {
  const found: string[] = [];
  for (const pattern of patterns) {
    const names = await glob([pattern, `${pattern}.gz`], { cwd: folder, expandDirectories: false });
    found.push(...names.sort().map((name) => join(folder, name)));
  }
  if (found.length > 0 || maybeNone) return found;
  throw new InvalidFileError({
    file: folder,
    problem: `has no ${patterns.join(' and no ')}`,
    hint: 'Give the folder with the files of the task, or the files themselves.',
  });
}
