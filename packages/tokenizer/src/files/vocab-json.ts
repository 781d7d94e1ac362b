/** `vocab.json`: a JSON object from token to id, as Hugging Face writes it for GPT-2. */
import { InvalidFileError, show } from '@gpt-ts/core';
import { BYTE_CHARACTERS } from '../bpe/byte-characters.js';
import { parseJsonObject } from './text-file.js';

/** Most tokens a vocabulary may have: far above any real one, and low enough for exact integer keys. */
export const MAX_VOCAB: number = 2 ** 20;

/**
 * The tokens in id order.
 *
 * @throws {@link InvalidFileError} unless the ids are exactly 0 to n - 1.
 */
export function parseVocab(json: string, file: string): string[] {
  const entries = Object.entries(parseJsonObject(json, file));
  const count = entries.length;
  if (count === 0) throw new InvalidFileError({ file, problem: 'has no tokens' });
  if (count > MAX_VOCAB) {
    throw new InvalidFileError({ file, problem: `has ${count} tokens, more than the limit of ${MAX_VOCAB}` });
  }
  const tokens = new Array<string | undefined>(count).fill(undefined);
  for (const [token, id] of entries) {
    const fail = (problem: string): InvalidFileError =>
      new InvalidFileError({ file, field: show(token), problem });
    if (!Number.isSafeInteger(id)) throw fail(`the id must be an integer, got ${show(id)}`);
    const index = id as number;
    // n distinct ids below n leave no hole
    if (index < 0 || index >= count) throw fail(`${count} tokens need ids 0 to ${count - 1}, got ${index}`);
    if (tokens[index] !== undefined) throw fail(`id ${index} already belongs to ${show(tokens[index])}`);
    tokens[index] = token;
  }
  return tokens as string[];
}

/**
 * As {@link parseVocab}, for a byte-level BPE: every byte has a token, so that any text can be encoded.
 *
 * @throws {@link InvalidFileError} also when a byte has none.
 */
export function parseByteVocab(json: string, file: string): string[] {
  const tokens = parseVocab(json, file);
  const vocab = new Set(tokens);
  const byte = BYTE_CHARACTERS.findIndex((character) => !vocab.has(character));
  if (byte >= 0) {
    const hint = 'A byte-level BPE vocabulary holds all 256 bytes.';
    throw new InvalidFileError({
      file,
      field: show(BYTE_CHARACTERS[byte]),
      problem: `byte ${byte} has no token`,
      hint,
    });
  }
  return tokens;
}

/** The file's text for tokens in id order. Built by hand: an object would list tokens such as `"7"` first. */
export function formatVocab(tokens: readonly string[]): string {
  return `{${tokens.map((token, id) => `${JSON.stringify(token)}: ${id}`).join(', ')}}\n`;
}
