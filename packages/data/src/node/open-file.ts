import { closeSync, constants, fstatSync, openSync, readSync } from 'node:fs';
import { InvalidFileError } from '@gpt-ts/core';
import type { SyncFile } from '../shards/sync-file.js';
import { unreadable } from './unreadable.js';

const READ = constants.O_RDONLY | (constants.O_NONBLOCK ?? 0); // a pipe opens at once, to be refused; Windows has no flag

/**
 * Opens a file on disk. The system keeps what was read lately in memory, as it does for mapped files; this process holds none.
 *
 * @throws InvalidFileError when it cannot be opened, or is no file.
 */
export function openFile(path: string): SyncFile {
  const { handle, size } = open(path);
  let isOpen = true;
  return {
    ...{ name: path, size },
    read(position, target) {
      for (let done = 0; done < target.length; ) {
        const bytes = readSome(path, handle, target.subarray(done), position + done);
        if (bytes === 0) {
          const problem = `ends before byte ${position + target.length}, which is wanted`;
          throw new InvalidFileError({
            file: path,
            problem,
            hint: 'The file is cut short, or was changed meanwhile.',
          });
        }
        done += bytes;
      }
    },
    [Symbol.dispose]() {
      if (isOpen) closeSync(handle);
      isOpen = false;
    },
  };
}

function readSome(path: string, handle: number, target: Uint8Array, position: number): number {
  try {
    return readSync(handle, target, 0, target.length, position);
  } catch (error) {
    throw unreadable(path, error);
  }
}

function open(path: string): { handle: number; size: number } {
  try {
    const handle = openSync(path, READ);
    const info = fstatSync(handle);
    if (info.isFile()) return { handle, size: info.size };
    closeSync(handle);
  } catch (error) {
    throw unreadable(path, error);
  }
  throw new InvalidFileError({ file: path, problem: 'is not a file' });
}
