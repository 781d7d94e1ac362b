/** Text in a {@link Storage}: UTF-8, checked on the way in. */
import { InvalidFileError, type Storage } from '@gpt-ts/core';

/** The text of a file, or `undefined` when there is no such file. */
export async function readText(storage: Storage, file: string): Promise<string | undefined> {
  const bytes = await storage.read(file);
  if (bytes === undefined) return undefined;
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch (cause) {
    throw new InvalidFileError({ file, problem: 'is not UTF-8 text', cause });
  }
}

/** As {@link readText}, but the file has to be there. */
export async function readRequiredText(storage: Storage, file: string): Promise<string> {
  const text = await readText(storage, file);
  if (text === undefined) {
    const hint = 'A saved tokenizer has vocab.json and, for BPE, merges.txt beside it.';
    throw new InvalidFileError({ file, problem: 'no such file', hint });
  }
  return text;
}

/** Parses JSON that has to be an object. */
export function parseJsonObject(json: string, file: string): Record<string, unknown> {
  let value: unknown;
  try {
    value = JSON.parse(json);
  } catch (cause) {
    throw new InvalidFileError({ file, problem: 'is not valid JSON', cause });
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new InvalidFileError({ file, problem: 'is not a JSON object' });
  }
  return value as Record<string, unknown>;
}

/** Writes a file as UTF-8. */
export async function writeText(storage: Storage, file: string, text: string): Promise<void> {
  await storage.write(file, [new TextEncoder().encode(text)]);
}
