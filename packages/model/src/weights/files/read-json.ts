import { InvalidFileError, type Storage } from '@gpt-ts/core';

const MAX_BYTES = 2 ** 26; // the index of a model with 100,000 tensors has 10 MB

/** The content of a JSON file, or `undefined` when there is none. */
export async function readJson(storage: Storage, file: string): Promise<unknown> {
  const bytes = await storage.read(file, { maxBytes: MAX_BYTES });
  if (bytes === undefined) return undefined;
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch (cause) {
    const hint = 'The file is cut short or damaged: fetch or write it again.';
    throw new InvalidFileError({ file, problem: 'not valid JSON', hint, cause });
  }
}
