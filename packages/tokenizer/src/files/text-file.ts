/** Text in a {@link Storage}: of a size that a tokenizer's file can have, and UTF-8, both checked on the way in. */
import { InvalidFileError, type Storage, utf8Error } from '@gpt-ts/core';

/**
 * The largest file that is read, 64 MiB. GPT-2's two files have 1.5 MB together and the largest published
 * vocabularies about 20 MB; what is larger is something else, and would only fill the memory.
 */
export const MAX_FILE_BYTES: number = 64 * 2 ** 20;

/**
 * The text of a file, or `undefined` when there is no such file.
 *
 * @throws {@link InvalidFileError} when it is too large, or with the first byte that is not UTF-8.
 */
export async function readText(storage: Storage, file: string): Promise<string | undefined> {
  const bytes = await storage.read(file, { maxBytes: MAX_FILE_BYTES });
  if (bytes === undefined) return undefined;
  // a storage may be somebody else's and know no limit
  if (bytes.length > MAX_FILE_BYTES) {
    const problem = `has ${bytes.length} bytes, more than the limit of ${MAX_FILE_BYTES}`;
    throw new InvalidFileError({ file, problem });
  }
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch (cause) {
    throw new InvalidFileError({
      file,
      field: `byte ${utf8Error(bytes)}`,
      problem: 'is not UTF-8 text',
      cause,
    });
  }
}

/** Writes a file as UTF-8. */
export async function writeText(storage: Storage, file: string, text: string): Promise<void> {
  await storage.write(file, [new TextEncoder().encode(text)]);
}
