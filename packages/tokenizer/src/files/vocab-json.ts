/**
 * `vocab.json`: a JSON object from token to id, as Hugging Face writes it for GPT-2. OpenAI's `encoder.json` and
 * `encoder_bpe_40000.json` are the same.
 */
import { InvalidFileError, JsonReader, show, showJson } from '@gpt-ts/core';
import { BYTE_CHARACTERS } from '../bpe/byte-characters.js';

/** Most tokens a vocabulary may have: far above any real one, and low enough for exact integer keys. */
export const MAX_VOCAB: number = 2 ** 20;

/** A vocabulary both ways round. */
export interface Vocab {
  /** In id order. */
  readonly tokens: readonly string[];
  readonly ids: ReadonlyMap<string, number>;
}

/**
 * The tokens in id order.
 *
 * @throws {@link InvalidFileError} with line and column, unless no token and no id comes twice and the ids are
 * exactly 0 to n - 1.
 */
export function parseVocab(json: string, file: string): readonly string[] {
  return parseVocabIds(json, file).tokens;
}

/** As {@link parseVocab}, with the ids of the tokens, which the reader has at hand. */
export function parseVocabIds(json: string, file: string): Vocab {
  const reader = new JsonReader(json, file);
  const entries = readEntries(reader);
  reader.end();
  if (entries.ids.size === 0) throw new InvalidFileError({ file, problem: 'has no tokens' });
  return inIdOrder(entries, reader);
}

/** Tokens and ids as a file lists them. */
export interface VocabEntries {
  readonly ids: Map<string, number>;
  /** Index in the text of each entry, in the order of `ids`. */
  readonly places: number[];
}

/** Reads an object from token to id at the reader's place. */
export function readEntries(reader: JsonReader): VocabEntries {
  const ids = new Map<string, number>();
  const places: number[] = [];
  reader.members((token, at) => {
    const id = reader.value();
    if (token === '') throw reader.fail(at, 'a token is empty');
    if (!Number.isSafeInteger(id)) {
      throw reader.fail(at, `the id of ${show(token)} must be an integer, got ${showJson(id)}`);
    }
    const index = id as number;
    if (index < 0 || index >= MAX_VOCAB) {
      throw reader.fail(at, `the id of ${show(token)} must be 0 to ${MAX_VOCAB - 1}, got ${index}`);
    }
    if (ids.has(token)) {
      throw reader.fail(at, `the token ${show(token)} comes twice, with ids ${ids.get(token)} and ${index}`);
    }
    if (ids.size === MAX_VOCAB) throw reader.fail(at, `more than ${MAX_VOCAB} tokens`);
    ids.set(token, index);
    places.push(at);
  });
  return { ids, places };
}

/** The vocabulary of some entries, refused when two share an id or an id is left out. */
export function inIdOrder({ ids, places }: VocabEntries, reader: JsonReader): Vocab {
  const tokens = new Array<string | undefined>(ids.size).fill(undefined);
  let entry = 0;
  for (const [token, id] of ids) {
    if (id < tokens.length) {
      if (tokens[id] !== undefined) {
        throw reader.fail(places[entry], `${show(tokens[id])} and ${show(token)} both have id ${id}`);
      }
      tokens[id] = token;
    }
    entry++;
  }
  const missing = tokens.indexOf(undefined);
  if (missing < 0) return { tokens: tokens as string[], ids };
  throw gap(missing, { ids, places }, reader);
}

/** Points at the token after the gap, or at the second of two that share an id beyond it. */
function gap(missing: number, { ids, places }: VocabEntries, reader: JsonReader): InvalidFileError {
  const entries = [...ids].map(([token, id], i) => ({ token, id, at: places[i] }));
  const above = entries.filter(({ id }) => id > missing).sort((a, b) => a.id - b.id || a.at - b.at);
  const twin = above.findIndex(({ id }, i) => i > 0 && id === above[i - 1].id);
  if (twin > 0) {
    const [first, second] = [above[twin - 1], above[twin]];
    return reader.fail(second.at, `${show(first.token)} and ${show(second.token)} both have id ${second.id}`);
  }
  const [{ token, id, at }] = above;
  return reader.fail(at, `no token has id ${missing}, and ${show(token)} has id ${id}`);
}

/**
 * As {@link parseVocabIds}, for a byte-level BPE: every byte has a token, so that any text can be encoded.
 *
 * @throws {@link InvalidFileError} also when a byte has none.
 */
export function parseByteVocabIds(json: string, file: string): Vocab {
  const vocab = parseVocabIds(json, file);
  assertBytes(vocab.ids, file);
  return vocab;
}

/** @throws {@link InvalidFileError} when a byte has no token. */
export function assertBytes(ids: ReadonlyMap<string, number>, file: string): void {
  const byte = BYTE_CHARACTERS.findIndex((character) => !ids.has(character));
  if (byte < 0) return;
  const hint = 'A byte-level BPE vocabulary holds all 256 bytes.';
  const field = show(BYTE_CHARACTERS[byte]);
  throw new InvalidFileError({ file, field, problem: `byte ${byte} has no token`, hint });
}

/** The file's text for tokens in id order. Built by hand: an object would list tokens such as `"7"` first. */
export function formatVocab(tokens: readonly string[]): string {
  return `{${tokens.map((token, id) => `${JSON.stringify(token)}: ${id}`).join(', ')}}\n`;
}
