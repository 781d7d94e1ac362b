import { readFile, stat } from 'node:fs/promises';
import { InvalidFileError, utf8Error } from '@gpt-ts/core';
import { unreadable } from './unreadable.js';

const MAX_BYTES = 512 * 2 ** 20 - 24; // the longest string that V8 holds

/**
 * Reads a UTF-8 text file. A byte order mark at the front is dropped.
 *
 * @throws {@link InvalidFileError} when the file is missing, a folder, empty, over 512 MiB, binary (it has a zero
 * byte) or not valid UTF-8. The message says which, and for the last two at which byte.
 */
export async function readText(path: string): Promise<string> {
  return decodeText(path, await readBytes(path));
}

/**
 * The text of a file's bytes, as in {@link readText}.
 *
 * @throws {@link InvalidFileError} when they are empty, binary or not valid UTF-8.
 */
export function decodeText(path: string, bytes: Uint8Array): string {
  const zero = bytes.indexOf(0);
  if (zero >= 0) {
    throw new InvalidFileError({
      file: path,
      problem: `has a zero byte at offset ${zero}, so it is not UTF-8 text`,
      hint: 'Give a plain text file. If it is UTF-16, save it as UTF-8.',
    });
  }
  const text = decode(path, bytes);
  if (text === '') {
    throw new InvalidFileError({ file: path, problem: 'is empty', hint: 'Give a file with text in it.' });
  }
  return text;
}

async function readBytes(path: string): Promise<Uint8Array> {
  try {
    const { size } = await stat(path);
    if (size > MAX_BYTES) {
      throw new InvalidFileError({
        file: path,
        problem: `has ${size} bytes, more than the 512 MiB that one text may have`,
        hint: 'Give a part of it.',
      });
    }
    return await readFile(path);
  } catch (error) {
    if (error instanceof InvalidFileError) throw error;
    throw unreadable(path, error);
  }
}

function decode(path: string, bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch (cause) {
    throw new InvalidFileError({
      file: path,
      problem: `is not valid UTF-8 at byte offset ${utf8Error(bytes)}`,
      hint: 'Save it as UTF-8 and try again.',
      cause,
    });
  }
}
