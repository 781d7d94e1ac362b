/** One process at a time in a folder. */
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { InvalidFileError } from '@gpt-ts/core';

const mine = new Set<string>();

/**
 * Takes a folder for this process until disposed. A lock whose process has died counts for nothing.
 *
 * @throws {@link InvalidFileError} when a living process has it.
 */
export async function lockFolder(folder: string): Promise<AsyncDisposable> {
  const path = join(resolve(folder), 'lock');
  await mkdir(folder, { recursive: true });
  for (;;) {
    try {
      await writeFile(path, `${process.pid}\n`, { flag: 'wx' });
      mine.add(path);
      return {
        async [Symbol.asyncDispose]() {
          mine.delete(path);
          await rm(path, { force: true });
        },
      };
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    }
    const pid = Number(await readFile(path, 'utf8').catch(() => ''));
    // A number may be ours by chance: a container gives the same ones again.
    if (pid === process.pid ? mine.has(path) : pid > 0 && isAlive(pid)) {
      const problem = `process ${pid} is at work in this folder`;
      throw new InvalidFileError({ file: path, problem, hint: 'Wait for it, or give another folder.' });
    }
    await rm(path, { force: true });
  }
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code !== 'ESRCH';
  }
}
