import { stat } from 'node:fs/promises';
import { unreadable } from '@gpt-ts/data/node';

/** Bytes of a file. @throws InvalidFileError when it is not there. */
export async function fileSize(path: string): Promise<number> {
  try {
    return (await stat(path)).size;
  } catch (error) {
    throw unreadable(path, error);
  }
}
